import { roleRights, type Who } from "#data/domain/account.ts";
import type { Geometry } from "#data/domain/change.ts";
import type { ProposalDeed, ProposalState } from "#data/domain/proposal.ts";
import type { ProposalPlace, ProposalRow, ProposalView } from "#data/domain/proposal-answers.ts";
import { layerByNo } from "#data/layers/registry.ts";
import type { Database, Fragment, Sql } from "#db/client.ts";
import { layersHiddenFrom, layersLedBy, mayRead } from "#db/reading.ts";
import { fieldDifferences } from "../history/entries.ts";
import { isAsked, stepsFor } from "./rights.ts";

/** Proposals shown at once, open ones first. */
const most = 200;

interface Reading {
  readonly who: Who;
  readonly account: number;
  readonly now: Date;
}

interface Row {
  id: number;
  state: ProposalState;
  town: string;
  towns: string[];
  signed: string[];
  refused: string[];
  unit: string;
  unit_id: string;
  person: string;
  account_id: number;
  reason: string;
  proposed_at: Date;
  expires_at: Date;
  round: number;
  applied_seq: number | null;
  places: {
    uid: string;
    layerNo: number;
    name: string | null;
    base: number;
    deleted: boolean;
    feature: number | null;
  }[];
}

/** Towns that are touched, the proposer's unit, lead units of the layers, the 专班: nobody else hears of a proposal. */
function concerns(sql: Sql, who: Who): Fragment {
  if (roleRights[who.role].everywhere) return sql`true`;
  return sql`(p.unit = ${who.unit} or coalesce(${who.town} = any(p.towns), false) or exists (
    select from proposal_place pp where pp.proposal_id = p.id and pp.layer_no = any(${layersLedBy(who.unit)}::smallint[])))`;
}

/** Who signs reads all that is signed; a lead unit the places of a proposal that it may read anyway. */
function shown(sql: Sql, who: Who): Fragment {
  if (roleRights[who.role].everywhere) return sql`true`;
  return sql`(p.unit = ${who.unit} or coalesce(${who.town} = any(p.towns), false)
    or pp.layer_no <> all(${layersHiddenFrom(who.unit)}::smallint[]))`;
}

const rowsOf = ({ sql }: Database, { who, now }: Reading, condition: Fragment): Promise<Row[]> =>
  sql<Row[]>`
    select p.id, s.state, p.town, p.towns, proposal_signed(p) as signed, p.round, p.applied_seq,
      array(select d.town from proposal_deed d where d.proposal_id = p.id and d.round = p.round and d.step = 'refuse') as refused,
      u.short as unit, p.unit as unit_id, a.name as person, p.account_id, p.reason, p.expires_at,
      (select max(c.at) from proposal_deed d join changeset c on c.seq = d.seq
        where d.proposal_id = p.id and d.step in ('propose', 'renew')) as proposed_at,
      (select json_agg(json_build_object('uid', pp.uid, 'layerNo', pp.layer_no, 'name', pp.attrs ->> 'name', 'base', pp.base,
        'deleted', pp.deleted, 'feature', f.id) order by pp.base = 0, pp.uid)
        from proposal_place pp left join feature f on f.uid = pp.uid where pp.proposal_id = p.id and ${shown(sql, who)}) as places
    from proposal p cross join lateral (select proposal_now(p, ${now}) as state) s
      join unit u on u.id = p.unit join account a on a.id = p.account_id
    where ${condition} and ${concerns(sql, who)}
    order by (s.state in ('collecting', 'outdated', 'expired')) desc, p.id desc limit ${most}`;

/** Every proposal that concerns this reader, open ones first. */
export async function proposals(db: Database, reading: Reading): Promise<ProposalRow[]> {
  const rows = await rowsOf(db, reading, db.sql`true`);
  return rows.map((row) => toRow(row, reading));
}

/** One proposal with what each place was and is to become; undefined when there is none that concerns this reader. */
export async function proposalView(
  db: Database,
  reading: Reading,
  id: number,
): Promise<ProposalView | undefined> {
  const { sql } = db;
  const [row] = await rowsOf(db, reading, sql`p.id = ${id}`);
  if (!row) return undefined;
  const [places, deeds] = await Promise.all([placesOf(sql, reading.who, row), deedsOf(sql, id)]);
  const { who } = reading;
  return {
    ...toRow(row, reading),
    places,
    deeds: deeds.map(({ seq, at, step, town, round, unit, unit_id, person, reason }) => ({
      seq,
      at: at.toISOString(),
      step,
      town,
      round,
      unit,
      ...(unit_id === who.unit && { person }),
      reason,
    })),
    steps: stepsFor(who, standingOf(row, reading)),
    seq: row.applied_seq,
  };
}

