import { demoAccounts } from "#data/demo/accounts.ts";
import type { Collection } from "#data/demo/base.ts";
import type { DemoBatch } from "#data/demo/diary.ts";
import townParts from "#data/demo/places/town-parts.geojson?raw";
import { demoStory } from "#data/demo/story.ts";
import type { ChangeOp } from "#data/domain/change.ts";
import facilities from "#data/seed/geo/facilities.geojson?raw";
import interchanges from "#data/seed/geo/g50_interchanges.geojson?raw";
import stations from "#data/seed/geo/metro_stations.geojson?raw";
import roads from "#data/seed/geo/roads.geojson?raw";
import towns from "#data/seed/geo/townships.geojson?raw";
import water from "#data/seed/geo/water.geojson?raw";
import type { Database } from "./client.ts";
import { closeSession, hashPassword, openSession, tokenHashOf } from "./sessions.ts";
import { applyChanges } from "./write.ts";

export interface SeedOptions {
  /** No accounts and no features: what migrate wrote is all there is. */
  readonly empty?: boolean;
  /** Password of all demo accounts. */
  readonly password: string;
  /** The product's day: nothing of the story after it is written. */
  readonly today: string;
  /** Called after each demo day. */
  readonly onProgress?: (done: number, of: number) => void;
}

/**
 * Fills the owner's migrated, empty database with the demo: accounts, then the demo year through the product's own write
 * path, each changeset by its account at its hour.
 */
export async function seed(owner: Database, options: SeedOptions): Promise<void> {
  if (options.empty) return;
  const accounts = await writeAccounts(owner, options.password);
  const days = demoStory(demoBase()).filter(({ date }) => date <= options.today);
  const tokens = await tokensFor(
    owner,
    accounts,
    new Set(days.flatMap((day) => day.batches.map((b) => b.login))),
  );
  const versions = new Map<string, number>();
  let done = 0;
  for (const { batches } of days) {
    for (const batch of batches) await write(owner, batch, tokens, versions);
    done += 1;
    options.onProgress?.(done, days.length);
  }
  for (const token of tokens.values()) await closeSession(owner, tokenHashOf(token));
  await analyse(owner);
}

const collection = (text: string): Collection => JSON.parse(text) as Collection;

/** The real places the story is set in, as the build carries them. */
const demoBase = () => ({
  towns: collection(towns),
  roads: collection(roads),
  stations: collection(stations),
  water: collection(water),
  facilities: collection(facilities),
  interchanges: collection(interchanges),
  townParts: collection(townParts),
});

/** Login → account number. One password and one hash: hashing forty times would cost a second for nothing. */
async function writeAccounts(owner: Database, password: string): Promise<Map<string, number>> {
  const hash = await hashPassword(password);
  const rows = demoAccounts.map((account) => ({ ...account, password_hash: hash, demo: true }));
  const written = await owner.sql<{ id: number; login: string }[]>`
    insert into account ${owner.sql(rows)} returning id, login`;
  return new Map(written.map(({ id, login }) => [login, id]));
}

/** A bearer token for each account that writes; closed when all is written. */
async function tokensFor(
  owner: Database,
  accounts: ReadonlyMap<string, number>,
  logins: ReadonlySet<string>,
): Promise<Map<string, string>> {
  const tokens = new Map<string, string>();
  for (const login of logins) {
    const accountId = accounts.get(login);
    if (accountId === undefined) throw new Error(`The demo story has no account ${login}.`);
    const { token } = await openSession(owner, { accountId, kind: "token", name: "写入演示数据", hours: 2 });
    tokens.set(login, token);
  }
  return tokens;
}

async function write(
  owner: Database,
  { login, reason, clock, ops }: DemoBatch,
  tokens: ReadonlyMap<string, string>,
  versions: Map<string, number>,
): Promise<void> {
  // What is stored decides the base: an observation or a correction makes a version too.
  const based = ops.map(
    (op): ChangeOp => (op.op === "patch" ? { ...op, base: versions.get(String(op.feature)) ?? op.base } : op),
  );
  const { reply } = await applyChanges(owner, {
    token: tokens.get(login) ?? "",
    body: { changes: based, reason },
    kind: "seed",
    clock: new Date(clock),
  });
  for (const { uid, version } of reply.results) if (uid && version) versions.set(uid, version);
}

/** The planner knows nothing of tables that were filled a second ago, and PGlite has no autovacuum. */
async function analyse({ sql }: Database): Promise<void> {
  await sql`analyze feature, feature_version, task, task_version, observation, metric_report, change, changeset`;
}
