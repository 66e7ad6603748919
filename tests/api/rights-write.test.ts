import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { roleRights } from "#data/domain/account.ts";
import type { ChangeOp } from "#data/domain/change.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layers } from "#data/layers/registry.ts";
import { startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { places } from "#tests/support/people.ts";
import {
  type Actor,
  Actors,
  createIn,
  homeTown,
  maySee,
  mayWrite,
  otherTown,
  shapeAt,
} from "#tests/support/rights.ts";

type Reply = ChangesReply & ProblemBody;

describeOnBothDatabases("role × layer × place × operation", (database) => {
  let api: TestServer;
  let actors: Actors;
  let force: Actor;
  beforeEach(async () => {
    api = await startApi(database());
    actors = new Actors(database(), api.app);
    force = await actors.of("zhuanban", "taskforce");
  });
  afterEach(() => api.close());

  const write = ({ caller }: Actor, ...changes: ChangeOp[]) =>
    caller.ask<Reply>("/api/changes", { method: "POST", body: { changes } });

  const place = async (layer: LayerDef, town: typeof homeTown | typeof otherTown) => {
    const { body, status, text } = await write(force, createIn(layer, town, "原样"));
    const [made] = body.results ?? [];
    const [task] = made?.tasks ?? [];
    if (!made?.id || !task?.id) throw new Error(`${layer.id}: ${status} ${text}`);
    return { id: made.id, task: task.id, target: task.target };
  };

  /** What the detail panel says of its buttons. */
  const toldTo = async ({ caller }: Actor, { id, task }: { id: number; task: number }) => {
    const { body } = await caller.ask<FeatureView>(`/api/features/${id}/view`);
    const steps = body.tasks.find((each) => each.id === task)?.steps;
    return { edit: body.may.edit, start: steps?.find(({ step }) => step === "start")?.allowed };
  };

  describe.each(layers.map((layer) => [layer.id, layer] as const))("%s", (_, layer) => {
    test("is written by whom the regulation names and the panel says, and by nobody else", async () => {
      const wrong: unknown[] = [];
      for (const town of [homeTown, otherTown] as const)
        for (const actor of await actors.writers(layer)) {
          const there = await place(layer, town);
          const mayEdit = mayWrite(actor, layer, town);
          const mayHandle = mayWrite(actor, layer, town, there.target);
          const sees = maySee(actor, layer, town);
          if (sees) {
            const told = await toldTo(actor, there);
            if (told.edit !== mayEdit || told.start !== mayHandle)
              wrong.push([actor.role, actor.unit, town, told]);
          }
          const refused = sees || !roleRights[actor.role].edit ? 403 : 404;
          const create = createIn(layer, town, "新");
          const patch = { op: "patch" as const, feature: there.id, base: 1, set: { remark: "改" } };
          const task = { op: "task" as const, task: there.task, base: 1, step: "start" };
          const remove = { op: "delete" as const, feature: there.id, base: mayEdit ? 2 : 1 };
          for (const [change, right] of [
            [create, mayEdit ? 200 : 403],
            [patch, mayEdit ? 200 : refused],
            [task, mayHandle ? 200 : refused],
            [remove, mayEdit ? 200 : refused],
          ] as const) {
            const { status } = await write(actor, change);
            if (status !== right) wrong.push([actor.role, actor.unit, town, change.op, status, right]);
          }
        }
      expect(wrong).toEqual([]);
    });

    test("does not leave the town by the hand of the town, nor come in from outside", async () => {
      const clerk = await actors.of(homeTown, "editor");
      const { id } = await place(layer, homeTown);
      const away = await place(layer, otherTown);
      const geometry = shapeAt(layer, places[otherTown]);
      const out = await write(clerk, { op: "patch", feature: id, base: 1, geometry });
      const home = shapeAt(layer, places[homeTown]);
      const into = await write(clerk, { op: "patch", feature: away.id, base: 1, geometry: home });
      expect(out.status).toBe(403);
      expect(into.status).toBe(maySee(clerk, layer, otherTown) ? 403 : 404);
      expect(
        (await force.caller.ask<{ guatu: { version: number } }>(`/api/features/${id}`)).body.guatu.version,
      ).toBe(1);
    });
  });
});
