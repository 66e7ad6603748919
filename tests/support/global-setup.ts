import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import type { Database } from "#db/client.ts";
import { copyEmbedded } from "#db/embedded.ts";
import { ensureImage } from "#db/embedded-image.ts";
import { openDatabase } from "#db/open.ts";
import { postgresPrograms } from "./machine.ts";
import { administer, databaseUrl, startCluster } from "./postgres.ts";
import { prepareDatabase } from "./prepare.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Maintenance database of the test cluster, null when the machine has no PostgreSQL. */
    postgresUrl: string | null;
    /** Migrated database that every suite's own one is made from. */
    postgresTemplate: string;
    /** Migrated image of the embedded database. */
    embeddedImage: string;
    /** Where workers make their embedded databases; removed after the run. */
    scratch: string;
  }
}

/** Once a run: a migrated template on PostgreSQL and a migrated image of the embedded database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const scratch = mkdtempSync(path.join(os.tmpdir(), "guatu-tests-"));
  const [onPostgres, onEmbedded] = await Promise.allSettled([postgresTemplate(), embeddedImage(scratch)]);
  const server = onPostgres.status === "fulfilled" ? onPostgres.value : null;
  for (const result of [onPostgres, onEmbedded]) {
    if (result.status === "fulfilled") continue;
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true });
    throw result.reason;
  }
  project.provide("postgresUrl", server?.url ?? null);
  project.provide("postgresTemplate", server?.template ?? "");
  project.provide("embeddedImage", path.join(scratch, "image.tar.gz"));
  project.provide("scratch", scratch);
  return async () => {
    await server?.stop();
    rmSync(scratch, { recursive: true, force: true });
  };
}

async function postgresTemplate(): Promise<{
  url: string;
  template: string;
  stop: () => Promise<void>;
} | null> {
  const given = process.env.TEST_DATABASE_URL;
  const programs = postgresPrograms();
  if (!given && !programs) return null;
  const cluster = given ? { url: given, stop: async () => {} } : await startCluster(programs ?? "");
  const template = `guatu_template_${process.pid}`;
  const stop = async () => {
    if (given) await administer(cluster.url, `drop database if exists ${template} with (force)`);
    await cluster.stop();
  };
  try {
    await administer(cluster.url, `create database ${template}`);
    await withOwner({ url: databaseUrl(cluster.url, template) }, prepareDatabase);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: cluster.url, template, stop };
}

/** The bare image is kept between runs, because making it takes 15 s; the migrated one is made each run. */
async function embeddedImage(scratch: string): Promise<void> {
  const version = ["pglite", "pglite-postgis"].map(installed).join("-");
  const bare = await ensureImage(path.resolve("node_modules/.cache/guatu", `${version}.tar.gz`));
  await withOwner({ directory: path.join(scratch, "image"), image: bare }, async (owner) => {
    await prepareDatabase(owner);
    await copyEmbedded(owner, path.join(scratch, "image.tar.gz"));
  });
}

function installed(name: string): string {
  const text = readFileSync(path.resolve("node_modules/@electric-sql", name, "package.json"), "utf8");
  return `${name}-${(JSON.parse(text) as { version: string }).version}`;
}

async function withOwner(
  place: { url?: string; directory?: string; image?: string },
  work: (owner: Database) => Promise<void>,
): Promise<void> {
  const owner = await openDatabase({ ...place, role: "owner", max: 2 });
  try {
    await work(owner);
  } finally {
    await owner.close();
  }
}
