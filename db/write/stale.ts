import type { Geometry } from "#data/domain/change.ts";
import { shownNumber } from "#data/layers/define.ts";
import type { TransactionSql } from "../client.ts";
import type { Stale } from "./fold.ts";
import { WriteRefused } from "./refused.ts";

interface Row {
  uid: string;
  version: number;
  attrs: Record<string, unknown>;
  geometry: Geometry;
  town: string | null;
  shares: Record<string, number>;
  duty: string | null;
  deleted: boolean;
  base_attrs: Record<string, unknown> | null;
  moved: boolean;
  head: number;
}

/** Tells what is stored now and which fields were changed since the version the edit was made for. */
export async function staleRefusal(tx: TransactionSql, stale: Stale): Promise<WriteRefused> {
  const { draft, task, base } = stale;
  const [row] = await tx<Row[]>`
    select f.uid, f.version, f.attrs, ST_AsGeoJSON(f.geom, 7)::jsonb as geometry, f.town, f.shares, f.duty,
        f.deleted_seq is not null as deleted, b.attrs as base_attrs,
        coalesce(ST_AsBinary(b.geom) <> ST_AsBinary(f.geom), true) as moved,
        -- this changeset is rolled back: the head is the one before it
        (select h.seq - 1 from feed_head h) as head
      from feature f left join lateral (
        select v.attrs, v.geom from feature_version v where v.feature_id = f.id and v.version = ${base}
         order by v.kfrom desc, v.vfrom desc limit 1) b on true
     where f.id = ${draft.id}`;
  if (!row) return new WriteRefused("not-found", "没有这一处，它可能已被删除。");
  const detail = "同事刚存了这一处。你的草稿还在，看一下两边差在哪里。";
  if (task)
    return new WriteRefused("stale", detail, {
      stale: {
        task: {
          id: task.id ?? 0,
          version: task.base,
          state: task.state,
          progress: task.progress,
          due: task.due,
        },
        changed: ["task"],
        seq: row.head,
      },
    });
  const before = row.base_attrs ?? {};
  const fields = new Set([...Object.keys(before), ...Object.keys(row.attrs)]);
  const changed = [...fields].filter((id) => JSON.stringify(before[id]) !== JSON.stringify(row.attrs[id]));
  return new WriteRefused("stale", detail, {
    stale: {
      feature: {
        type: "Feature",
        id: draft.id ?? 0,
        geometry: row.geometry,
        properties: row.attrs,
        guatu: {
          uid: row.uid,
          layer: draft.layer.id,
          version: row.version,
          no: shownNumber(draft.layer, draft.id ?? 0),
          town: row.town,
          shares: row.shares,
          duty: row.duty,
          deleted: row.deleted,
        },
      },
      changed: row.moved ? [...changed, "geometry"] : changed,
      seq: row.head,
    },
  });
}
