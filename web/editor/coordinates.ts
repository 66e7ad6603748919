import gcoord from "gcoord";
import type { Position } from "#data/domain/paths.ts";

/** In what a person reads or types a place; stored is always WGS84. CGCS2000 is the plane of the 3° zone round 120° E, no zone number in front. */
export const datums = ["WGS84", "GCJ-02", "CGCS2000"] as const;
export type Datum = (typeof datums)[number];
export const datumName: Record<Datum, string> = {
  WGS84: "WGS84",
  "GCJ-02": "GCJ-02",
  CGCS2000: "CGCS2000 三度带",
};

// CGCS2000's own ellipsoid; the series in n is good to a tenth of a millimetre within the zone.
const [axis, flattening] = [6_378_137, 1 / 298.257222101];
const n = flattening / (2 - flattening);
const radius = (axis / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64);
const forth = [
  n / 2 - (2 * n ** 2) / 3 + (5 * n ** 3) / 16,
  (13 * n ** 2) / 48 - (3 * n ** 3) / 5,
  (61 * n ** 3) / 240,
];
const back = [n / 2 - (2 * n ** 2) / 3 + (37 * n ** 3) / 96, n ** 2 / 48 + n ** 3 / 15, (17 * n ** 3) / 480];
const eccentric = (2 * Math.sqrt(n)) / (1 + n);
const [meridian, falseEast] = [120, 500_000];
const rad = Math.PI / 180;

const waves = (by: readonly number[], xi: number, eta: number, sign: 1 | -1): [number, number] => {
  let [x, y] = [xi, eta];
  for (const [i, a] of by.entries()) {
    const k = 2 * (i + 1);
    x += sign * a * Math.sin(k * xi) * Math.cosh(k * eta);
    y += sign * a * Math.cos(k * xi) * Math.sinh(k * eta);
  }
  return [x, y];
};

/** Gauss–Krüger: easting and northing in metres. */
function toZone([lon = 0, lat = 0]: Position): Position {
  const [phi, lambda] = [lat * rad, (lon - meridian) * rad];
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - eccentric * Math.atanh(eccentric * Math.sin(phi)));
  const [xi, eta] = waves(
    forth,
    Math.atan2(t, Math.cos(lambda)),
    Math.atanh(Math.sin(lambda) / Math.hypot(1, t)),
    1,
  );
  return [falseEast + radius * eta, radius * xi];
}

function fromZone([east = 0, north = 0]: Position): Position {
  const [xi, eta] = waves(back, north / radius, (east - falseEast) / radius, -1);
  const conformal = Math.sin(xi) / Math.cosh(eta);
  let phi = Math.asin(conformal);
  const psi = Math.atanh(conformal);
  for (let i = 0; i < 6; i++)
    phi = Math.asin(Math.tanh(psi + eccentric * Math.atanh(eccentric * Math.sin(phi))));
  return [meridian + Math.atan2(Math.sinh(eta), Math.cos(xi)) / rad, phi / rad];
}

const pair = ([x = 0, y = 0]: Position): [number, number] => [x, y];

function fromDatum(datum: Datum, at: Position): Position {
  if (datum === "CGCS2000") return fromZone(at);
  return datum === "GCJ-02" ? gcoord.transform(pair(at), gcoord.GCJ02, gcoord.WGS84) : at;
}

function toDatum(datum: Datum, at: Position): Position {
  if (datum === "CGCS2000") return toZone(at);
  return datum === "GCJ-02" ? gcoord.transform(pair(at), gcoord.WGS84, gcoord.GCJ02) : at;
}

/** As the status line shows it: degrees with five decimals, metres with two. */
export function showPosition(datum: Datum, at: Position): string {
  const digits = datum === "CGCS2000" ? 2 : 5;
  return toDatum(datum, at)
    .slice(0, 2)
    .map((value) => value.toFixed(digits))
    .join(", ");
}

/** The same box as the server's. */
const inShanghai = ([lon = 0, lat = 0]: Position) => lon > 120.85 && lon < 122.2 && lat > 30.6 && lat < 31.9;

export type Typed =
  | { readonly at: Position }
  /** `swapped`: the place if the two numbers change sides. */
  | { readonly why: string; readonly swapped?: Position };

/** Two typed numbers as a place in WGS84, or what is wrong with them. */
export function readPosition(text: string, datum: Datum): Typed {
  const numbers = text
    .trim()
    .split(/[\s,，;；、]+/)
    .map(Number);
  const example = datum === "CGCS2000" ? "602345.12, 3446521.30" : "121.07712, 31.12972";
  if (numbers.length !== 2 || !numbers.every(Number.isFinite))
    return { why: `写两个数，先${datum === "CGCS2000" ? "横坐标（东）" : "经度"}，例如 ${example}` };
  // A zone number in front (40) is the same place.
  const zoned = (east: number) =>
    datum === "CGCS2000" && east > 40_000_000 && east < 41_000_000 ? east - 40_000_000 : east;
  const read = (x: number, y: number) => fromDatum(datum, [zoned(x), y]);
  const [x = 0, y = 0] = numbers;
  const at = read(x, y);
  if (inShanghai(at)) return { at: round(at) };
  const swapped = read(y, x);
  if (inShanghai(swapped))
    return {
      why: `坐标不在上海范围内，可能把${datum === "CGCS2000" ? "横坐标和纵坐标" : "经度和纬度"}写反了。要对调吗？`,
      swapped: round(swapped),
    };
  return { why: "坐标不在上海范围内，请核对坐标系和数值" };
}

const round = (at: Position): Position => at.slice(0, 2).map((value) => Math.round(value * 1e7) / 1e7);
