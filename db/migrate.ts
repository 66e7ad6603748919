import { createHash } from "node:crypto";
import { roleRights } from "#data/domain/account.ts";
import { leastExtent, mostOverlap } from "#data/domain/extent.ts";
import { proposalFlow, proposalStates } from "#data/domain/proposal.ts";
import { nextState, stateCode, stepRule, stepsFrom, type TaskState, taskStates } from "#data/domain/task.ts";
import { geometryTypes } from "#data/layers/define.ts";
import { layers } from "#data/layers/registry.ts";
import { programmes } from "#data/programme/programme.ts";
import { towns } from "#data/programme/towns.ts";
import { units } from "#data/programme/units.ts";
import townships from "#data/seed/geo/townships.geojson?raw";
import type { Database, TransactionSql } from "./client.ts";

// Vite reads these calls as text: the options must be literals. The built server carries the SQL in itself.
const migrationFiles = import.meta.glob<string>("./migrations/*.sql", {
  query: "?raw",
  import: "default",
  eager: true,
});
const functionFiles = import.meta.glob<string>("./functions/*.sql", {
  query: "?raw",
  import: "default",
  eager: true,
});

/** An applied migration's text differs from the file: history was edited. Final. */
class MigrationChanged extends Error {
  constructor(name: string) {
    super(`Migration ${name} was changed after it had been applied. Write a new one instead.`);
    this.name = "MigrationChanged";
  }
}

/** Brings the owner's database to this build: migrations, functions, and the rows that come from data/. Safe to repeat. */
export async function migrate(db: Database): Promise<void> {
  await db.transaction(async (tx) => {
    await tx`select pg_advisory_xact_lock(7120251)`;
    await tx`create table if not exists schema_migration
      (name text primary key, checksum text not null, applied_at timestamptz not null default now())`;
    const rows = await tx<{ name: string; checksum: string }[]>`select name, checksum from schema_migration`;
    const applied = new Map(rows.map((row) => [row.name, row.checksum]));
    for (const [name, text] of inOrder(migrationFiles)) {
      const checksum = checksumOf(text);
      const before = applied.get(name);
      if (before === checksum) continue;
      if (before !== undefined) throw new MigrationChanged(name);
      await tx.unsafe(text);
      await tx`insert into schema_migration (name, checksum) values (${name}, ${checksum})`;
    }
    for (const [name, text] of inOrder(functionFiles)) {
      const checksum = checksumOf(text);
      if (applied.get(name) === checksum) continue;
      await tx.unsafe(text);
      await tx`insert into schema_migration (name, checksum) values (${name}, ${checksum})
        on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`;
    }
    await writeProgramme(tx, applied.get("programme"));
    await tx`select fill_seams() where not exists (select from town_seam)`;
  });
}

const inOrder = (files: Record<string, string>): [string, string][] =>
  Object.entries(files)
    .map(([path, text]): [string, string] => [path.split("/").slice(-2).join("/"), text])
    .sort(([a], [b]) => (a < b ? -1 : 1));

const checksumOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** Rows that data/ owns. Written only when they differ from what the database got last. */
async function writeProgramme(tx: TransactionSql, before: string | undefined): Promise<void> {
  const rows = programmeRows();
  const checksum = checksumOf(JSON.stringify(rows));
  if (checksum === before) return;
  await tx`insert into role_right select * from jsonb_populate_recordset(null::role_right, ${tx.json(rows.roles)})
    on conflict (role) do update set edit = excluded.edit, verify = excluded.verify,
      everywhere = excluded.everywhere, manage = excluded.manage`;
  await tx`insert into town select * from jsonb_populate_recordset(null::town, ${tx.json(rows.towns)})
    on conflict (code) do update set id = excluded.id, name = excluded.name, short = excluded.short`;
  await tx`insert into unit select * from jsonb_populate_recordset(null::unit, ${tx.json(rows.units)})
    on conflict (id) do update set name = excluded.name, short = excluded.short, kind = excluded.kind, town = excluded.town`;
  // A border that moves gets a row of its own validity by a migration; this fills only what is missing.
  await tx`insert into town_border (code, geom)
    select b.code, ST_Multi(ST_GeomFromGeoJSON(b.geometry))
      from jsonb_to_recordset(${tx.json(rows.borders)}) as b (code text, geometry jsonb)
     where not exists (select from town_border t where t.code = b.code)`;
  await tx`insert into layer (no, id, name, geometry_types, town_writable, sensitivity, fields, least_extent, most_overlap)
    select * from jsonb_to_recordset(${tx.json(rows.layers)})
      as l (no smallint, id text, name text, geometry_types text[], town_writable boolean, sensitivity text, fields jsonb,
        least_extent float8, most_overlap float8)
    on conflict (no) do update set name = excluded.name, geometry_types = excluded.geometry_types,
      town_writable = excluded.town_writable, sensitivity = excluded.sensitivity, fields = excluded.fields,
      least_extent = excluded.least_extent, most_overlap = excluded.most_overlap, retired_at = null`;
  await tx`update layer set retired_at = coalesce(retired_at, now())
    where no <> all (${rows.layers.map((layer) => layer.no)}::smallint[])`;
  await tx`insert into target (id, year, no, campaign, short, text)
    select * from jsonb_to_recordset(${tx.json(rows.targets)})
      as t (id int, year int, no int, campaign int, short text, text text)
    on conflict (id) do update set campaign = excluded.campaign, short = excluded.short, text = excluded.text`;
  await tx`delete from target_unit`;
  await tx`insert into target_unit select * from jsonb_populate_recordset(null::target_unit, ${tx.json(rows.targetUnits)})`;
  await tx`delete from layer_target`;
  await tx`insert into layer_target select * from jsonb_populate_recordset(null::layer_target, ${tx.json(rows.layerTargets)})`;
  await tx`delete from metric_filer`;
  await tx`insert into metric_filer select * from jsonb_populate_recordset(null::metric_filer, ${tx.json(rows.metricFilers)})`;
  await tx`insert into task_state select * from jsonb_populate_recordset(null::task_state, ${tx.json(rows.states)})
    on conflict (state) do nothing`;
  await tx`delete from task_move`;
  await tx`insert into task_move select * from jsonb_populate_recordset(null::task_move, ${tx.json(rows.moves)})`;
  await tx`insert into proposal_state select * from jsonb_populate_recordset(null::proposal_state, ${tx.json(rows.proposalStates)})
    on conflict (state) do nothing`;
  await tx`delete from proposal_move`;
  await tx`insert into proposal_move select * from jsonb_populate_recordset(null::proposal_move, ${tx.json(rows.proposalMoves)})`;
  await tx`insert into schema_migration (name, checksum) values ('programme', ${checksum})
    on conflict (name) do update set checksum = excluded.checksum, applied_at = now()`;
}

