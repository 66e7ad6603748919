import type { Geometry } from "#data/domain/change.ts";
import { geometryOf, type Parts, partsOf } from "#data/domain/paths.ts";
import { pointAt, readStaked, showStakes, stakesAfter } from "#data/domain/stakes.ts";
import { shownNumber, stakesField } from "#data/layers/define.ts";
import { keyRoad } from "#data/layers/key_road.ts";
import type { TransactionSql } from "../client.ts";
import { mayWrite, type Reader } from "../reading.ts";
import type { FeatureDraft } from "./draft.ts";
import { loadFeatures } from "./load.ts";

/** A road whose centre line this list changes. */
interface Moved {
  readonly old: Parts;
  readonly now: Parts;
}

/**
 * What lies along a road by its stakes follows the road's new centre line in the same changeset: drafts beyond those of the
 * list. Places of the list itself are moved with it unless it gives them a shape; what the writer may not edit stays where it is.
 */
export async function followRoads(
  tx: TransactionSql,
  who: Reader,
  drafts: readonly FeatureDraft[],
): Promise<FeatureDraft[]> {
  const roads = await movedRoads(tx, drafts);
  if (roads.size === 0) return [];
  const numbers = [...roads.keys()].map((id) => shownNumber(keyRoad, id));
  const rows = await tx<{ id: number }[]>`
    select f.id from feature f
     where f.attrs ? 'stakes' and split_part(f.attrs ->> 'stakes', ' ', 1) = any(${numbers}::text[])
       and f.deleted_seq is null and ${mayWrite(tx, who, "f")}`;
  const own = new Map(drafts.map((draft) => [draft.id, draft]));
  const others = rows.filter(({ id }) => !own.has(id)).map(({ id }) => id);
  const found = others.length > 0 ? await loadFeatures(tx, who, { ids: others }) : [];
  for (const draft of drafts) if (draft.base > 0 && isFree(draft)) follow(draft, roads);
  return found.filter((draft) => {
    const moved = follow(draft, roads);
    if (moved) draft.folded += 1;
    return moved;
  });
}

/** Nobody says in this list where it is, and it is written anyway. */
const isFree = (draft: FeatureDraft): boolean =>
  draft.folded > 0 && draft.geometry === null && draft.shapeOf === null && !draft.deleted && !draft.corrected;

async function movedRoads(
  tx: TransactionSql,
  drafts: readonly FeatureDraft[],
): Promise<ReadonlyMap<number, Moved>> {
  const given = drafts.filter(
    ({ id, layer, base, deleted, corrected, geometry, shapeOf }) =>
      id !== null &&
      layer.id === keyRoad.id &&
      base > 0 &&
      !deleted &&
      !corrected &&
      (geometry ?? shapeOf) !== null,
  );
  if (given.length === 0) return new Map();
  const rows = await tx<{ id: number; old: Geometry; restored: Geometry | null }[]>`
    select f.id, ST_AsGeoJSON(f.geom, 7)::jsonb as old, (
        select ST_AsGeoJSON(v.geom, 7)::jsonb from feature_version v
         where v.feature_id = f.id and v.version = g.version order by v.kfrom desc, v.vfrom desc limit 1) as restored
      from unnest(${given.map(({ id }) => id)}::bigint[], ${given.map(({ shapeOf }) => shapeOf)}::int[]) g (id, version)
      join feature f on f.id = g.id`;
  const byId = new Map(given.map((draft) => [draft.id, draft]));
  return new Map(
    rows.flatMap(({ id, old, restored }) => {
      const now = byId.get(id)?.geometry ?? restored;
      return now ? [[id, { old: partsOf(old), now: partsOf(now) }] as const] : [];
    }),
  );
}

/** Moves a draft with its road; false when it does not lie along one of them or stays as it is. */
function follow(draft: FeatureDraft, roads: ReadonlyMap<number, Moved>): boolean {
  const field = stakesField(draft.layer);
  const said = field === undefined ? null : readStaked(draft.attrs[field]);
  const road = said && roads.get(said.road);
  if (!field || !said || !road) return false;
  const stakes = stakesAfter(road.old, road.now, said.stakes);
  const at = stakes && pointAt(road.now, stakes);
  if (!stakes || !at) {
    const { [field]: _, ...attrs } = draft.attrs;
    draft.attrs = attrs;
    return true;
  }
  draft.attrs = { ...draft.attrs, [field]: `${shownNumber(keyRoad, said.road)} ${showStakes(stakes)}` };
  draft.geometry = geometryOf("Point", [[[at]]]);
  return true;
}
