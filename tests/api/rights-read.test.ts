import { gunzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import type { ListAnswer, SummaryAnswer } from "#data/domain/wire/list.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { shownNumber } from "#data/layers/define.ts";
import { tileAt } from "#server/tiles/grid.ts";
import { startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { places } from "#tests/support/people.ts";
import {
  type Actor,
  Actors,
  codeOf,
  createIn,
  homeTown,
  maySee,
  otherTown,
  restrictedLayers,
} from "#tests/support/rights.ts";

const secret = "绝密楼宇";
const initials = "jmly";

interface Hidden {
  readonly id: number;
  readonly task: number;
  readonly uid: string;
  readonly seq: number;
}

describeOnBothDatabases("限定 points through every face", (database) => {
  let api: TestServer;
  let actors: Actors;
  let force: Actor;
  beforeEach(async () => {
    api = await startApi(database());
    actors = new Actors(database(), api.app);
    force = await actors.of("zhuanban", "taskforce");
  });
  afterEach(() => api.close());

  const write = async (changes: ChangeOp[]): Promise<ChangesReply> => {
    const { status, body, text } = await force.caller.ask<ChangesReply>("/api/changes", {
      method: "POST",
      body: { changes },
    });
    if (status !== 200) throw new Error(text);
    return body;
  };

  const hide = async (layer: LayerDef): Promise<Hidden> => {
    const create = createIn(layer, homeTown, secret);
    const [made] = (await write([create])).results;
    const [task] = made?.tasks ?? [];
    if (!made?.id || !task?.id) throw new Error("not made");
    const { seq } = await write([
      { op: "patch", feature: made.id, base: 1, set: { remark: `${secret}的备注` } },
    ]);
    return { id: made.id, task: task.id, uid: create.uid, seq };
  };

  /** Address → whether a reader who may see the point finds its name, number or uid in the answer. */
  const facesOf = (layer: LayerDef, { id, seq }: Hidden): Record<string, boolean> => {
    const q = encodeURIComponent(secret);
    const [lon, lat] = places[homeTown];
    const { z, x, y } = tileAt(lon, lat, 14);
    const day = "at=2025-09-15";
    const items = `/ogc/collections/${layer.id}/items`;
    return {
      [`/api/features/${id}`]: true,
      [`/api/features/${id}/view`]: true,
      [`/api/features/${id}/view?${day}&known=${seq}`]: true,
      [`/api/features/${id}/history`]: true,
      [`/api/features/${id}/history/1`]: false,
      [`/api/list?q=${q}`]: true,
      [`/api/list?layers=${layer.id}&sort=-id&${day}`]: true,
      [`/api/points?layers=${layer.id}`]: true,
      [`/api/points?known=${seq}`]: true,
      [`/api/search?q=${q}`]: true,
      [`/api/search?q=${initials}`]: true,
      [`/api/search?q=${shownNumber(layer, id)}`]: true,
      [`/api/search?q=${q}&${day}`]: true,
      "/api/recent?limit=50": true,
      [`/api/recent?known=${seq}`]: true,
      [items]: true,
      [`${items}?datetime=2025-09-15&q=${q}`]: true,
      [`${items}/${id}`]: true,
      [`/tiles/${layer.id}/${z}/${x}/${y}.mvt`]: true,
      [`/tiles/${layer.id}/${z}/${x}/${y}.mvt?${day}&known=${seq}`]: true,
      [`/api/layers?q=${q}`]: false,
      [`/api/summary?by=town&layers=${layer.id}`]: false,
      "/api/programme/2025": false,
      "/api/activity": false,
      "/ogc/collections": false,
    };
  };

  const bodyOf = async ({ caller }: Actor, path: string): Promise<{ status: number; text: string }> => {
    const response = await api.app.request(path, { headers: caller.headers });
    const bytes = Buffer.from(await response.arrayBuffer());
    const plain = response.headers.get("content-encoding") === "gzip" ? gunzipSync(bytes) : bytes;
    return { status: response.status, text: plain.toString("utf8") };
  };

  describe.each(restrictedLayers.map((layer) => [layer.id, layer] as const))("%s", (_, layer) => {
    test("are told to the own town, the lead unit and the 专班 alone", async () => {
      const hidden = await hide(layer);
      const wrong: unknown[] = [];
      const faces = Object.entries(facesOf(layer, hidden));
      for (const actor of [...(await actors.readers(layer)), await actors.of(otherTown, "editor")]) {
        const sees = maySee(actor, layer, homeTown);
        for (const [path, names] of faces) {
          const { text, status } = await bodyOf(actor, path);
          const told = [secret, hidden.uid, `"id":${hidden.id},`, `[${hidden.id},`].some((it) =>
            text.includes(it),
          );
          if (told !== (sees && names) || status >= 500)
            wrong.push([actor.role, actor.unit, path, status, told]);
        }
      }
      expect(wrong).toEqual([]);
    });

    test("are not counted one by one for others, whatever is asked", async () => {
      const hidden = await hide(layer);
      const [lon, lat] = places[homeTown];
      const others = Array.from({ length: 6 }, () => createIn(layer, homeTown, "另一处"));
      await write(others);
      const reader = await actors.of(otherTown, "editor");
      const total = async (query: string) => {
        const { body } = await reader.caller.ask<SummaryAnswer>(
          `/api/summary?by=layer&layers=${layer.id}${query}`,
        );
        return body.rows.find(({ key }) => key === layer.id)?.total;
      };
      expect(await total("")).toBe(7);
      expect(await total(`&town=${codeOf(homeTown)}`)).toBe(7);
      for (const query of [
        `&bbox=${lon - 0.1},${lat - 0.1},${lon + 0.1},${lat + 0.1}`,
        `&q=${encodeURIComponent(secret)}`,
        `&q=${encodeURIComponent("另一处")}`,
        "&due=year",
      ])
        expect([query, await total(query)]).toEqual([query, 0]);
      const { body: list } = await reader.caller.ask<ListAnswer>(`/api/list?layers=${layer.id}`);
      expect(list.total).toBe(0);
      const { body: items } = await reader.caller.ask<{ numberMatched: number }>(
        `/ogc/collections/${layer.id}/items`,
      );
      expect(items.numberMatched).toBe(0);
      expect(hidden.id).toBeGreaterThan(0);
    });

    test("refuse an edit as if they were not there, before the version is looked at", async () => {
      const { id, task, uid } = await hide(layer);
      const outsider = await actors.of(otherTown, "reviewer");
      const edits: ChangeOp[] = [
        { op: "patch", feature: id, base: 1, set: { remark: "改" } },
        { op: "patch", feature: uid, base: 2, set: { remark: "改" } },
        { op: "delete", feature: id, base: 1 },
        { op: "restore", feature: id, base: 1, version: 1 },
        { op: "task", task, base: 99, step: "start" },
        { op: "task", task: { feature: id, target: layer.targets[0] ?? 0 }, step: "start" },
        { op: "correct", feature: id, from: "2025-09-14T00:00:00Z", set: { remark: "改" } },
      ];
      for (const change of edits) {
        const { status, body, text } = await outsider.caller.refused("/api/changes", {
          method: "POST",
          body: { changes: [change] },
        });
        expect([change, status, (body satisfies ProblemBody).stale]).toEqual([change, 404, undefined]);
        expect(text).not.toContain(secret);
      }
    });

    test("tell the former town nothing of where they went", async () => {
      const { id } = await hide(layer);
      const former = await actors.of(homeTown, "editor");
      const before = (await force.caller.ask<{ now: string }>("/api/recent")).body.now;
      await new Promise((resolve) => setTimeout(resolve, 20));
      const geometry: Geometry = { type: "Point", coordinates: [...places[otherTown]] };
      const { seq } = await write([{ op: "patch", feature: id, base: 2, geometry, set: { remark: "新址" } }]);
      const at = `at=${encodeURIComponent(before)}`;
      expect((await bodyOf(former, `/api/features/${id}`)).status).toBe(404);
      expect((await bodyOf(former, `/api/features/${id}?${at}`)).status).toBe(200);
      for (const path of [`/${seq}`, "", `/${seq}?${at}`, `?${at}`]) {
        const { text } = await bodyOf(former, `/api/features/${id}/history${path}`);
        expect(text).not.toContain("新址");
        expect(text).not.toContain(String(places[otherTown][0]));
      }
    });
  });
});