interface Townships {
  readonly features: readonly {
    readonly properties: { readonly code: string };
    readonly geometry: unknown;
  }[];
}

function programmeRows() {
  const borders = (JSON.parse(townships) as Townships).features;
  const targets = programmes.flatMap(({ year, targets: all }) =>
    all.map((target) => ({ ...target, id: year * 100 + target.no, year })),
  );
  return {
    roles: Object.entries(roleRights).map(([role, rights]) => ({ role, ...rights })),
    towns: towns.map(({ code, id, name, short }) => ({ code, id, name, short })),
    units: [
      ...units.map(({ id, name, short, kind }) => ({ id, name, short, kind, town: null })),
      ...towns.map(({ code, id, name, short }) => ({ id, name, short, kind: "town", town: code })),
    ],
    borders: borders.map(({ properties, geometry }) => ({
      code: properties.code,
      geometry: JSON.parse(JSON.stringify(geometry)),
    })),
    layers: layers.map((layer) => ({
      no: layer.no,
      id: layer.id,
      name: layer.name,
      geometry_types: [...geometryTypes(layer)],
      town_writable: layer.townWritable,
      sensitivity: layer.sensitivity,
      fields: JSON.parse(JSON.stringify(layer.fields)),
      least_extent: leastExtent[layer.geometry],
      most_overlap: mostOverlap(layer),
    })),
    targets: targets.map(({ id, year, no, campaign, short, text }) => ({
      id,
      year,
      no,
      campaign,
      short,
      text,
    })),
    targetUnits: targets.flatMap(({ id, leads, cooperating }) => [
      ...leads.map((unit, place) => ({ target_id: id, unit, lead: true, place })),
      ...cooperating.map((unit, place) => ({ target_id: id, unit, lead: false, place })),
    ]),
    layerTargets: programmes.flatMap(({ year }) =>
      layers.flatMap((layer) =>
        layer.targets.map((no) => ({ layer_no: layer.no, target_id: year * 100 + no })),
      ),
    ),
    metricFilers: metricFilers(),
    states: taskStates.map((state) => ({ state, code: stateCode(state) })),
    moves: movesOfFlow(),
    proposalStates: proposalStates.map((state) => ({ state })),
    proposalMoves: proposalStates.flatMap((from_state) =>
      Object.entries(proposalFlow[from_state]).map(([step, to_state]) => ({ from_state, step, to_state })),
    ),
  };
}

/** Metric or part → each unit that files it, in any year's programme. */
function metricFilers(): { metric: string; unit: string }[] {
  const filers = new Map<string, Set<string>>();
  const add = (code: string, who: readonly string[]) =>
    filers.set(code, new Set([...(filers.get(code) ?? []), ...who]));
  for (const metric of programmes.flatMap((programme) => programme.metrics)) {
    const by = metric.filer?.by;
    const instead = by === "towns" ? towns.map(({ id }) => id) : by ? [by] : [];
    add(metric.code, [...metric.leads, ...instead]);
    for (const part of metric.parts ?? [])
      add(`${metric.code}.${part.key}`, [...(part.leads ?? metric.leads), ...instead]);
  }
  return [...filers].flatMap(([metric, who]) => [...who].map((unit) => ({ metric, unit })));
}

/**
 * Which state may follow which within one changeset. Steps of the handler fold into one (start and submit);
 * a step of the verifier stands alone, for nobody verifies what the same changeset submitted.
 */
function movesOfFlow(): { from_state: TaskState; to_state: TaskState; verify: boolean }[] {
  const moves = new Map<string, { from_state: TaskState; to_state: TaskState; verify: boolean }>();
  const add = (from: TaskState, to: TaskState, verify: boolean) => {
    const key = `${from} ${to}`;
    const known = moves.get(key);
    if (from === to || (known && !(known.verify && !verify))) return;
    moves.set(key, { from_state: from, to_state: to, verify });
    for (const step of stepsFrom(to)) {
      const next = nextState(to, step);
      if (next && stepRule[step].right === "handle") add(from, next, verify);
    }
  };
  for (const from of taskStates) {
    for (const step of stepsFrom(from)) {
      const to = nextState(from, step);
      if (to) add(from, to, stepRule[step].right === "verify");
    }
  }
  return [...moves.values()];
}
