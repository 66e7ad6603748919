import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import type { ProposalsAnswer, ProposalView } from "#data/domain/proposal-answers.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Caller, TestServer } from "#tests/support/api.ts";
import { startApi } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { places, square } from "#tests/support/people.ts";
import { type Signers, signers } from "#tests/support/signers.ts";

describeOnBothDatabases("会签 under attack", (database) => {
  let api: TestServer;
  let clerk: Caller;
  let neighbour: Caller;
  let stranger: Caller;
  let force: Caller;
  let lead: Caller;
  let across: Signers["across"];
  beforeEach(async () => {
    api = await startApi(database());
    ({ clerk, neighbour, stranger, force, lead, across } = await signers(database(), api));
  });
  afterEach(() => api.close());

  const area = { name: "桥下空间", problems: ["bad_parking"] };
  const stored = async () =>
    (await force.create("weak_area", area, square(places.xujing).coordinates, "Polygon")).id;
  const propose = async (changes: ChangeOp[]) => {
    const { status, text, body } = await clerk.ask<ChangesReply>("/api/proposals", {
      method: "POST",
      body: { uid: randomUUID(), changes, reason: "现场议定" },
    });
    if (status !== 201) throw new Error(text);
    return body.results[0]!.id!;
  };
  const step = (caller: Caller, id: number, name: string, body: object = {}, headers = {}) =>
    caller.ask<ChangesReply & ProblemBody>(`/api/proposals/${id}/${name}`, { method: "POST", body, headers });
  const view = async (caller: Caller, id: number) =>
    (await caller.ask<ProposalView>(`/api/proposals/${id}`)).body;
  const patch = (feature: number, base: number, set: Record<string, unknown>) =>
    clerk.ask("/api/changes", { method: "POST", body: { changes: [{ op: "patch", feature, base, set }] } });

  test("a town signs what it has read: an agreement to a round that was renewed meanwhile is none", async () => {
    const feature = await stored();
    const id = await propose([{ op: "patch", feature, base: 1, geometry: across }]);
    const { round } = await view(neighbour, id);
    await patch(feature, 1, { managed_by: "换了单位" });
    expect((await step(clerk, id, "renew")).status).toBe(200);
    const late = await step(neighbour, id, "agree", { round });
    expect([late.status, late.body.code]).toEqual([409, "wrong-step"]);
    expect((await view(neighbour, id)).state).toBe("collecting");
    const blind = await step(neighbour, id, "agree");
    expect([blind.status, blind.body.errors?.[0]?.at]).toEqual([422, "round"]);
    const { round: now } = await view(neighbour, id);
    expect((await step(neighbour, id, "agree", { round: now })).status).toBe(200);
    const { body } = await clerk.ask<FeatureView>(`/api/features/${feature}/view`);
    expect(body.feature.guatu.version).toBe(3);
  });

  test("a lead unit reads the places of its layers, not the 限定 ones that come with them", async () => {
    const { id: hidden } = await force.create(
      "illegal_building",
      { name: "限定建筑", stock_kind: "new" },
      places.xujing,
    );
    const feature = await stored();
    const id = await propose([
      { op: "patch", feature: hidden, base: 1, set: { area_m2: 12 } },
      { op: "patch", feature, base: 1, geometry: across },
    ]);
    for (const [caller, seen] of [
      [lead, ["桥下空间"]],
      [neighbour, ["限定建筑", "桥下空间"]],
      [force, ["限定建筑", "桥下空间"]],
    ] as const) {
      const one = await view(caller, id);
      expect(one.places.map(({ name }) => name).sort()).toEqual([...seen].sort());
      const { body } = await caller.ask<ProposalsAnswer>("/api/proposals");
      expect(body.rows.map(({ count }) => count)).toEqual([seen.length]);
      if (caller === lead) expect(body.rows[0]).toMatchObject({ title: "桥下空间", feature });
    }
  });

  test("a 限定 place that moved on to another town is shown as it was, not where it is now", async () => {
    const { id: hidden } = await force.create(
      "illegal_building",
      { name: "限定建筑", stock_kind: "new" },
      places.xujing,
    );
    const geometry = { type: "Point" as const, coordinates: [...places.zhaoxiang] };
    const id = await propose([{ op: "patch", feature: hidden, base: 1, geometry }]);
    await force.ask("/api/changes", {
      method: "POST",
      body: {
        changes: [
          {
            op: "patch",
            feature: hidden,
            base: 1,
            set: { area_m2: 77 },
            geometry: { type: "Point", coordinates: places.zhujiajiao },
          },
        ],
      },
    });
    for (const caller of [clerk, neighbour]) {
      const { state, places: told } = await view(caller, id);
      expect([state, told[0]?.before, told[0]?.since]).toEqual([
        "outdated",
        { type: "Point", coordinates: places.xujing },
        [],
      ]);
    }
    expect((await view(force, id)).places[0]).toMatchObject({ before: { coordinates: places.zhujiajiao } });
  });

  test("the app's own login can neither sign, nor forge a place, nor end or reopen a proposal", async () => {
    const feature = await stored();
    const id = await propose([{ op: "patch", feature, base: 1, geometry: across }]);
    const { sql } = database().app;
    const tries = [
      sql`insert into proposal_deed (seq, proposal_id, round, step, town) values (2, ${id}, 1, 'agree', '310118107')`,
      sql`update proposal_place set attrs = '{}' where proposal_id = ${id}`,
      sql`update proposal set applied_seq = 2, state = 'applied' where id = ${id}`,
      sql`update proposal_move set to_state = 'applied'`,
      sql`delete from proposal where id = ${id}`,
      sql`insert into duty_confirmation (feature_id, seq, town, shape) values (${feature}, 1, '310118106', '')`,
      sql`select note_deed(p, c, 'agree') from proposal p, changeset c`,
    ];
    for (const answer of await Promise.allSettled(tries))
      expect(answer).toMatchObject({ status: "rejected", reason: { code: "42501" } });
    expect((await view(clerk, id)).state).toBe("collecting");
  });

  test("a town that is not asked learns nothing by trying its steps, whatever became of the place", async () => {
    const feature = await stored();
    const id = await propose([{ op: "patch", feature, base: 1, geometry: across }]);
    const none = await step(stranger, 999, "renew");
    expect((await step(stranger, id, "renew")).body.detail).toBe(none.body.detail);
    await clerk.ask(`/api/features/${feature}`, {
      method: "DELETE",
      headers: { "if-match": `"f${feature}.1"` },
    });
    for (const name of ["renew", "agree", "refuse", "withdraw"]) {
      const answer = await step(stranger, id, name, { round: 1, reason: "x" });
      expect([answer.status, answer.body.detail]).toEqual([404, none.body.detail]);
    }
  });

  test("so many vertices that everybody else would wait for them are refused before anything is tried", async () => {
    const ring = Array.from({ length: 8000 }, (_, i) => [121.2 + i / 1e6, 31.1]);
    const changes = Array.from({ length: 3 }, () => ({
      op: "create",
      uid: randomUUID(),
      layer: "weak_area",
      geometry: { type: "Polygon", coordinates: [ring] },
      properties: area,
    }));
    const sent = { method: "POST", body: { uid: randomUUID(), changes, reason: "现场议定" } };
    const { status, body } = await clerk.refused("/api/proposals", sent);
    expect([status, body.errors]).toEqual([
      422,
      [{ at: "changes", message: expect.stringContaining("20,000 个顶点") }],
    ]);
  });

  test("a place named by its uid in capitals is renewed as any other", async () => {
    const feature = await stored();
    const { body } = await clerk.ask<FeatureView>(`/api/features/${feature}/view`);
    const id = await propose([
      { op: "patch", feature: body.feature.guatu.uid.toUpperCase(), base: 1, geometry: across },
    ]);
    await patch(feature, 1, { managed_by: "换了单位" });
    expect((await step(clerk, id, "renew")).status).toBe(200);
  });

  test("pressed twice at once it is signed once, and the same press sent twice is one", async () => {
    const feature = await stored();
    const id = await propose([{ op: "patch", feature, base: 1, geometry: across }]);
    const key = { "idempotency-key": randomUUID() };
    const answers = await Promise.all([
      step(neighbour, id, "agree", { round: 1 }, key),
      step(neighbour, id, "agree", { round: 1 }, key),
      step(neighbour, id, "agree", { round: 1 }),
    ]);
    const done = answers.filter(({ status }) => status === 200);
    expect(new Set(done.map(({ body }) => body.seq)).size).toBe(1);
    expect(answers.filter(({ status }) => status !== 200).every(({ status }) => status === 409)).toBe(true);
    const { body } = await clerk.ask<FeatureView>(`/api/features/${feature}/view`);
    expect(body.feature.guatu.version).toBe(2);
    expect((await view(clerk, id)).deeds.map((deed) => deed.step)).toEqual(["propose", "agree"]);
  });
});
