export interface TileId {
  readonly z: number;
  readonly x: number;
  readonly y: number;
}

/** Features are drawn this far over the tile's edge (server: tiles/grid.ts), so neighbours are touched too. */
const margin = 64 / 4096;

const column = (lon: number, z: number) => ((lon + 180) / 360) * 2 ** z;
const row = (lat: number, z: number) => {
  const rad = (lat * Math.PI) / 180;
  return ((1 - Math.asinh(Math.tan(rad)) / Math.PI) / 2) * 2 ** z;
};

/** Tiles of one zoom that a box [w,s,e,n] meets, `null` when there are more than `most`: then refresh them all. */
export function tilesMeeting(box: readonly number[], z: number, most = 256): TileId[] | null {
  const [w = 0, s = 0, e = 0, n = 0] = box;
  const last = 2 ** z - 1;
  const clamp = (value: number) => Math.max(0, Math.min(last, Math.floor(value)));
  const [x0, x1] = [clamp(column(w, z) - margin), clamp(column(e, z) + margin)];
  const [y0, y1] = [clamp(row(n, z) - margin), clamp(row(s, z) + margin)];
  if ((x1 - x0 + 1) * (y1 - y0 + 1) > most) return null;
  const tiles: TileId[] = [];
  for (let x = x0; x <= x1; x++) for (let y = y0; y <= y1; y++) tiles.push({ z, x, y });
  return tiles;
}

/** The union over zooms; `null` as soon as one zoom has too many. */
export function tilesOfBoxes(
  boxes: readonly (readonly number[])[],
  zooms: readonly number[],
): TileId[] | null {
  const found = new Map<string, TileId>();
  for (const box of boxes)
    for (const z of zooms) {
      const tiles = tilesMeeting(box, z);
      if (!tiles) return null;
      for (const tile of tiles) found.set(`${tile.z}/${tile.x}/${tile.y}`, tile);
    }
  return [...found.values()];
}
