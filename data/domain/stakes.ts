import type { Parts, Path, Position } from "./paths.ts";
import { between, nearestOn, pathLength, roundPosition, toDegrees, toPlane } from "./plane.ts";

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
export const showStake = (metres: number): string => {
  const whole = Math.round(metres);
  return `K${Math.floor(whole / 1000)}+${String(whole % 1000).padStart(3, "0")}`;
};

export const showStakes = ({ from, to }: Stakes): string =>
  to === null ? showStake(from) : `${showStake(from)}–${showStake(to)}`;

/** Where a place lies along a road, as its field 桩号 holds it: the road's shown number, then its stakes. */
export interface Staked {
  readonly road: number;
  readonly stakes: Stakes;
}

const staked = /^QP-DL-0*(\d{1,15}) (.+)$/;

/** `QP-DL-12 K1+200–K2+050`; `null` when it is not written so. */
export function readStaked(text: unknown): Staked | null {
  const [, road, rest] = (typeof text === "string" && staked.exec(text)) || [];
  const stakes = rest === undefined ? null : readStakes(rest);
  return stakes && { road: Number(road), stakes };
}

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

/** Where a point stands that is said to lie at these stakes: the middle of a stretch. `null` when the line ends before. */
export const pointAt = (parts: Parts, { from, to }: Stakes): Position | null =>
  to !== null && to > lineMetres(parts) ? null : placeAt(parts, to === null ? from : (from + to) / 2);

/** Metres along a line to where it comes nearest to a place, and how far that is. */
function measureOf(parts: Parts, place: Position): { readonly metres: number; readonly away: number } {
  const p = toPlane(place);
  let gone = 0;
  let best = { metres: 0, away: Number.POSITIVE_INFINITY };
  for (const [path = []] of parts)
    for (let i = 1; i < path.length; i++) {
      const [a, b] = [toPlane(path[i - 1]!), toPlane(path[i]!)];
      const near = nearestOn(p, a, b);
      const away = between(p, near);
      if (away < best.away) best = { metres: gone + between(a, near), away };
      gone += between(a, b);
    }
  return best;
}

/** The beginning of a line stays where it is when it moves by no more than this, metres. */
const sameStart = 1;
/** Further than this from the new line a place no longer lies along it, metres (内控, ours). */
const mostAside = 50;

/**
 * Stakes of a place after its road was given another line. They stay while the line begins where it began; from another
 * beginning (cut off, lengthened, turned round) they are measured anew, so that the place stays where it is. `null`: it lies
 * along the road no longer.
 */
export function stakesAfter(old: Parts, now: Parts, stakes: Stakes): Stakes | null {
  const [before, after] = [old[0]?.[0]?.[0], now[0]?.[0]?.[0]];
  if (!before || !after) return null;
  if (between(toPlane(before), toPlane(after)) <= sameStart) return pointAt(now, stakes) && stakes;
  const again = (metres: number): number | null => {
    const place = placeAt(old, metres);
    const found = place && measureOf(now, place);
    return found && found.away <= mostAside ? Math.round(found.metres) : null;
  };
  const from = again(stakes.from);
  if (from === null || stakes.to === null) return from === null ? null : { from, to: null };
  const to = again(stakes.to);
  return to === null || to === from ? null : { from: Math.min(from, to), to: Math.max(from, to) };
}
