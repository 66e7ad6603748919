import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { roleRights } from "#data/domain/account.ts";
import type { ChangeOp } from "#data/domain/change.ts";
import type { ChangesPreview } from "#data/domain/preview.ts";
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

describeOnBothDatabases("role × layer × 在场, 试写, 会签", (database) => {
  let api: TestServer;
  let actors: Actors;
  beforeEach(async () => {
    api = await startApi(database());
    actors = new Actors(database(), api.app);
  });
  afterEach(() => api.close());

  const post = ({ caller }: Actor, path: string, body: unknown) =>
    caller.ask<ChangesReply>(path, { method: "POST", body });

  /** Those two towns may ask each other for a move from one to the other, in layers that towns write. */
  const mayPropose = ({ role, unit }: Actor, layer: LayerDef): boolean =>
    roleRights[role].edit && layer.townWritable && (unit === homeTown || unit === otherTown);

  test.each(layers.map((layer) => [layer.id, layer] as const))(
    "%s is opened, tried and proposed by whom the regulation names, and by nobody else",
    async (_, layer) => {
      const force = await actors.of("zhuanban", "taskforce");
      const { body } = await post(force, "/api/changes", { changes: [createIn(layer, homeTown, "原样")] });
      const feature = body.results[0]?.id ?? 0;
      const patch: ChangeOp = { op: "patch", feature, base: 1, set: { remark: "改" } };
      const move: ChangeOp = {
        op: "patch",
        feature,
        base: 1,
        geometry: shapeAt(layer, places[otherTown]),
      };
      const wrong: unknown[] = [];
      const check = (actor: Actor, face: string, got: number, right: number) => {
        if (got !== right) wrong.push([actor.role, actor.unit, face, got, right]);
      };
      for (const actor of [...(await actors.writers(layer)), await actors.of(otherTown, "editor")]) {
        const sees = maySee(actor, layer, homeTown);
        const refused = sees || !roleRights[actor.role].edit ? 403 : 404;
        const there = await actor.caller.ask(`/api/presence/${randomUUID()}`, {
          method: "PUT",
          body: { feature, mode: "viewing", turn: 1 },
        });
        check(actor, "presence", there.status, sees ? 200 : 404);
        const tried = await actor.caller.ask<ChangesPreview>("/api/changes", {
          method: "POST",
          body: { changes: [patch], dryRun: true },
        });
        const passes = tried.status === 200 && tried.body.outcomes.every(({ ok }) => ok);
        check(actor, "dry run", Number(passes), Number(mayWrite(actor, layer, homeTown)));
        const proposed = await post(actor, "/api/proposals", {
          uid: randomUUID(),
          changes: [move],
          reason: "两镇议定",
        });
        check(actor, "proposal", proposed.status, sees && mayPropose(actor, layer) ? 201 : refused);
      }
      expect(wrong).toEqual([]);
      const { body: now } = await force.caller.ask<{ guatu: { version: number } }>(
        `/api/features/${feature}`,
      );
      expect(now.guatu.version).toBe(1);
    },
  );
});
