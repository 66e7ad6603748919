import { create } from "zustand";
import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import type { OpOutcome } from "#data/domain/preview.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { asProblem, ProblemError } from "../api/problem.ts";
import { openOutbox } from "../outbox/state.ts";
import { readRows } from "../selection/known.ts";
import { useSelection } from "../selection/store.ts";
import { refusalText } from "./plan.ts";
import { sendMany, tryOut } from "./sending.ts";

/** Degrees east and north. */
export type Offset = readonly [east: number, north: number];

const metresPerDegree = 111_320;
/** The middle of the district; within it a degree's length differs by a few per mille. */
const cosine = Math.cos((31.1 * Math.PI) / 180);

/** Metres east and north as degrees, and back. */
export const degreesOf = ([east, north]: Offset): Offset => [
  east / (metresPerDegree * cosine),
  north / metresPerDegree,
];
export const metresOf = ([east, north]: Offset): Offset => [
  east * metresPerDegree * cosine,
  north * metresPerDegree,
];

/** The same shape elsewhere, to the 7 decimals that are stored. */
export function shifted<G extends Geometry>(geometry: G, [east, north]: Offset): G {
  const put = (value: number) => Math.round(value * 1e7) / 1e7;
  const shift = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    return typeof value[0] === "number"
      ? [put(value[0] + east), put(Number(value[1]) + north)]
      : value.map(shift);
  };
  return { ...geometry, coordinates: shift(geometry.coordinates) } as G;
}

interface Moving {
  /** Everything that is chosen, with its shape; `null` while it is read. */
  readonly rows: readonly SelectionRow[] | null;
  readonly offset: Offset;
  /** Where it stood before each move, for Ctrl+Z. */
  readonly past: readonly Offset[];
  /** Place → why it cannot go there; as the server says of the offset it was asked for. */
  readonly refused: ReadonlyMap<number, string>;
  readonly stage: "reading" | "placing" | "checking" | "writing";
  readonly problem: ProblemError | null;
  /** There is no line: the server has not judged where it stands now. */
  readonly unjudged: boolean;
  readonly mends: string | null;
}

const still: Offset = [0, 0];
const fresh: Moving = {
  rows: null,
  offset: still,
  past: [],
  refused: new Map(),
  stage: "reading",
  problem: null,
  unjudged: false,
  mends: null,
};
export const useMoving = create<Moving>()(() => fresh);

/** Where a move that was not taken begins again: how far, and which entry of the outbox it mends. */
let resumed: { readonly offset: Offset; readonly mends: string } | null = null;
export const resumeMove = (offset: Offset, mends: string): void => {
  resumed = { offset, mends };
};

export async function beginMove(): Promise<void> {
  const { offset = still, mends = null } = resumed ?? {};
  resumed = null;
  useMoving.setState({ ...fresh, offset, mends });
  try {
    const ids = [...useSelection.getState().picked.keys()];
    const { rows } = await readRows(ids, "shapes");
    const refused = new Map(
      rows.flatMap(({ id, may, why }) => (may ? [] : [[id, why ?? "不归你修改"] as const])),
    );
    useMoving.setState({ rows, refused, stage: "placing" });
  } catch (error) {
    return useMoving.setState({ problem: asProblem(error) });
  }
  await check();
}

/** Where the ghosts are, while they are dragged. */
export const hoverAt = (offset: Offset): void => useMoving.setState({ offset });

/** Let go there: one step that Ctrl+Z takes back. `from` is where it began. */
export function placeAt(offset: Offset, from: Offset): void {
  if (offset[0] === from[0] && offset[1] === from[1]) return;
  useMoving.setState(({ past }) => ({ offset, past: [...past, from] }));
  void check();
}

export function stepBack(): void {
  const { past } = useMoving.getState();
  const before = past.at(-1);
  if (!before) return;
  useMoving.setState({ offset: before, past: past.slice(0, -1) });
  void check();
}

export const isStill = ([east, north]: Offset): boolean => east === 0 && north === 0;

const movable = ({ rows }: Moving) => (rows ?? []).filter(({ may, geometry }) => may && geometry);
const opsOf = (rows: readonly SelectionRow[], offset: Offset): ChangeOp[] =>
  rows.flatMap(({ id, version, geometry }) =>
    geometry ? [{ op: "patch", feature: id, base: version, geometry: shifted(geometry, offset) }] : [],
  );

/** Asks the server where the border, or anything else, stands in the way. The last offset asked for counts. */
async function check(): Promise<void> {
  const state = useMoving.getState();
  const { offset, rows } = state;
  const own = movable(state);
  const refused = new Map(
    (rows ?? []).flatMap(({ id, may, why }) => (may ? [] : [[id, why ?? "不归你修改"] as const])),
  );
  if (isStill(offset)) return useMoving.setState({ refused, stage: "placing" });
  useMoving.setState({ stage: "checking", problem: null, unjudged: false });
  try {
    const outcomes = await tryOut(opsOf(own, offset), "");
    if (useMoving.getState().offset !== offset) return;
    for (const [id, why] of refusals(own, outcomes)) refused.set(id, why);
    useMoving.setState({ refused, stage: "placing" });
  } catch (error) {
    if (useMoving.getState().offset !== offset) return;
    const problem = asProblem(error);
    const unjudged = problem.status === 0;
    useMoving.setState({ problem: unjudged ? null : problem, unjudged, stage: "placing", refused });
  }
}

const refusals = (rows: readonly SelectionRow[], outcomes: readonly OpOutcome[]) =>
  outcomes.flatMap((outcome, i): [number, string][] =>
    outcome.ok ? [] : [[rows[i]!.id, refusalText(rows[i]!, outcome).replace(/^没保存：/, "")]],
  );

/** Moves what may go there, as one changeset. */
export async function writeMove(): Promise<void> {
  const state = useMoving.getState();
  const going = movable(state).filter(({ id }) => !state.refused.has(id));
  if (going.length === 0 || isStill(state.offset) || state.stage !== "placing") return;
  useMoving.setState({ stage: "writing", problem: null });
  const [east, north] = metresOf(state.offset).map(Math.round);
  const name = going.length === 1 ? `移动 ${going[0]!.name}` : `移动 ${going.length} 个要素`;
  try {
    const sent = await sendMany({
      name: "移动",
      what: `向东 ${east} 米，向北 ${north} 米`.replaceAll("-", "−"),
      form: { kind: "move", offset: state.offset },
      parts: going.map((row) => ({ row, ops: opsOf([row], state.offset) })),
      reason: name,
      deed: { name },
      replaces: state.mends,
    });
    if (sent.kind !== "refused") {
      const note =
        sent.kind === "queued" ? "网络断了，这次移动存在本机的待发箱，连上后自动发送，不用重做。" : null;
      if (sent.kind === "stored" && sent.left) openOutbox();
      return useSelection.setState({ acting: null, note });
    }
    const problem = new ProblemError(sent.problem);
    useMoving.setState({ problem, mends: sent.id, stage: "placing" });
    if (problem.status !== 412) return;
    // Somebody changed one of them meanwhile: their present shapes are read, the offset stays.
    resumeMove(state.offset, sent.id);
    await beginMove();
  } catch (error) {
    useMoving.setState({ problem: asProblem(error), stage: "placing" });
  }
}
