import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Geometry } from "#data/domain/change.ts";
import type { ProposalView } from "#data/domain/proposal-answers.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { around, onBorder } from "#tests/support/borders.ts";
import { Killable } from "#tests/support/killable.ts";
import { places, square } from "#tests/support/people.ts";

const logins = ["xujing", "zhaoxiang", "zhuanban"] as const;

describe("kill -9 amid a 会签 (embedded)", () => {
  const server = new Killable();
  const tokens: Record<string, string> = {};
  let across: Geometry;

  beforeAll(async () => {
    await server.build();
    across = await server.withDatabase("owner", async (owner) => {
      await owner.sql`
        insert into account (login, name, unit, role) values
          ('xujing', '徐泾 经办', 'xujing', 'editor'), ('zhaoxiang', '赵巷 审核', 'zhaoxiang', 'reviewer'),
          ('zhuanban', '专班', 'zhuanban', 'taskforce')`;
      return around(await onBorder({ owner }, "xujing", "zhaoxiang"));
    });
    for (const login of logins) tokens[login] = await server.tokenOf(login);
  });
  afterAll(() => server.forget());

  test("last agreements that were on their way stand whole or not at all; said again, each applies once", async () => {
    const first = await server.start();
    const send = (address: string, who: string, path: string, body: unknown, key: string = randomUUID()) =>
      fetch(address + path, {
        method: "POST",
        headers: {
          authorization: `Bearer ${tokens[who]}`,
          "content-type": "application/json",
          "idempotency-key": key,
        },
        body: JSON.stringify(body),
      });
    const begin = async (n: number) => {
      // Places side by side, proposed into the neighbour's ground side by side.
      const shift = ([x = 0, y = 0]: readonly number[]): [number, number] => [x, y + n * 0.0008];
      const made = await send(first.address, "zhuanban", "/api/features", {
        layer: "key_area",
        properties: { name: `桥下 ${n}`, parent_area: "徐泾" },
        geometry: square(shift(places.xujing), 0.0004),
      });
      const feature = ((await made.json()) as ChangesReply).results[0]?.id;
      const proposed = await send(first.address, "xujing", "/api/proposals", {
        uid: randomUUID(),
        changes: [{ op: "patch", feature, base: 1, geometry: across, set: { remark: "向西扩" } }],
        reason: "现场议定",
      });
      const id = ((await proposed.json()) as ChangesReply).results[0]?.id;
      expect([made.status, proposed.status]).toEqual([201, 201]);
      return { feature, id, key: randomUUID(), acknowledged: false };
    };
    const all: Awaited<ReturnType<typeof begin>>[] = [];
    for (let n = 0; n < 8; n++) all.push(await begin(n));
    const agree = (address: string, { id, key }: (typeof all)[number]) =>
      send(address, "zhaoxiang", `/api/proposals/${id}/agree`, { round: 1 }, key);
    const answers = all.map(async (one) => {
      const answer = await agree(first.address, one).catch(() => null);
      one.acknowledged = answer?.ok ?? false;
    });
    await Promise.any(answers.slice(0, 3));
    first.process.kill("SIGKILL");
    await Promise.all([first.ended, ...answers]);

    const second = await server.start();
    const read = async <T>(path: string): Promise<T> =>
      (
        await fetch(second.address + path, { headers: { authorization: `Bearer ${tokens.zhaoxiang}` } })
      ).json();
    const standing = async ({ id, feature }: (typeof all)[number]) => {
      const { state } = await read<ProposalView>(`/api/proposals/${id}`);
      const { guatu, properties } = (await read<FeatureView>(`/api/features/${feature}/view`)).feature;
      return `${state} ${guatu.version} ${properties.remark ?? ""}`;
    };
    const whole = "applied 2 向西扩";
    const found = await Promise.all(all.map(standing));
    for (const [i, one] of all.entries())
      expect(one.acknowledged ? [whole] : ["collecting 1 ", whole]).toContain(found[i]);
    process.stdout.write(
      `  ${found.filter((one) => one === whole).length} of 8 stood when the server died\n`,
    );
    for (const one of all) expect((await agree(second.address, one)).status).toBe(200);
    expect(new Set(await Promise.all(all.map(standing)))).toEqual(new Set([whole]));
    second.process.kill("SIGTERM");
    await second.ended;
    expect(second.process.exitCode).toBe(0);
  }, 120_000);
});
