import { afterEach, beforeEach, expect, test } from "vitest";
import { roleRights, roles } from "#data/domain/account.ts";
import { borderMetres, type DutyAnswer, type DutyWord, dutyWords } from "#data/domain/duty.ts";
import type { HistoryEntry } from "#data/domain/wire/history.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { type Caller, startApi, type TestServer } from "#tests/support/api.ts";
import { around, onBorder } from "#tests/support/borders.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { Actors, codeOf } from "#tests/support/rights.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };

describeOnBothDatabases("镇街对责任属地表态", (database) => {
  let api: TestServer;
  let actors: Actors;
  let force: Caller;
  let xujing: Caller;
  let zhaoxiang: Caller;
  let spot: readonly [number, number];
  const [xj, zx] = [codeOf("xujing"), codeOf("zhaoxiang")];
  beforeEach(async () => {
    api = await startApi(database());
    actors = new Actors(database(), api.app);
    force = (await actors.of("zhuanban", "taskforce")).caller;
    xujing = (await actors.of("xujing", "editor")).caller;
    zhaoxiang = (await actors.of("zhaoxiang", "reviewer")).caller;
    spot = await onBorder(database(), "xujing", "zhaoxiang");
  });
  afterEach(() => api.close());

  const area = async () =>
    (
      await force.create(
        "weak_area",
        { name: "交界桥下", problems: ["bad_parking"] },
        around(spot).coordinates,
        "Polygon",
      )
    ).id;
  const say = (caller: Caller, feature: number, word: DutyWord, reason = "", base = 1) =>
    caller.ask<ProblemBody>("/api/duty/words", {
      method: "POST",
      body: { feature, base, word, ...(reason && { reason }) },
    });
  const decide = (caller: Caller, feature: number, base: number, duty: string | null) =>
    caller.ask<ProblemBody>("/api/changes", {
      method: "POST",
      body: { changes: [{ op: "patch", feature, base, duty }], reason: "现场确认" },
    });
  const rows = async (caller: Caller, query = "") =>
    (await caller.ask<DutyAnswer>(`/api/duty${query}`)).body.rows;

  test("a town claims a place at its border; the other one sees it, objects with a reason, and it goes first in the list", async () => {
    const near = await force.create("finding", found, [spot[0], spot[1] + 0.0002]);
    const id = await area();
    expect((await say(xujing, near.id, "claim")).status).toBe(200);
    const [, seen] = await rows(zhaoxiang);
    expect(seen).toMatchObject({ id: near.id, words: [{ town: xj, word: "claim", reason: null }] });
    expect(seen?.may).toEqual(["claim", "decline", "object"]);
    expect((await say(zhaoxiang, near.id, "object")).body.errors?.[0]?.at).toBe("reason");
    expect((await say(zhaoxiang, near.id, "object", "在我镇养护范围")).status).toBe(200);
    expect((await rows(force)).map((row) => row.id)).toEqual([near.id, id]);
    expect((await rows(xujing))[0]!.words.map(({ town, word }) => [town, word])).toEqual([
      [xj, "claim"],
      [zx, "object"],
    ]);
  });

  test("every word stands in the place's history with the town and its reason, also after it was taken back", async () => {
    const id = await area();
    await say(xujing, id, "decline", "桥归赵巷养护");
    await say(xujing, id, "withdraw");
    expect((await rows(xujing))[0]!.words).toEqual([]);
    const { body } = await zhaoxiang.ask<{ entries: HistoryEntry[] }>(`/api/features/${id}/history`);
    expect(body.entries.slice(0, 2).map(({ op, reason }) => [op, reason])).toEqual([
      ["duty-withdraw", null],
      ["duty-decline", "桥归赵巷养护"],
    ]);
    expect(body.entries[1]!.unit).toContain("徐泾");
  });

  test("what is decided is no longer asked; a town may object, and then it is to be decided again", async () => {
    const id = await area();
    await say(xujing, id, "claim");
    expect((await decide(force, id, 1, xj)).status).toBe(200);
    expect(await rows(zhaoxiang)).toEqual([]);
    expect(await rows(zhaoxiang, "?decided=1")).toMatchObject([
      { id, duty: xj, decided: true, words: [], may: ["object"] },
    ]);
    expect((await say(zhaoxiang, id, "claim", "", 2)).status).toBe(409);
    expect((await say(zhaoxiang, id, "object", "应归我镇", 2)).status).toBe(200);
    expect(await rows(force)).toMatchObject([{ id, duty: xj, decided: true }]);
    expect((await decide(force, id, 2, zx)).status).toBe(200);
    expect(await rows(force)).toEqual([]);
    expect((await rows(force, "?decided=1"))[0]!.duty).toBe(zx);
  });

  test("a word holds for the shape it was said of: another shape asks anew, a stale one is refused", async () => {
    const id = await area();
    await say(xujing, id, "claim");
    await force.ask("/api/changes", {
      method: "POST",
      body: { changes: [{ op: "patch", feature: id, base: 1, geometry: around(spot, 0.0012) }] },
    });
    expect((await rows(xujing))[0]!.words).toEqual([]);
    expect((await say(zhaoxiang, id, "claim")).body.detail).toContain("图形刚改过");
    expect((await say(zhaoxiang, id, "claim", "", 2)).status).toBe(200);
  });

  test("nothing is said twice, taken back unsaid, or objected to before anybody spoke", async () => {
    const id = await area();
    expect((await say(xujing, id, "withdraw")).status).toBe(409);
    expect((await say(xujing, id, "object", "不同意")).status).toBe(409);
    await say(xujing, id, "claim");
    expect((await say(xujing, id, "claim")).status).toBe(409);
  });

  test("role × unit × word: only 经办 and 审核 of a town beside it have a say", async () => {
    const id = await area();
    for (const role of roles) {
      for (const unit of ["xujing", "zhujiajiao", "lvhua"]) {
        const { caller } = await actors.of(unit, role);
        for (const word of dutyWords) {
          const { status } = await say(caller, id, word, "理由");
          const allowed = unit === "xujing" ? [200, 409] : [unit === "lvhua" ? 403 : 404];
          expect(roleRights[role].edit ? allowed : [403], `${unit} ${role} ${word}`).toContain(status);
        }
      }
    }
    const said = await database().owner.sql<{ town: string }[]>`select distinct town from duty_word`;
    expect(said.map(({ town }) => town)).toEqual([xj]);
  });

  test("role × unit: the 专班 and the verifier of a lead unit decide, between the towns that are there", async () => {
    for (const role of roles) {
      const { edit, verify, everywhere } = roleRights[role];
      for (const unit of ["lvhua", "shuiwu", "xujing"]) {
        const { id } = await force.create("finding", found, [spot[0], spot[1] + 0.0002]);
        const { caller } = await actors.of(unit, role);
        const allowed = edit && (everywhere || (verify && unit === "lvhua"));
        expect((await decide(caller, id, 1, xj)).status, `${unit} ${role}`).toBe(allowed ? 200 : 403);
        if (!allowed || everywhere) continue;
        expect((await decide(caller, id, 2, codeOf("zhujiajiao"))).status).toBe(403);
        expect((await decide(caller, id, 2, null)).status).toBe(403);
      }
    }
  });

  test("a 限定 place of the neighbour is nobody's to speak of who may not see it", async () => {
    const { id } = await force.create("illegal_building", { name: "加建", stock_kind: "stock" }, [
      spot[0],
      spot[1] - 0.0002,
    ]);
    const home = (await rows(force))[0]!.town;
    expect((await say(home === xj ? zhaoxiang : xujing, id, "claim")).status).toBe(404);
    expect((await say(home === xj ? xujing : zhaoxiang, id, "claim")).status).toBe(200);
  });

  test("the app's own login can neither write a word nor say one outside such a changeset", async () => {
    const id = await area();
    const { app, owner } = database();
    await expect(
      app.sql`insert into duty_word (seq, feature_id, town, word, shape) values (1, ${id}, ${xj}, 'claim', '')`,
    ).rejects.toThrow(/permission denied/);
    await expect(app.sql`select say_duty(${id}, 1, 'claim')`).rejects.toThrow();
    const [row] = await owner.sql<{ metres: number }[]>`select border_metres() as metres`;
    expect(row?.metres).toBe(borderMetres);
  });
});
