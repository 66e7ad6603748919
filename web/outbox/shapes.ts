import type { Geometry } from "#data/domain/change.ts";
import type { Entry, Subject } from "./entry.ts";

/** A shape of mine that is not stored yet. */
export interface Unsent {
  /** The entry that did it last. */
  readonly entry: Entry;
  readonly subject: Subject;
  /** `gone`: as it was before it is deleted. */
  readonly kind: "new" | "changed" | "gone";
  readonly geometry: Geometry;
  /** Something of it was not taken. */
  readonly stopped: boolean;
}

/** What the outbox adds to the map, moves, reshapes and takes away: each place once, as I left it. Pure. */
export function unsentShapes(entries: readonly Entry[]): readonly Unsent[] {
  const found = new Map<Subject, Unsent>();
  for (const entry of entries) {
    const put = (subject: Subject, kind: Unsent["kind"], geometry: Geometry) => {
      const key = nameIn(found, entry, subject);
      const before = found.get(key);
      found.set(key, {
        entry,
        subject: key,
        geometry,
        kind: before?.kind === "new" && kind === "changed" ? "new" : kind,
        stopped: entry.state !== "waiting" || before?.stopped === true,
      });
    };
    for (const op of entry.changes) {
      if (op.op === "create") put(op.uid, "new", op.geometry);
      if (op.op === "patch" && op.geometry) put(op.feature, "changed", op.geometry);
      if (op.op === "delete" && entry.was && entry.subjects.includes(op.feature))
        put(op.feature, "gone", entry.was);
    }
  }
  return [...found.values()];
}

/** A place may be called by its number or by its uid: under the name it was found by first. */
function nameIn(found: ReadonlyMap<Subject, Unsent>, entry: Entry, subject: Subject): Subject {
  if (found.has(subject) || entry.subjects.slice(0, 2).includes(subject) === false) return subject;
  return (
    entry.subjects.slice(0, 2).find((other) => typeof other !== typeof subject && found.has(other)) ?? subject
  );
}
