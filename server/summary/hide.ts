import { type Light, type LightCounts, lights, noLights } from "#data/domain/light.ts";
import { smallestCell } from "#data/domain/sensitivity.ts";

/** Number of features of one light under one key, apart by whether this reader may see them one by one. */
export interface Cell {
  readonly key: string;
  readonly light: Light;
  readonly readable: boolean;
  readonly n: number;
}

export interface Told {
  readonly key: string;
  readonly total: number;
  readonly lights: LightCounts;
  readonly hidden?: boolean;
}

/**
 * Adds up the cells of each key. What may not be seen one by one is told only from 5 upwards; a smaller cell is left out of
 * the lights and of the total, else the difference would tell it.
 */
export function tell(cells: readonly Cell[]): Told[] {
  return [...new Set(cells.map((cell) => cell.key))].map((key) => {
    const group = cells.filter((cell) => cell.key === key);
    const told = group.filter((cell) => cell.readable || cell.n >= smallestCell);
    const counts = noLights();
    for (const { light, n } of told) counts[light] += n;
    const total = lights.reduce((sum, light) => sum + counts[light], 0);
    return { key, total, lights: counts, ...(told.length < group.length && { hidden: true }) };
  });
}
