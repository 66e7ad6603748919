import type { Parts, Path, Position } from "#data/domain/paths.ts";
import { between, roundPosition, toDegrees, toPlane } from "../plane.ts";
import { pathLength } from "./size.ts";

/** Metres from the beginning of a line; `to` is null for one place. */
export interface Stakes {
  readonly from: number;
  readonly to: number | null;
}

const stake = /^[Kk]?\s*(\d{1,3})\s*\+\s*(\d{1,3}(?:\.\d+)?)$/;

const metresOf = (text: string): number | null => {
  const found = stake.exec(text.trim());
  return found ? Number(found[1]) * 1000 + Number(found[2]) : null;
};

/** `K1+200` or `K1+200–K2+050`, with any dash or 至 between; `null` when it is neither. */
export function readStakes(text: string): Stakes | null {
  const [from, to, ...more] = text.split(/[-–—~～至]/).map(metresOf);
  if (from === undefined || from === null || to === null || more.length > 0) return null;
  if (to === undefined) return { from, to: null };
  return from === to ? null : { from: Math.min(from, to), to: Math.max(from, to) };
}

/** `K1+200` */
export const showStake = (metres: number): string =>
  `K${Math.floor(metres / 1000)}+${String(Math.round(metres % 1000)).padStart(3, "0")}`;

export const showStakes = ({ from, to }: Stakes): string =>
  to === null ? showStake(from) : `${showStake(from)}–${showStake(to)}`;

/** Metres of all the parts, one after the other; gaps between them are not counted. */
export const lineMetres = (parts: Parts): number =>
  parts.reduce((sum, [path = []]) => sum + pathLength(path), 0);

/** The pieces of a line between two stakes, following its every bend; empty when it ends before. */
export function stretchOf(parts: Parts, from: number, to: number): readonly Path[] {
  const pieces: Position[][] = [];
  let gone = 0;
  for (const [path = []] of parts) {
    let open: Position[] = [];
    for (let i = 1; i < path.length; i++) {
      const [a, b] = [toPlane(path[i - 1]!), toPlane(path[i]!)];
      const far = between(a, b);
      const at = (metres: number): Position => {
        const t = far === 0 ? 0 : (metres - gone) / far;
        const [lon = 0, lat = 0] = toDegrees([a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t]);
        return roundPosition(lon, lat);
      };
      if (gone < to && gone + far > from) {
        if (open.length === 0) open.push(from > gone ? at(from) : path[i - 1]!);
        open.push(to < gone + far ? at(to) : path[i]!);
      }
      gone += far;
    }
    if (open.length > 1) pieces.push(open);
    open = [];
  }
  return pieces;
}

/** The place of one stake; `null` beyond the end. */
export function placeAt(parts: Parts, metres: number): Position | null {
  const whole = lineMetres(parts);
  if (metres > whole) return null;
  const [first] = stretchOf(parts, Math.max(0, metres - 0.5), Math.min(whole, Math.max(metres, 0.5)));
  return (metres < 0.5 ? first?.[0] : first?.at(-1)) ?? null;
}
