import type { FeatureStep, FormerFeature, FormerTask, TaskStep } from "./former.ts";

/** What is to be put back of one feature: for each part, what it was before the first change that is taken back. */
export interface Undoing {
  readonly id: number;
  /** Field → value before, null where it was not set. */
  readonly fields: ReadonlyMap<string, unknown>;
  /** Version whose shape comes back. */
  readonly shapeOf: number | null;
  readonly duty: { readonly before: string | null } | null;
  /** Whether the feature stood; null when that did not change. */
  readonly stood: boolean | null;
  /** Target → the task as it was, null where there was none. */
  readonly tasks: ReadonlyMap<number, FormerTask | null>;
}

/** A change that is not taken back and came after one that is, of the same part. */
export interface Later {
  readonly seq: number;
  readonly feature: number;
  readonly parts: readonly string[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
const stands = (row: FormerFeature | null): boolean => row !== null && !row.deleted;

/** Field ids that differ, and `geometry`, `duty`, `deleted`. A feature that begins has no parts but that it stands. */
function partsOf({ before, after, moved }: FeatureStep): string[] {
  const flips = stands(before) === stands(after) ? [] : ["deleted"];
  if (!before || !after) return flips;
  const fields = new Set([...Object.keys(before.attrs), ...Object.keys(after.attrs)]);
  return [
    ...flips,
    ...[...fields].filter((id) => !same(before.attrs[id], after.attrs[id])),
    ...(before.duty === after.duty ? [] : ["duty"]),
    ...(moved ? ["geometry"] : []),
  ];
}

/**
 * What taking `seqs` back puts back, and what stands in its way. Pure. A part is put back to what it was before the first of
 * `seqs` that changed it; a later change of the same part, or any later work on a place that would come or go, overlaps.
 */
export function undoing(
  seqs: ReadonlySet<number>,
  features: readonly FeatureStep[],
  tasks: readonly TaskStep[],
): { readonly undo: readonly Undoing[]; readonly later: readonly Later[] } {
  const ids = new Set([...features, ...tasks].map((step) => ("feature" in step ? step.feature : step.id)));
  const undo: Undoing[] = [];
  const later: Later[] = [];
  for (const id of ids) {
    const own = features.filter((step) => step.id === id);
    const work = tasks.filter((step) => step.feature === id);
    const first = new Map<string, FeatureStep>();
    const begun = new Map<number, TaskStep>();
    const overlaps = new Map<number, Set<string>>();
    const clash = (seq: number, part: string) =>
      overlaps.set(seq, (overlaps.get(seq) ?? new Set()).add(part));
    for (const step of own)
      for (const part of partsOf(step))
        if (seqs.has(step.seq)) {
          if (!first.has(part)) first.set(part, step);
        } else if (first.has(part) || (part === "deleted" && first.size + begun.size > 0))
          clash(step.seq, part);
    for (const step of work)
      if (seqs.has(step.seq)) {
        if (!begun.has(step.target)) begun.set(step.target, step);
      } else if (begun.has(step.target)) clash(step.seq, "task");
    const flip = first.get("deleted");
    if (flip) {
      for (const step of own)
        if (step.seq > flip.seq && !seqs.has(step.seq))
          for (const part of partsOf(step)) clash(step.seq, part);
      for (const step of work) if (step.seq > flip.seq && !seqs.has(step.seq)) clash(step.seq, "task");
    }
    for (const [seq, parts] of overlaps) later.push({ seq, feature: id, parts: [...parts] });
    if (first.size + begun.size > 0) undo.push(undoingOf(id, first, begun));
  }
  return { undo, later: later.sort((a, b) => a.seq - b.seq) };
}

function undoingOf(
  id: number,
  first: ReadonlyMap<string, FeatureStep>,
  begun: ReadonlyMap<number, TaskStep>,
): Undoing {
  const flip = first.get("deleted");
  // What goes again altogether keeps what was last written in it.
  const parts = flip && !flip.before ? [] : [...first];
  const duty = parts.find(([part]) => part === "duty")?.[1];
  const fields = parts.filter(([part]) => !["deleted", "duty", "geometry"].includes(part));
  return {
    id,
    fields: new Map(fields.map(([part, step]) => [part, step.before?.attrs[part] ?? null])),
    shapeOf: parts.find(([part]) => part === "geometry")?.[1].before?.version ?? null,
    duty: duty ? { before: duty.before?.duty ?? null } : null,
    stood: flip ? stands(flip.before) : null,
    tasks: new Map([...begun].map(([target, step]) => [target, step.before])),
  };
}
