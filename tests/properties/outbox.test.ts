import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases, type TestDatabase } from "#tests/support/databases.ts";
import { shot } from "#tests/support/photos.ts";
import type { Entry } from "#web/outbox/entry.ts";
import { Clerk, type Line } from "./outbox-world.ts";

const people = ["zhujiajiao", "lvhua"] as const;
const lines = ["up", "lost request", "lost answer", "browser dies", "busy", "hotel"] as const;

/** What a clerk, a line or the server does next; `n` chooses the clerk, the place and the values. */
const act = fc.record({
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom("remark", "unit") },
    { weight: 4, arbitrary: fc.constant("send") },
    { weight: 3, arbitrary: fc.constantFrom("many", "both", "undo") },
    { weight: 2, arbitrary: fc.constantFrom("create", "photo", "progress", "restart") },
    { weight: 1, arbitrary: fc.constantFrom("away", "discard", "retry", "server") },
  ),
  n: fc.nat(1000),
  lines: fc.array(fc.constantFrom<Line>(...lines), { maxLength: 3 }),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

describeOnBothDatabases("the outbox and the server", (database) => {
  test("whatever fails: what is acknowledged is stored exactly once and in order, and the rest is still here", async () => {
    const pictures = await Promise.all(
      ["#102030", "#405060", "#708090"].map((colour) => shot({ width: 40, height: 30, colour })),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 8, maxLength: 40 }), async (acts) => {
        const world = await World.open(database(), pictures);
        try {
          for (const each of acts) await world.do(each);
          await world.settle();
          await world.check();
        } finally {
          world.close();
        }
      }),
      { numRuns: Number(process.env.GUATU_RUNS ?? 20), endOnFailure: true },
    );
  }, 240_000);
});

class World {
  readonly #db: TestDatabase;
  readonly #directory = mkdtempSync(path.join(tmpdir(), "guatu-outbox-"));
  readonly #pictures: readonly Buffer[];
  readonly #callers = new Map<string, Caller>();
  readonly clerks: readonly Clerk[];
  #api: TestServer | null = null;
  /** Places that all know, and those that the first clerk has created here. */
  readonly #shared: number[] = [];
  readonly #made: string[] = [];
  /** Another town's: who is bound to his own may not write them. */
  readonly #foreign: number[] = [];
  #before = 0;
  #count = 0;