const standingOf = ({ state, town, towns, signed, account_id }: Row, { account }: Reading) => ({
  state,
  town,
  towns,
  signed,
  mine: account_id === account,
});

function toRow(row: Row, reading: Reading): ProposalRow {
  const [first] = row.places;
  return {
    id: row.id,
    state: row.state,
    title: first?.name ?? "",
    layer: layerByNo(first?.layerNo ?? 0)?.id ?? "",
    feature: first?.feature ?? null,
    count: row.places.length,
    town: row.town,
    unit: row.unit,
    ...(row.unit_id === reading.who.unit && { person: row.person }),
    reason: row.reason,
    proposedAt: row.proposed_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    round: row.round,
    towns: row.towns.map((code) => ({
      code,
      answer: row.signed.includes(code) ? "agreed" : row.refused.includes(code) ? "refused" : "waiting",
    })),
    asked: isAsked(reading.who, standingOf(row, reading)),
  };
}

interface PlaceRow {
  uid: string;
  feature: number | null;
  layer_no: number;
  deleted: boolean;
  base: number;
  attrs: Record<string, unknown>;
  geometry: Geometry;
  size: number;
  now_attrs: Record<string, unknown> | null;
  now_geometry: Geometry | null;
  now_size: number | null;
  base_attrs: Record<string, unknown> | null;
  moved: boolean;
}

/**
 * While it is open the places are compared with what stands now, afterwards with what it was built on; so too a 限定 place
 * that was meanwhile moved to where this reader sees it no more.
 */
async function placesOf(sql: Sql, who: Who, { id, state }: Row): Promise<ProposalPlace[]> {
  const open = state === "collecting" || state === "outdated" || state === "expired";
  const live = sql`(${open} and pp.base > 0 and (f.version = pp.base or ${mayRead(sql, who, "f")}))`;
  const rows = await sql<PlaceRow[]>`
    select pp.uid, f.id as feature, pp.layer_no, pp.deleted, pp.base, pp.attrs, ST_AsGeoJSON(pp.geom, 7)::jsonb as geometry,
      size_of(pp.geom) as size, n.attrs as now_attrs, ST_AsGeoJSON(n.geom, 7)::jsonb as now_geometry, size_of(n.geom) as now_size,
      b.attrs as base_attrs, coalesce(ST_AsBinary(b.geom) <> ST_AsBinary(n.geom), false) as moved
    from proposal p join proposal_place pp on pp.proposal_id = p.id left join feature f on f.uid = pp.uid
      left join lateral (select v.attrs, v.geom from feature_version v where v.feature_id = f.id and v.version = pp.base
        order by v.kfrom desc, v.vfrom desc limit 1) b on true
      left join lateral (
        select f.attrs, f.geom where ${live}
        union all select b.attrs, b.geom where not ${live} and b.attrs is not null) n on true
    where p.id = ${id} and ${shown(sql, who)} order by pp.base = 0, pp.uid`;
  return rows.map((row) => ({
    uid: row.uid,
    feature: row.feature,
    layer: layerByNo(row.layer_no)?.id ?? "",
    name: String(row.attrs.name ?? ""),
    op: row.base === 0 ? "create" : row.deleted ? "delete" : "patch",
    fields: row.deleted ? {} : fieldDifferences(row.now_attrs ?? {}, row.attrs),
    before: row.now_geometry,
    after: row.deleted ? null : row.geometry,
    size: { before: row.now_size, after: row.deleted ? null : row.size },
    since: [
      ...(row.base_attrs && row.now_attrs
        ? Object.keys(fieldDifferences(row.base_attrs, row.now_attrs))
        : []),
      ...(row.moved ? ["geometry"] : []),
    ],
  }));
}

interface DeedRow {
  seq: number;
  at: Date;
  step: ProposalDeed;
  town: string;
  round: number;
  unit: string;
  unit_id: string;
  person: string;
  reason: string | null;
}

const deedsOf = (sql: Sql, id: number) =>
  sql<DeedRow[]>`
    select d.seq, c.at, d.step, d.town, d.round, u.short as unit, c.unit as unit_id, a.name as person, c.reason
    from proposal_deed d join changeset c on c.seq = d.seq join unit u on u.id = c.unit join account a on a.id = c.account_id
    where d.proposal_id = ${id} order by d.seq`;
