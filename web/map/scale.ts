const equator = 40_075_016.686;

/** Metres a CSS pixel covers at a latitude and zoom (512 px tiles). */
export const metresPerPixel = (lat: number, zoom: number): number =>
  (equator * Math.cos((lat * Math.PI) / 180)) / (512 * 2 ** zoom);

/** The roundest length (1, 2, 5 × 10ⁿ metres) that fits into `most` px, and how wide it is. */
export function scaleBar(
  lat: number,
  zoom: number,
  most = 110,
): { metres: number; px: number; label: string } {
  const perPx = metresPerPixel(lat, zoom);
  const limit = perPx * most;
  const power = 10 ** Math.floor(Math.log10(limit));
  const metres = [5, 2, 1].map((n) => n * power).find((n) => n <= limit) ?? power;
  return { metres, px: metres / perPx, label: metres >= 1000 ? `${metres / 1000} 千米` : `${metres} 米` };
}
