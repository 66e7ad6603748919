import { randomUUID } from "node:crypto";
import { beforeEach, expect, test } from "vitest";
import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import type { ProposalStep } from "#data/domain/proposal.ts";
import { propose, stepProposal } from "#db/proposals.ts";
import { applyChanges } from "#db/write.ts";
import { around, onBorder } from "#tests/support/borders.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { noon, type Person, person, places, refusal, square, write } from "#tests/support/people.ts";

const clock = noon("2025-06-02");

describeOnBothDatabases("跨镇会签", (open) => {
  let force: Person;
  let xujing: Person;
  let xujingSh: Person;
  let zhaoxiang: Person;
  let zhaoxiangSh: Person;
  let across: Geometry;
  beforeEach(async () => {
    const db = open();
    [force, xujing, xujingSh, zhaoxiang, zhaoxiangSh] = await Promise.all([
      person(db, "zhuanban", "taskforce"),
      person(db, "xujing"),
      person(db, "xujing", "reviewer"),
      person(db, "zhaoxiang"),
      person(db, "zhaoxiang", "reviewer"),
    ]);
    across = around(await onBorder(db, "xujing", "zhaoxiang"));
  });

  const area = (geometry: Geometry): Extract<ChangeOp, { op: "create" }> => ({
    op: "create",
    uid: randomUUID(),
    layer: "weak_area",
    geometry,
    properties: { name: "桥下空间", problems: ["bad_parking"] },
  });
  /** A 薄弱区域 wholly in 徐泾, or wherever the shape lies. */
  const stored = async (geometry: Geometry = square(places.xujing)) => {
    const { results } = await write(open(), force, area(geometry));
    return results[0]!.id!;
  };
  const proposed = async (
    who: Person,
    changes: ChangeOp | ChangeOp[],
    uid: string = randomUUID(),
    key?: string,
  ) => {
    const body = { uid, changes: [changes].flat(), reason: "两镇现场议定" };
    const { reply, replayed } = await propose(open().app, {
      token: who.token,
      body,
      clock,
      ...(key ? { key } : {}),
    });
    return { id: reply.results[0]!.id!, replayed };
  };
  const step = (who: Person, id: number, step: ProposalStep, reason?: string, at = clock) =>
    stepProposal(open().app, { token: who.token, id, step, reason, clock: at });
  const stateOf = async (id: number, at = clock) => {
    const [row] = await open().owner.sql<{ state: string }[]>`
      select proposal_now(p, ${at}) as state from proposal p where id = ${id}`;
    return row?.state;
  };
  const versionOf = async (id: number) => {
    const [row] = await open().owner.sql<{ version: number }[]>`select version from feature where id = ${id}`;
    return row?.version;
  };
  const patchAcross = (feature: number): ChangeOp => ({ op: "patch", feature, base: 1, geometry: across });

  test("is applied when the other town's reviewer agrees, as one changeset, and the history says who did what", async () => {
    const feature = await stored();
    const { id } = await proposed(xujing, patchAcross(feature));
    expect([await stateOf(id), await versionOf(feature)]).toEqual(["collecting", 1]);
    const { reply } = await step(zhaoxiangSh, id, "agree");
    expect([await stateOf(id), await versionOf(feature)]).toEqual(["applied", 2]);
    expect(reply.results).toMatchObject([
      { op: "agree", id },
      { op: "patch", id: feature, version: 2 },
    ]);
    const deeds = await open().owner.sql`
      select d.step, c.unit, c.kind, c.reason from proposal_deed d join changeset c using (seq) order by seq`;
    expect(deeds).toEqual([
      { step: "propose", unit: "xujing", kind: "cosign", reason: "两镇现场议定" },
      { step: "agree", unit: "zhaoxiang", kind: "cosign", reason: null },
    ]);
    const feed = await open().owner
      .sql`select kind, op, id from change where seq = ${reply.seq} order by kind`;
    expect(feed).toEqual([
      { kind: "feature", op: "patch", id: feature },
      { kind: "proposal", op: "agree", id: feature },
    ]);
  });

  test("makes a new place with its tasks, and takes one away", async () => {
    const change = area(across);
    const { id } = await proposed(zhaoxiang, change);
    await step(xujingSh, id, "agree");
    const [made] = await open().owner.sql<{ id: number; town: string | null; tasks: number }[]>`
      select f.id, f.town, (select count(*)::int from task t where t.feature_id = f.id) as tasks from feature f where uid = ${change.uid}`;
    expect(made).toMatchObject({ town: null, tasks: 1 });
    const again = await proposed(xujing, { op: "delete", feature: made!.id, base: 1 });
    await step(zhaoxiangSh, again.id, "agree");
    const [gone] = await open().owner
      .sql`select deleted_seq is not null as deleted from feature where id = ${made!.id}`;
    expect(gone).toEqual({ deleted: true });
  });

  test("is judged by the guard at once: what no agreement could save is refused and nothing is stored", async () => {
    const feature = await stored();
    const crossed: Geometry = {
      type: "Polygon",
      coordinates: [
        [
          [121.27, 31.18],
          [121.271, 31.181],
          [121.271, 31.18],
          [121.27, 31.181],
          [121.27, 31.18],
        ],
      ],
    };
    for (const [change, code] of [
      [{ op: "patch", feature, base: 1, geometry: crossed }, "invalid"],
      [{ op: "patch", feature, base: 1, set: { unknown: 1 } }, "invalid"],
      [{ op: "patch", feature, base: 1, set: { remark: "只在本镇" } }, "invalid"],
      [{ op: "patch", feature, base: 1, geometry: square(places.zhujiajiao) }, "collecting"],
      [{ op: "patch", feature: 999, base: 1, geometry: across }, "not-found"],
      [area({ type: "Polygon", coordinates: square([121.3, 31.4]).coordinates }), "forbidden"],
    ] as const) {
      if (code === "collecting") await proposed(xujing, change as ChangeOp);
      else
        expect([change.op, (await refusal(proposed(xujing, change as ChangeOp))).code]).toEqual([
          change.op,
          code,
        ]);
    }
    const [row] = await open().owner.sql`select count(*)::int as n from proposal`;
    expect(row).toEqual({ n: 1 });
    expect(await versionOf(feature)).toBe(1);
  });

  test("may not be made for towns that are not one's own, nor in layers of the lead unit, nor by who needs none", async () => {
    const feature = await stored();
    const own = await refusal(proposed(await person(open(), "zhujiajiao"), patchAcross(feature)));
    expect(own.detail).toContain("没有涉及你们镇街");
    expect((await refusal(proposed(force, patchAcross(feature)))).detail).toContain("可以直接修改");
    expect(
      (await refusal(proposed(await person(open(), "xujing", "viewer"), patchAcross(feature)))).code,
    ).toBe("forbidden");
  });

  test("is signed by the reviewer of a town that is asked, once, and by nobody else", async () => {
    const { id } = await proposed(xujing, patchAcross(await stored()));
    expect((await refusal(step(zhaoxiang, id, "agree"))).detail).toContain("审核");
    expect((await refusal(step(xujingSh, id, "agree"))).code).toBe("wrong-step");
    expect((await refusal(step(await person(open(), "zhujiajiao", "reviewer"), id, "agree"))).code).toBe(
      "not-found",
    );
    expect((await refusal(step(force, id, "agree"))).code).toBe("forbidden");
    await step(zhaoxiangSh, id, "agree");
    expect((await refusal(step(zhaoxiangSh, id, "agree"))).detail).toContain("已经办结");
  });

  test("ends with the first refusal, which says why, and with the proposer's withdrawal", async () => {
    const feature = await stored();
    const first = await proposed(xujing, patchAcross(feature));
    expect((await refusal(step(zhaoxiangSh, first.id, "refuse"))).errors?.[0]?.at).toBe("reason");
    await step(zhaoxiangSh, first.id, "refuse", "这一段归我们养护");
    expect(await stateOf(first.id)).toBe("refused");
    const second = await proposed(xujing, patchAcross(feature));
    expect((await refusal(step(zhaoxiangSh, second.id, "withdraw"))).code).toBe("forbidden");
    await step(xujing, second.id, "withdraw");
    expect((await refusal(step(zhaoxiangSh, second.id, "agree"))).code).toBe("wrong-step");
    expect(await versionOf(feature)).toBe(1);
  });

  test("is outdated by an edit in between; renewed, every town is asked again", async () => {
    const feature = await stored();
    const { id } = await proposed(xujing, patchAcross(feature));
    await write(open(), xujing, { op: "patch", feature, base: 1, set: { remark: "先改了备注" } });
    expect(await stateOf(id)).toBe("outdated");
    expect((await refusal(step(zhaoxiangSh, id, "agree"))).detail).toContain("又改过了");
    await step(xujing, id, "renew");
    expect(await stateOf(id)).toBe("collecting");
    await step(zhaoxiangSh, id, "agree");
    const [row] = await open().owner
      .sql`select version, attrs ->> 'remark' as remark from feature where id = ${feature}`;
    expect(row).toEqual({ version: 3, remark: "先改了备注" });
  });

  test("expires when nobody answers in time, and can be renewed then", async () => {
    const feature = await stored();
    const { id } = await proposed(xujing, patchAcross(feature));
    const late = noon("2025-06-18");
    expect((await refusal(step(zhaoxiangSh, id, "agree", undefined, late))).detail).toContain("过期");
    await step(xujing, id, "renew", undefined, late);
    await step(zhaoxiangSh, id, "agree", undefined, noon("2025-06-19"));
    expect(await versionOf(feature)).toBe(2);
  });

  test("sent again under its key is the same proposal, under another key a conflict", async () => {
    const feature = await stored();
    const [uid, key] = [randomUUID(), randomUUID()];
    const first = await proposed(xujing, patchAcross(feature), uid, key);
    expect(await proposed(xujing, patchAcross(feature), uid, key)).toEqual({ id: first.id, replayed: true });
    expect((await refusal(proposed(xujing, patchAcross(feature), uid))).code).toBe("conflict");
  });

  test("three towns: two signatures are not enough", async () => {
    const spot = await onBorder(open(), "xujing", "zhaoxiang");
    const [row] = await open().owner.sql<{ geometry: Geometry; third: string }[]>`
      select ST_AsGeoJSON(ST_MakePolygon(ST_ExteriorRing(ST_Buffer(ST_MakeLine(ST_SetSRID(ST_MakePoint(${spot[0]}, ${spot[1]}), 4326),
        ST_PointOnSurface(b.geom)), 0.0005))))::jsonb as geometry, t.id as third
        from town_border b join town t on t.code = b.code where t.id = 'chonggu'`;
    const { id } = await proposed(xujing, area(row!.geometry));
    const [row2] = await open().owner.sql<{ towns: string[] }[]>`
      select array(select t.id from town t where t.code = any(p.towns) order by t.id) as towns from proposal p where id = ${id}`;
    const towns = row2?.towns ?? [];
    expect(towns).toContain("chonggu");
    expect(towns.length).toBeGreaterThan(2);
    const asked = towns.filter((town) => town !== "xujing");
    for (const town of asked) {
      expect(await stateOf(id)).toBe("collecting");
      await step(await person(open(), town, "reviewer"), id, "agree");
    }
    expect(await stateOf(id)).toBe("applied");
  });

  test("the kind of a changeset is no signature: the guard looks for the signed places themselves", async () => {
    const feature = await stored();
    const { id } = await proposed(xujing, patchAcross(feature));
    const forged = (changes: ChangeOp[]) =>
      applyChanges(open().app, { token: zhaoxiangSh.token, body: { changes }, kind: "cosign", clock });
    expect((await refusal(forged([patchAcross(feature)]))).code).toBe("forbidden");
    for (const sql of [
      `update proposal set applied_seq = 1`,
      `insert into proposal_deed values (1, ${id}, 1, 'agree', '310118107')`,
      `update proposal_place set deleted = true`,
      `select note_deed(p, c, 'agree') from proposal p, changeset c`,
    ])
      await expect(open().app.sql.unsafe(sql)).rejects.toThrow(/permission denied/);
  });

  test("agreement to one shape lets no other pass, and a trial can never be stored", async () => {
    const feature = await stored();
    const { id } = await proposed(xujing, patchAcross(feature));
    const { app } = open();
    const inCosign = (
      work: (tx: Parameters<Parameters<typeof app.transaction>[0]>[0]) => Promise<unknown>,
      who = zhaoxiangSh,
    ) =>
      app.transaction(async (tx) => {
        const { tokenHashOf } = await import("#db/sessions.ts");
        await tx`select * from open_changeset(${tokenHashOf(who.token)}, 'cosign', 'x', ${clock})`;
        await work(tx);
      });
    await expect(
      inCosign(async (tx) => {
        await tx`select step_proposal(${id}, 'agree', null, null, 15)`;
        await tx`update feature set attrs = attrs || '{"remark":"夹带"}', geom = (select geom from proposal_place) where id = ${feature}`;
      }),
    ).rejects.toThrow(/跨出|不全在/);
    await expect(
      inCosign(async (tx) => {
        await tx`select propose(${randomUUID()}, '[]', ${tx.json([
          {
            uid: (await tx`select uid from feature`)[0]!.uid,
            layer_no: 5,
            base: 1,
            attrs: { name: "桥下空间" },
            geometry: across as never,
            deleted: false,
          },
        ])}, 15)`;
        await tx`select rehearse_proposal(max(id)) from proposal`;
      }, xujing),
    ).rejects.toThrow(/试写不能保存/);
    expect(await versionOf(feature)).toBe(1);
  });
});
