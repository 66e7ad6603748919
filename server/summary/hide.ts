import { type Light, type LightCounts, lights, noLights } from "#data/domain/light.ts";
import { smallestCell } from "#data/domain/sensitivity.ts";

/** Number of features of one layer, light and home town under one key, apart by whether this reader may see them one by one. */
export interface Cell {
  readonly key: string;
  readonly layerNo: number;
  readonly light: Light;
  /** Town code, or `cross`. */
  readonly home: string;
  readonly readable: boolean;
  readonly n: number;
}

export interface Judged extends Cell {
  /** False: neither the cell nor a sum with it is told. */
  readonly told: boolean;
}

export interface Told {
  readonly total: number;
  readonly lights: LightCounts;
  readonly hidden?: boolean;
}

/**
 * Which cells may be told. What may not be seen one by one is told by town from 5 upwards, and for the whole district from
 * 5 upwards. Where the towns' numbers taken from the district's would give a hidden one away, the next smallest is hidden
 * with it. `towns` narrows afterwards, so that two questions never differ by less than what one of them may tell.
 */
export function judge(
  cells: readonly Cell[],
  { byTown, towns }: { readonly byTown: boolean; readonly towns?: readonly string[] | undefined },
): Judged[] {
  const families = new Map<string, Cell[]>();
  for (const cell of cells) {
    if (cell.readable) continue;
    const name = [byTown ? "" : cell.key, cell.layerNo, cell.light].join(" ");
    families.set(name, [...(families.get(name) ?? []), cell]);
  }
  const hidden = new Set<Cell>();
  for (const family of families.values())
    for (const cell of byTown || towns ? hiddenTowns(family) : hiddenDistrict(family)) hidden.add(cell);
  return cells
    .filter((cell) => !towns || towns.includes(cell.home))
    .map((cell) => ({ ...cell, told: !hidden.has(cell) }));
}

const sumOf = (cells: readonly Cell[]): number => cells.reduce((sum, { n }) => sum + n, 0);

const hiddenDistrict = (family: readonly Cell[]): readonly Cell[] =>
  sumOf(family) < smallestCell ? family : [];

function hiddenTowns(family: readonly Cell[]): readonly Cell[] {
  const rising = [...family].sort((a, b) => a.n - b.n);
  const small = rising.filter(({ n }) => n < smallestCell);
  const isGivenAway = small.length === 1 || (small.length > 1 && sumOf(small) < smallestCell);
  return isGivenAway ? rising.slice(0, small.length + 1) : small;
}

/** Adds up what is told of these cells. */
export function tell(cells: readonly Judged[]): Told {
  const counts = noLights();
  for (const { light, n, told } of cells) if (told) counts[light] += n;
  const total = lights.reduce((sum, light) => sum + counts[light], 0);
  return { total, lights: counts, ...(cells.some(({ told }) => !told) && { hidden: true }) };
}
