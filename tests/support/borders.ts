import type { Geometry } from "#data/domain/change.ts";
import { roundGeometry } from "#data/domain/validate.ts";
import type { TestDatabase } from "./databases.ts";
import { codeOf } from "./rights.ts";

/** A spot on the common border of two towns, in the middle of its longest stretch. */
export async function onBorder(
  { owner }: Pick<TestDatabase, "owner">,
  one: string,
  other: string,
): Promise<[number, number]> {
  const [row] = await owner.sql<{ x: number; y: number }[]>`
    select ST_X(p) as x, ST_Y(p) as y from (
      select ST_LineInterpolatePoint((d.geom), 0.5) as p
        from town_border a, town_border b, lateral ST_Dump(ST_LineMerge(ST_CollectionExtract(ST_Intersection(a.geom, b.geom), 2))) d
       where a.code = ${codeOf(one)} and b.code = ${codeOf(other)}
       order by ST_Length(d.geom) desc limit 1) m`;
  if (!row) throw new Error(`${one} and ${other} have no common border`);
  return [row.x, row.y];
}

/** A square of some 200 m around a spot. */
export const around = ([x, y]: readonly [number, number], half = 0.001): Geometry =>
  roundGeometry({
    type: "Polygon",
    coordinates: [
      [
        [x - half, y - half],
        [x + half, y - half],
        [x + half, y + half],
        [x - half, y + half],
        [x - half, y - half],
      ],
    ],
  });