  private constructor(db: TestDatabase, pictures: readonly Buffer[]) {
    this.#db = db;
    this.#pictures = pictures;
    this.clerks = people.map((person) => new Clerk(person, () => this.#callers.get(person)!));
  }

  static async open(db: TestDatabase, pictures: readonly Buffer[]): Promise<World> {
    const world = new World(db, pictures);
    await world.#serve();
    const town = world.#callers.get("zhujiajiao")!;
    for (const name of ["甲处", "乙处"]) {
      const properties = { name, category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
      world.#shared.push((await town.create("finding", properties, places.zhujiajiao)).id);
    }
    const other = await world.#api!.as("xujing");
    const properties = {
      name: "邻镇的",
      category: "exposed_waste",
      place: "roadside",
      found_on: "2025-09-01",
    };
    world.#foreign.push((await other.create("finding", properties, places.xujing)).id);
    world.#before = await world.#api!.head();
    return world;
  }

  /** The server, from nothing but its database and its files. */
  async #serve(): Promise<void> {
    this.#api?.close();
    this.#api = await startApi(this.#db, { GUATU_FILES: this.#directory });
    for (const person of people) this.#callers.set(person, await this.#api.as(person));
  }

  close(): void {
    this.#api?.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  async do({ kind, n, lines }: Act): Promise<void> {
    const clerk = this.clerks[n % 2]!;
    clerk.lines.push(...lines);
    const own = n % 2 === 0 ? [...this.#shared, ...this.#made] : this.#shared;
    const place = own[n % own.length]!;
    const text = `${kind} ${++this.#count}`;
    if (kind === "remark") await clerk.write(place, "remark", text);
    else if (kind === "unit") await clerk.write(place, "managed_by", text);
    else if (kind === "away") await clerk.moveAway(place);
    else if (kind === "many")
      await clerk.writeAll(n % 3 === 0 ? [...this.#shared, ...this.#foreign] : this.#shared, text);
    else if (kind === "both") await clerk.writeBoth(this.#shared[n % 2]!, this.#shared[(n + 1) % 2]!, text);
    else if (kind === "undo") await clerk.takeBack();
    else if (kind === "photo") await clerk.photograph(place, this.#pictures[n % 3]!);
    else if (kind === "progress") await clerk.start(this.#shared[n % 2]!);
    else if (kind === "send") await clerk.send();
    else if (kind === "restart") clerk.restart();
    else if (kind === "server") await this.#serve();
    else if (kind === "create") {
      const uid = randomUUID();
      if (n % 2 === 0) this.#made.push(uid);
      await this.clerks[0]!.create(uid, text);
    } else await clerk.tidy(kind);
  }

  /** The lines are mended, everybody opens the browser again, and time passes. */
  async settle(): Promise<void> {
    for (const clerk of this.clerks) {
      clerk.lines = [];
      clerk.restart();
      for (let round = 0; round < 10; round++) await clerk.send();
    }
  }

  async check(): Promise<void> {
    const { sql } = this.#db.owner;
    const kept = await sql<{ key: string; seq: number }[]>`
      select key::text, seq::int from idempotency where seq > ${this.#before}`;
    const stored = new Map(kept.map(({ key, seq }) => [key, seq]));
    const acknowledged = this.clerks.flatMap(({ done }) => done).filter(({ seq }) => seq > 0);
    // Stored as it was told, and nothing else was.
    for (const { id, seq, what } of acknowledged) expect([what, id, stored.get(id)]).toEqual([what, id, seq]);
    expect(await this.#api!.head()).toBe(this.#before + acknowledged.length);
    expect(stored.size).toBe(acknowledged.length);

    for (const clerk of this.clerks) {
      for (const { entry, by } of clerk.left) {
        if (by.kind === "discard") continue;
        expect([entry.id, by.kind]).toEqual([entry.id, "acknowledged"]);
        const [wish] = await this.#effects(entry, by.kind === "acknowledged" ? by.reply.seq : 0);
        expect([entry.id, wish]).toEqual([entry.id, undefined]);
      }
      // In the order in which it was done, place by place.
      const went = clerk.left.flatMap(({ entry, by }) =>
        by.kind === "acknowledged" && by.reply.seq > 0 ? [{ entry, seq: by.reply.seq }] : [],
      );
      for (const a of went)
        for (const b of went) if (clerk.ordered(a.entry, b.entry)) expect(a.seq).toBeLessThan(b.seq);
      for (const entry of clerk.entries) {
        if (entry.state !== "waiting") expect(entry.problem?.detail ?? entry.problem?.title).toBeTruthy();
        else
          expect(clerk.entries.some(({ id, state }) => state !== "waiting" || entry.after.includes(id))).toBe(
            true,
          );
      }
    }
  }

  /** What the acknowledged entry asked for and its changeset did not do. */
  async #effects(entry: Entry, seq: number): Promise<string[]> {
    const { sql } = this.#db.owner;
    if (seq === 0) return [];
    if (entry.revert) {
      const rows = await sql`select 1 from changeset where seq = ${seq} and kind = 'revert'`;
      return rows.length === 1 ? [] : ["no revert"];
    }
    if (entry.photo) {
      const rows = await sql`select 1 from photo where uid = ${entry.id}`;
      return rows.length === 1 ? [] : [`${rows.length} photos`];
    }
    const missing: string[] = [];
    for (const op of entry.changes) {
      if (op.op === "create") {
        const rows = await sql`select 1 from feature where uid = ${op.uid}`;
        if (rows.length !== 1) missing.push(`${rows.length} of ${op.uid}`);
      }
      if (op.op === "patch")
        for (const [field, value] of Object.entries(op.set ?? {})) {
          const rows = await sql`
            select 1 from feature_version v join feature f on f.id = v.feature_id
             where v.kfrom = ${seq} and v.attrs ->> ${field} = ${String(value)}
               and (f.id::text = ${String(op.feature)} or f.uid::text = ${String(op.feature)})`;
          if (rows.length !== 1) missing.push(`${rows.length} of ${field} = ${value}`);
        }
      if (op.op === "task") {
        const rows = await sql`select 1 from task_version where kfrom = ${seq} and note = ${op.note ?? ""}`;
        if (rows.length !== 1) missing.push(`${rows.length} of task`);
      }
    }
    return missing;
  }
}
