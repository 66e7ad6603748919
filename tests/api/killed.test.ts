import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { addPeople, places } from "#tests/support/api.ts";
import { Killable } from "#tests/support/killable.ts";

const found = { category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };

describe("kill -9 of the running server (embedded)", () => {
  const server = new Killable();
  let token: string;

  beforeAll(async () => {
    await server.build();
    await server.withDatabase("owner", addPeople);
    token = await server.tokenOf("zhujiajiao");
  });
  afterAll(() => server.forget());

  test("in the middle of edits loses no acknowledged one, and a retry after it writes nothing twice", async () => {
    const acknowledged = new Map<string, number>();
    const first = await server.start();
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

    const second = await server.start();
    for (const [name, key] of keys) {
      const response = await edit(second.address, name, key);
      const { seq } = (await response.json()) as ChangesReply;
      if (acknowledged.has(name)) expect([name, seq]).toEqual([name, acknowledged.get(name)]);
    }
    second.process.kill("SIGTERM");
    await second.ended;
    expect(second.process.exitCode).toBe(0);

    await server.withDatabase("owner", async ({ sql }) => {
      const rows = await sql<{ name: string }[]>`select name from feature order by name`;
      expect(rows.map(({ name }) => name)).toEqual([...keys.keys()].sort());
      const [state] = await sql`
        select (select seq from feed_head) as head, (select count(*)::int from changeset) as changesets,
          (select count(*)::int from feature_version where op = 'create') as versions`;
      expect(state).toEqual({ head: keys.size, changesets: keys.size, versions: keys.size });
    });
  }, 120_000);
});
