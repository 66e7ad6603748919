import { create } from "zustand";
import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import type { OpOutcome } from "#data/domain/preview.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { asProblem, type ProblemError } from "../api/problem.ts";
import { fetchSelection } from "../selection/picking.ts";
import { useSelection } from "../selection/store.ts";
import { refusalText } from "./plan.ts";
import { tryOut, writeAll } from "./sending.ts";

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
}

const still: Offset = [0, 0];
const fresh: Moving = {
  rows: null,
  offset: still,
  past: [],
  refused: new Map(),
  stage: "reading",
  problem: null,
};
export const useMoving = create<Moving>()(() => fresh);

export async function beginMove(): Promise<void> {
  useMoving.setState({ ...fresh });
  try {
    const ids = [...useSelection.getState().picked.keys()];
    const { rows } = await fetchSelection({ ids, shapes: true });
    const refused = new Map(
      rows.flatMap(({ id, may, why }) => (may ? [] : [[id, why ?? "不归你修改"] as const])),
    );
    useMoving.setState({ rows, refused, stage: "placing" });
  } catch (error) {
    useMoving.setState({ problem: asProblem(error) });
  }
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
  useMoving.setState({ stage: "checking", problem: null });
  try {
    const outcomes = await tryOut(opsOf(own, offset), "");
    if (useMoving.getState().offset !== offset) return;
    for (const [id, why] of refusals(own, outcomes)) refused.set(id, why);
    useMoving.setState({ refused, stage: "placing" });
  } catch (error) {
    if (useMoving.getState().offset === offset)
      useMoving.setState({ problem: asProblem(error), stage: "placing" });
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
  const name = going.length === 1 ? `移动 ${going[0]!.name}` : `移动 ${going.length} 个要素`;
  try {
    await writeAll(opsOf(going, state.offset), name, { name });
    useSelection.setState({ acting: null });
  } catch (error) {
    const problem = asProblem(error);
    useMoving.setState({ problem, stage: "placing" });
    if (problem.status !== 412) return;
    // Somebody changed one of them meanwhile: their present shapes are read, the offset stays.
    const { offset } = state;
    await beginMove();
    useMoving.setState({ offset, problem });
    await check();
  }
}
