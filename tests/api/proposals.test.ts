import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import type { ProposalsAnswer, ProposalView } from "#data/domain/proposal-answers.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Caller, TestServer } from "#tests/support/api.ts";
import { startApi } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { Ear } from "#tests/support/ear.ts";
import { places, square } from "#tests/support/people.ts";
import { codeOf } from "#tests/support/rights.ts";
import { type Signers, signers } from "#tests/support/signers.ts";

describeOnBothDatabases("会签 over HTTP", (database) => {
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

  const stored = async (geometry = square(places.xujing)) =>
    (
      await force.create(
        "weak_area",
        { name: "桥下空间", problems: ["bad_parking"] },
        geometry.coordinates,
        geometry.type,
      )
    ).id;
  const propose = (caller: Caller, changes: ChangeOp[], uid: string = randomUUID()) =>
    caller.ask<ChangesReply & ProblemBody>("/api/proposals", {
      method: "POST",
      body: { uid, changes, reason: "现场议定" },
    });
  const step = (caller: Caller, id: number, name: string, reason?: string, round = 1) =>
    caller.ask<ProblemBody>(`/api/proposals/${id}/${name}`, {
      method: "POST",
      body: { round, ...(reason && { reason }) },
    });
  const view = (caller: Caller, id: number) => caller.ask<ProposalView>(`/api/proposals/${id}`);
  const begin = async () => {
    const feature = await stored();
    const { body } = await propose(clerk, [
      { op: "patch", feature, base: 1, geometry: across, set: { remark: "向西扩" } },
    ]);
    return { feature, id: body.results[0]!.id! };
  };

  test("the towns it touches, the lead unit and the 专班 see it; for everybody else there is none", async () => {
    const { id, feature } = await begin();
    for (const [caller, status] of [
      [clerk, 200],
      [neighbour, 200],
      [lead, 200],
      [force, 200],
      [stranger, 404],
      [await api.as("planner"), 404],
      [await api.as("admin"), 404],
    ] as const) {
      expect((await view(caller, id)).status).toBe(status);
      const { body } = await caller.ask<ProposalsAnswer>("/api/proposals");
      expect(body.rows.map((row) => row.feature)).toEqual(status === 200 ? [feature] : []);
    }
  });

  test("tells before and after, who answered, and each reader what may be done", async () => {
    const { id, feature } = await begin();
    const { body } = await view(neighbour, id);
    expect(body).toMatchObject({
      state: "collecting",
      title: "桥下空间",
      layer: "weak_area",
      feature,
      asked: true,
      towns: expect.arrayContaining([
        { code: codeOf("xujing"), answer: "agreed" },
        { code: codeOf("zhaoxiang"), answer: "waiting" },
      ]),
      places: [{ op: "patch", fields: { remark: [null, "向西扩"] }, after: across, since: [] }],
    });
    const may = async (caller: Caller) =>
      (await view(caller, id)).body.steps.filter(({ allowed }) => allowed).map((one) => one.step);
    expect([await may(neighbour), await may(clerk), await may(lead), await may(force)]).toEqual([
      ["agree", "refuse"],
      ["withdraw"],
      [],
      [],
    ]);
    expect((await neighbour.ask<ProposalsAnswer>("/api/proposals")).body.asked).toBe(1);
    expect((await clerk.ask<ProposalsAnswer>("/api/proposals")).body.asked).toBe(0);
  });

  test("an open page hears of it, and the feature's history tells who proposed, agreed and what came of it", async () => {
    const feature = await stored();
    await api.deps.feed.reach(1);
    const ear = new Ear(await api.app.request("/api/events", { headers: neighbour.headers }));
    await ear.next();
    const { body } = await propose(clerk, [{ op: "patch", feature, base: 1, geometry: across }]);
    const id = body.results[0]!.id!;
    expect(await ear.next()).toMatchObject({
      event: "change",
      data: [{ kind: "proposal", op: "propose", id: feature, before: null, after: null }],
    });
    expect((await step(neighbour, id, "agree")).status).toBe(200);
    await ear.stop();
    const told = await stranger.ask<{ entries: HistoryEntry[] }>(`/api/features/${feature}/history`);
    expect(told.body.entries.map(({ op }) => op).filter((op) => op !== "task")).toEqual([
      "patch",
      "agree",
      "propose",
      "create",
    ]);
    const { body: seen } = await clerk.ask<FeatureView>(`/api/features/${feature}/view`);
    expect(seen.historyCount).toBe(3);
    expect(seen.feature.guatu.town).toBeNull();
    // Of the place that now lies in both towns neither may change anything alone; both may propose.
    expect(seen.may).toMatchObject({ edit: false, propose: true });
    const area = await clerk.ask<{ deeds: { kind: string }[] }>("/api/history");
    expect(area.body.deeds.map(({ kind }) => kind)).toEqual(["cosign", "cosign", "edit"]);
  });

  test("what changed meanwhile is named, and a renewal asks again", async () => {
    const { id, feature } = await begin();
    await clerk.ask("/api/changes", {
      method: "POST",
      body: { changes: [{ op: "patch", feature, base: 1, set: { managed_by: "徐泾城管" } }] },
    });
    const { body } = await view(clerk, id);
    expect([body.state, body.places[0]?.since]).toEqual(["outdated", ["managed_by"]]);
    const refused = await step(neighbour, id, "agree");
    expect([refused.status, refused.body.code]).toEqual([409, "wrong-step"]);
    expect((await step(clerk, id, "renew")).status).toBe(200);
    expect((await step(neighbour, id, "agree", undefined, 2)).status).toBe(200);
    const now = await clerk.ask<FeatureView>(`/api/features/${feature}/view`);
    expect(now.body.feature.properties).toMatchObject({ remark: "向西扩", managed_by: "徐泾城管" });
  });

  test("wrong input is refused with the field and nothing is stored", async () => {
    const feature = await stored();
    const send = (body: unknown) => clerk.ask<ProblemBody>("/api/proposals", { method: "POST", body });
    const change = { op: "patch", feature, base: 1, geometry: across };
    for (const [body, at] of [
      [{ uid: randomUUID(), changes: [change] }, "reason"],
      [{ uid: randomUUID(), changes: [change], reason: " " }, "reason"],
      [{ uid: randomUUID(), changes: [], reason: "x" }, "changes"],
      [{ uid: "1", changes: [change], reason: "x" }, "uid"],
      [{ uid: randomUUID(), changes: [{ ...change, duty: null }], reason: "x" }, "changes"],
      [{ uid: randomUUID(), changes: [{ op: "task", task: 1, step: "start" }], reason: "x" }, "changes"],
    ] as const) {
      const answer = await send(body);
      expect([answer.status, answer.body.errors?.[0]?.at]).toEqual([422, at]);
    }
    expect((await propose(clerk, [{ op: "patch", feature, base: 9, geometry: across }])).status).toBe(412);
    expect((await step(neighbour, 1, "agree")).status).toBe(404);
    expect((await step(neighbour, 1, "burn")).status).toBe(404);
    expect(await api.head()).toBe(1);
  });
});
