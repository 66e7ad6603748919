import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { roleRights } from "#data/domain/account.ts";
import type { ChangeOp } from "#data/domain/change.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layers } from "#data/layers/registry.ts";
import { startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { shot } from "#tests/support/photos.ts";
import {
  type Actor,
  Actors,
  createIn,
  homeTown,
  maySee,
  mayWrite,
  otherTown,
} from "#tests/support/rights.ts";

describeOnBothDatabases("role × layer × town × photo", (database) => {
  let api: TestServer;
  let actors: Actors;
  let force: Actor;
  beforeEach(async () => {
    api = await startApi(database());
    actors = new Actors(database(), api.app);
    force = await actors.of("zhuanban", "taskforce");
  });
  afterEach(() => api.close());

  const write = ({ caller }: Actor, change: ChangeOp) =>
    caller.ask<ChangesReply>("/api/changes", {
      method: "POST",
      body: { changes: [change], reason: "按规定试一次" },
    });
  const upload = async ({ caller }: Actor, body: Buffer) =>
    api.app.request("/api/photos", {
      method: "POST",
      headers: { ...caller.headers, "content-type": "application/octet-stream" },
      body: new Uint8Array(body),
    });
  const hashOf = async (response: Response) => ((await response.json()) as PhotoFile).sha256;

  /** A place of the 专班's making with one photo as evidence. */
  const placeWithPhoto = async (
    layer: LayerDef,
    town: typeof homeTown | typeof otherTown,
    sha256: string,
  ) => {
    const { body } = await write(force, createIn(layer, town, "有照片的一处"));
    const [made] = body.results;
    const target = made?.tasks?.[0]?.target;
    if (!made?.id || target === undefined) throw new Error(`${layer.id}: not made`);
    const photo = (hash: string) => ({
      op: "photo" as const,
      uid: randomUUID(),
      feature: made.id ?? 0,
      target,
      phase: "before" as const,
      sha256: hash,
    });
    const filed = photo(sha256);
    expect((await write(force, filed)).status).toBe(200);
    return { filed: filed.uid, photo };
  };

  test.each(layers.map((layer) => [layer.id, layer] as const))(
    "%s: pictures are seen with their place, filed and taken down by who handles it, and by nobody else",
    async (_, layer) => {
      const sent = await shot({ colour: "#00aa00" });
      const evidence = await hashOf(await upload(force, await shot()));
      const more = await hashOf(await upload(force, sent));
      const wrong: unknown[] = [];
      for (const town of [homeTown, otherTown] as const) {
        const { filed, photo } = await placeWithPhoto(layer, town, evidence);
        const check = (actor: Actor, face: string, got: number, right: number) => {
          if (got !== right) wrong.push([actor.role, actor.unit, town, face, got, right]);
        };
        const drawn = await force.caller.ask(`/api/photos/${filed}`);
        check(force, "picture", drawn.status, 200);
        // Rights come before the tag; drawing the mark for each reader would take minutes.
        const known = { "if-none-match": drawn.headers.get("etag") ?? "" };
        for (const actor of await actors.readers(layer)) {
          const sees = maySee(actor, layer, town);
          const thumb = await actor.caller.ask(`/api/photos/${filed}?size=thumb`);
          check(actor, "thumbnail", thumb.status, sees ? 200 : 404);
          const full = await actor.caller.ask(`/api/photos/${filed}`, { headers: known });
          check(actor, "picture", full.status, sees ? 304 : 404);
          check(actor, "by hash", (await actor.caller.ask(`/api/photos/${evidence}`)).status, 404);
        }
        for (const actor of await actors.writers(layer)) {
          const { edit } = roleRights[actor.role];
          const may = mayWrite(actor, layer, town);
          const refused = maySee(actor, layer, town) || !edit ? 403 : 404;
          check(actor, "upload", (await upload(actor, sent)).status, edit ? 201 : 403);
          const own = photo(more);
          check(actor, "photo", (await write(actor, own)).status, may ? 200 : refused);
          const removed = await write(actor, { op: "photo-remove", photo: may ? own.uid : filed });
          check(actor, "photo-remove", removed.status, may ? 200 : refused);
        }
      }
      expect(wrong).toEqual([]);
    },
  );

  test("a stranger sees no picture and sends none", async () => {
    const evidence = await hashOf(await upload(force, await shot()));
    const [layer] = layers;
    if (!layer) throw new Error("no layer");
    const { filed } = await placeWithPhoto(layer, homeTown, evidence);
    for (const path of [`/api/photos/${filed}`, `/api/photos/${filed}?size=thumb`, `/api/photos/${evidence}`])
      expect([path, (await api.stranger.ask(path)).status]).toEqual([path, 401]);
    const sent = await api.app.request("/api/photos", {
      method: "POST",
      body: new Uint8Array(await shot()),
    });
    expect(sent.status).toBe(401);
  });
});
