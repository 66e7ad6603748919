import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import { useHistory } from "../api/queries.ts";
import { moment } from "../ui/format.ts";
import { type Base, baseOf } from "./base.ts";

/** Who stored what came in between, for a sentence. */
interface Them {
  readonly name: string;
  /** Empty where the name says it already. */
  readonly unit: string;
  /** HH:mm; empty while nothing is known. */
  readonly at: string;
  readonly reason: string | null;
}

const unknown: Them = { name: "有人", unit: "", at: "", reason: null };

/** Of each task by its target number, of the place under `null`. */
type Versions = ReadonlyMap<number | null, number>;

const versionsOf = ({ version, taskVersion }: Base, { tasks }: FeatureView): Versions =>
  new Map([[null, version], ...tasks.map((task) => [task.target, taskVersion[task.id] ?? 0] as const)]);

/**
 * The last who changed a place between two states: the clerk only inside the own unit, else the unit; oneself when nobody else did,
 * which is another window of the same person. `entries` in any order.
 */
export function themAmong(entries: readonly HistoryEntry[], from: Versions, to: Versions): Them {
  const between = entries.filter(({ version = 0, target = null }) => {
    return version > (from.get(target) ?? 0) && version <= (to.get(target) ?? 0);
  });
  // A deletion that was taken back changed nothing that could clash.
  const edits = between.filter(({ op }) => op !== "delete" && op !== "restore");
  const said = edits.length > 0 ? edits : between;
  const others = said.filter(({ own }) => !own);
  return told(lastOf(others.length > 0 ? others : said));
}

const lastOf = (entries: readonly HistoryEntry[]): HistoryEntry | null =>
  entries.reduce<HistoryEntry | null>((last, entry) => (last && last.seq > entry.seq ? last : entry), null);

function told(entry: HistoryEntry | null): Them {
  if (!entry) return unknown;
  const when = { at: moment(entry.at).slice(11), reason: entry.reason };
  if (entry.own) return { ...when, name: "你自己（另一个窗口）", unit: "" };
  if (entry.person) return { ...when, name: "同事", unit: entry.unit };
  return { ...when, name: entry.unit, unit: "" };
}

/** Who stored `theirs` over the open edit. Nobody is named before it is known. */
export function useThem(base: Base, theirs: FeatureView): Them {
  const entries = useHistory(theirs.feature.id, {}, true).data?.entries ?? [];
  return themAmong(entries, versionsOf(base, theirs), versionsOf(baseOf(theirs), theirs));
}

/** Who deleted the place, while it is. */
export function useDeleter(feature: number | null, deleted: boolean): Them {
  const entries = useHistory(feature ?? 0, {}, feature !== null && deleted).data?.entries ?? [];
  return told(lastOf(entries.filter(({ op }) => op === "delete")));
}
