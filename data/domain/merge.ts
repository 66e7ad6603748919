import type { Geometry } from "./change.ts";
import type { FieldKind } from "./field.ts";
import { type GeometryMerge, mergeGeometry, type Outcome } from "./merge-shape.ts";

/** Three-way merge of one feature: what I started from, what I made of it, what is stored now (core design §8). Pure; the server never merges. */
export interface Side {
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly geometry: Geometry;
}

export interface FieldMerge {
  readonly field: string;
  readonly outcome: Outcome;
  readonly base: unknown;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** What to store; of a conflict, mine until a person chooses. */
  readonly value: unknown;
}

export interface Merged {
  /** Only fields that differ somewhere, in the order of `base`, then mine, then theirs. */
  readonly fields: readonly FieldMerge[];
  readonly geometry: GeometryMerge;
  /** No conflict: may be sent again with the new base. */
  readonly clean: boolean;
}

export interface MergeOptions {
  /** `choices` fields merge as sets; everything else as a whole. */
  readonly kindOf?: (field: string) => FieldKind | undefined;
  /** Is a vertex-wise merge still a sound shape? When not, it is a conflict. */
  readonly sound?: (geometry: Geometry) => boolean;
}

/** Merges both sides over their common base. Swapping the sides swaps `mine` and `theirs` and changes nothing else but the stand-in value of a conflict. */
export function merge(base: Side, mine: Side, theirs: Side, options: MergeOptions = {}): Merged {
  const names = new Set([base, mine, theirs].flatMap((side) => Object.keys(side.attrs)));
  const fields = [...names]
    .map((field) => mergeField(field, base.attrs[field], mine.attrs[field], theirs.attrs[field], options))
    .filter((merged) => merged.outcome !== "same");
  const geometry = mergeGeometry(base.geometry, mine.geometry, theirs.geometry, options.sound);
  const clean = geometry.outcome !== "conflict" && fields.every((f) => f.outcome !== "conflict");
  return { fields, geometry, clean };
}

/** The merged side; `choose` decides conflicts by field id, `geometry` for the shape. Undecided ones stay mine. */
export function mergedSide(
  theirs: Side,
  merged: Merged,
  choose: Readonly<Record<string, "base" | "mine" | "theirs">> = {},
): Side["attrs"] {
  const attrs: Record<string, unknown> = { ...theirs.attrs };
  for (const field of merged.fields) {
    const chosen = choose[field.field];
    attrs[field.field] = chosen ? field[chosen] : field.value;
  }
  return attrs;
}

/** Missing and empty are the same to a form: an untouched field is not a change. */
const blank = (value: unknown) =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

/** Same value? Lists (choices) compare as sets. */
export function sameValue(a: unknown, b: unknown): boolean {
  if (blank(a) || blank(b)) return blank(a) && blank(b);
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item) => b.includes(item));
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

function mergeField(
  field: string,
  base: unknown,
  mine: unknown,
  theirs: unknown,
  { kindOf }: MergeOptions,
): FieldMerge {
  const result = (outcome: Outcome, value: unknown): FieldMerge => ({
    field,
    outcome,
    base,
    mine,
    theirs,
    value,
  });
  const mineSame = sameValue(base, mine);
  const theirsSame = sameValue(base, theirs);
  if (mineSame && theirsSame) return result("same", theirs);
  if (mineSame) return result("theirs", theirs);
  if (theirsSame) return result("mine", mine);
  if (sameValue(mine, theirs)) return result("both", theirs);
  if (kindOf?.(field) === "choices") return result("both", mergeSets(base, mine, theirs));
  return result("conflict", mine);
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Nobody can add what the base holds or remove what it lacks, so sets never conflict. */
function mergeSets(base: unknown, mine: unknown, theirs: unknown): unknown[] {
  const [b, m, t] = [listOf(base), listOf(mine), listOf(theirs)];
  const kept = b.filter((item) => m.includes(item) && t.includes(item));
  const added = [...m, ...t].filter((item) => !b.includes(item));
  return [...new Set([...kept, ...added.map(String).sort()])];
}
