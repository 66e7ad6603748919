import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Database } from "#db/client.ts";
import { openDatabase } from "#db/open.ts";
import { openSession } from "#db/sessions.ts";
import { addPeople, places } from "#tests/support/api.ts";
import { buildChild } from "#tests/support/build-child.ts";

const found = { category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };

interface Running {
  readonly address: string;
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
}

/** Runs the built server on `directory` until it says where it listens. */
async function start(program: string, directory: string): Promise<Running> {
  const process_ = spawn(process.execPath, [program], {
    env: { PATH: process.env.PATH ?? "", GUATU_DIR: directory, PORT: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<void>((resolve) => process_.once("exit", () => resolve()));
  let said = "";
  const address = await new Promise<string>((resolve, reject) => {
    const hear = (data: Buffer) => {
      said += data.toString();
      const match = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
      if (match) resolve(match[0]);
    };
    process_.stdout.on("data", hear);
    process_.stderr.on("data", hear);
    void ended.then(() => reject(new Error(`the server ended: ${said}`)));
  });
  return { address, process: process_, ended };
}

describe("kill -9 of the running server (embedded)", () => {
  const directory = path.join(inject("scratch"), `killed-${randomUUID()}`);
  let program: string;
  let token: string;

  beforeAll(async () => {
    program = await buildChild("server/main.ts");
    const web = path.join(path.dirname(path.dirname(program)), "web");
    mkdirSync(web, { recursive: true });
    writeFileSync(path.join(web, "index.html"), "<!doctype html>");
    await withDatabase("owner", addPeople);
    token = await withDatabase("app", async (db) => {
      const [account] = await db.sql<{ id: number }[]>`select id from account where login = 'zhujiajiao'`;
      return (await openSession(db, { accountId: account?.id ?? 0, kind: "token", name: "test", hours: 1 }))
        .token;
    });
  });
  afterAll(() => {
    if (program) rmSync(path.dirname(program), { recursive: true, force: true });
  });

  async function withDatabase<T>(role: "owner" | "app", work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openDatabase({ directory, image: inject("embeddedImage"), role });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  test("in the middle of edits loses no acknowledged one, and a retry after it writes nothing twice", async () => {
    const acknowledged = new Map<string, number>();
    const first = await start(program, directory);
    const edit = (address: string, name: string, key: string) =>
      fetch(`${address}/api/features`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${token}`,
          "content-type": "application/json",
          "idempotency-key": key,
        },
        body: JSON.stringify({
          layer: "finding",
          properties: { ...found, name },
          geometry: { type: "Point", coordinates: places.zhujiajiao },
        }),
      });
    const keys = new Map<string, string>();
    let writing = true;
    const writers = Array.from({ length: 4 }, async (_, writer) => {
      for (let n = 0; writing; n += 1) {
        const name = `${writer}-${n}`;
        keys.set(name, randomUUID());
        try {
          const response = await edit(first.address, name, keys.get(name) ?? "");
          if (response.status !== 201) continue;
          acknowledged.set(name, ((await response.json()) as ChangesReply).seq);
        } catch {
          return;
        }
      }
    });
    await expect.poll(() => acknowledged.size, { timeout: 30_000 }).toBeGreaterThan(40);
    first.process.kill("SIGKILL");
    await first.ended;
    writing = false;
    await Promise.all(writers);

    const second = await start(program, directory);
    for (const [name, key] of keys) {
      const response = await edit(second.address, name, key);
      const { seq } = (await response.json()) as ChangesReply;
      if (acknowledged.has(name)) expect([name, seq]).toEqual([name, acknowledged.get(name)]);
    }
    second.process.kill("SIGTERM");
    await second.ended;
    expect(second.process.exitCode).toBe(0);

    await withDatabase("owner", async ({ sql }) => {
      const rows = await sql<{ name: string }[]>`select name from feature order by name`;
      expect(rows.map(({ name }) => name)).toEqual([...keys.keys()].sort());
      const [state] = await sql`
        select (select seq from feed_head) as head, (select count(*)::int from changeset) as changesets,
          (select count(*)::int from feature_version where op = 'create') as versions`;
      expect(state).toEqual({ head: keys.size, changesets: keys.size, versions: keys.size });
    });
  }, 120_000);
});
