import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { changesRequest } from "#data/domain/change.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { openSession } from "#db/sessions.ts";
import { applyChanges } from "#db/write.ts";
import { BucketShelf } from "#server/photos/bucket-shelf.ts";
import { FolderShelf } from "#server/photos/folder-shelf.ts";
import { type Shelf, ShelfAway } from "#server/photos/shelf.ts";
import { cleanUnfiled } from "#server/photos/unfiled.ts";
import { type Caller, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { shot } from "#tests/support/photos.ts";
import { type LoopbackS3, startS3 } from "#tests/support/s3.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const hour = 3_600_000;
const later = (hours: number) => new Date(Date.now() + hours * hour);
const aWeek = 7 * 24 + 1;

/** A shelf that lets something happen just before it does what it is told. */
class Interrupted implements Shelf {
  readonly #shelf: Shelf;
  before: (act: "put" | "remove", name: string) => Promise<unknown> = async () => {};

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }
  get(name: string) {
    return this.#shelf.get(name);
  }
  async put(name: string, body: Buffer, type: string) {
    await this.before("put", name);
    await this.#shelf.put(name, body, type);
  }
  async remove(name: string) {
    await this.before("remove", name);
    await this.#shelf.remove(name);
  }
  list(prefix: string) {
    return this.#shelf.list(prefix);
  }
}

describeOnBothDatabases("photos", (database) => {
  describe.each(["folder", "bucket"] as const)("in a %s", (kind) => {
    let directory: string;
    let s3: LoopbackS3;
    let shelf: Interrupted;
    let api: TestServer;
    let town: Caller;
    beforeEach(async () => {
      directory = mkdtempSync(path.join(tmpdir(), "guatu-shelf-"));
      s3 = await startS3();
      shelf = new Interrupted(kind === "folder" ? new FolderShelf(directory) : new BucketShelf(s3.place));
      api = await startApi(database(), {}, shelf);
      town = await api.as("zhujiajiao");
    });
    afterEach(async () => {
      api.close();
      rmSync(directory, { recursive: true, force: true });
      await s3.close();
    });

    test("what was put is read, replaced, listed page by page, and gone when removed", async () => {
      const names = ["ab/cd/1.json", "ab/cd/2.json", "ab/ce/3.json", "ab/ce/4.json", "ab/cf/5.json"];
      for (const name of [...names, "ac/00/6.json"]) await shelf.put(name, Buffer.from(name), "text/plain");
      await shelf.put("ab/cd/1.json", Buffer.from("新"), "text/plain");
      expect((await shelf.get("ab/cd/1.json"))?.toString()).toBe("新");
      const listed: string[] = [];
      for await (const { name, at } of shelf.list("ab/")) {
        listed.push(name);
        expect(Math.abs(at.getTime() - Date.now())).toBeLessThan(60_000);
      }
      expect(listed.sort()).toEqual(names);
      await shelf.remove("ab/cd/1.json");
      await shelf.remove("ab/cd/1.json");
      expect(await shelf.get("ab/cd/1.json")).toBeNull();
      for await (const { name } of shelf.list("ff/")) expect.unreachable(name);
    });

    const upload = async (colour: string): Promise<PhotoFile & ProblemBody> => {
      const body = new Uint8Array(await shot({ colour }));
      const headers = { ...town.headers, "content-type": "application/octet-stream" };
      const response = await api.app.request("/api/photos", { method: "POST", headers, body });
      return (await response.json()) as PhotoFile & ProblemBody;
    };
    const opOf = (feature: number, sha256: string) => ({
      op: "photo" as const,
      uid: randomUUID(),
      feature,
      target: 1,
      phase: "before" as const,
      sha256,
    });
    const file = async (feature: number, sha256: string) => {
      const op = opOf(feature, sha256);
      const body = { changes: [op] };
      const answer = await town.ask<ChangesReply & ProblemBody>("/api/changes", { method: "POST", body });
      return { uid: op.uid, status: answer.status, body: answer.body };
    };
    const statusOf = async (uid: string, size = "full") =>
      (await town.ask(`/api/photos/${uid}?size=${size}`)).status;
    const clean = (hours: number) => cleanUnfiled(database().app, shelf, later(hours));
    const namesOf = async (sha256: string) => {
      const names: string[] = [];
      for await (const { name } of shelf.list(`${sha256.slice(0, 2)}/`))
        if (name.includes(sha256)) names.push(name.slice(name.indexOf(".") + 1));
      return names.sort();
    };
    /** A place with one photo that stays. */
    const placeWithPhoto = async () => {
      const { id } = await town.create("finding", found);
      const { sha256 } = await upload("#123456");
      const { uid } = await file(id, sha256);
      return { id, sha256, uid };
    };

    test("an upload is filed, served under its own tag, and kept once", async () => {
      const { id, uid, sha256 } = await placeWithPhoto();
      expect(await namesOf(sha256)).toEqual(["full.jpg", "json", "thumb.jpg"]);
      for (const size of ["thumb", "full"]) {
        const answer = await town.ask(`/api/photos/${uid}?size=${size}`);
        expect([answer.status, answer.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
        expect(answer.headers.get("cache-control")).toBe("private, no-cache");
        const headers = { "if-none-match": answer.headers.get("etag") ?? "" };
        expect((await town.ask(`/api/photos/${uid}?size=${size}`, { headers })).status).toBe(304);
      }
      expect((await file(id, "0".repeat(64))).status).toBe(422);
    });

    test("what nobody filed is withdrawn after a week and removed the night after; what is filed stays", async () => {
      const kept = await placeWithPhoto();
      const taken = await placeWithPhoto();
      await town.ask("/api/changes", {
        method: "POST",
        body: { changes: [{ op: "photo-remove", photo: taken.uid }], reason: "拍错了地方" },
      });
      const { sha256 } = await upload("#abcdef");
      expect(await clean(6 * 24)).toEqual({ withdrawn: 0, removed: 0, strange: false });
      expect(await clean(aWeek)).toEqual({ withdrawn: 1, removed: 0, strange: false });
      expect(await namesOf(sha256)).toEqual(["full.jpg", "thumb.jpg", "withdrawn"]);
      expect((await file(kept.id, sha256)).body.errors?.[0]?.at).toBe("changes.0.sha256");
      const both = await Promise.all([clean(aWeek + 24), clean(aWeek + 24)]);
      expect(both.map(({ removed }) => removed)).toContain(1);
      expect(await namesOf(sha256)).toEqual([]);
      expect(await clean(aWeek + 48)).toEqual({ withdrawn: 0, removed: 0, strange: false });
      expect([await statusOf(kept.uid), await statusOf(taken.uid)]).toEqual([200, 200]);
    });

    test("an upload that is sent again after it was withdrawn begins a new week", async () => {
      const { id } = await placeWithPhoto();
      const { sha256 } = await upload("#abcdef");
      await clean(aWeek);
      await upload("#abcdef");
      expect(await namesOf(sha256)).toEqual(["full.jpg", "json", "thumb.jpg"]);
      expect((await clean(24)).removed).toBe(0);
      const { uid, status } = await file(id, sha256);
      expect([status, await statusOf(uid)]).toEqual([200, 200]);
    });

    test("a filing that had read the facts before they were withdrawn keeps its pictures", async () => {
      const { id } = await placeWithPhoto();
      const { sha256, ...facts } = await upload("#abcdef");
      const [account] = await database().owner.sql<{ id: number }[]>`
        select id from account where login = 'zhujiajiao'`;
      const { token } = await openSession(database().app, {
        accountId: account?.id ?? 0,
        kind: "web",
        hours: 1,
      });
      expect((await clean(aWeek)).withdrawn).toBe(1);
      const op = opOf(id, sha256);
      await applyChanges(database().app, {
        token,
        body: changesRequest.parse({ changes: [op] }),
        clock: api.deps.clock.now(),
        files: new Map([[sha256, { sha256, ...facts }]]),
      });
      expect((await clean(aWeek + 24)).removed).toBe(0);
      expect([await statusOf(op.uid), await statusOf(op.uid, "thumb")]).toEqual([200, 200]);
      expect(await namesOf(sha256)).toEqual(["full.jpg", "thumb.jpg"]);
    });

    test("a clean-up in the middle of an upload, or an upload in the middle of a clean-up, leaves all or nothing", async () => {
      const { id } = await placeWithPhoto();
      const { sha256 } = await upload("#abcdef");
      const once = (act: "put" | "remove", ending: string, deed: () => Promise<unknown>) => {
        shelf.before = async (does, name) => {
          if (does !== act || !name.endsWith(`${sha256}.${ending}`)) return;
          shelf.before = async () => {};
          await deed();
        };
      };
      await clean(aWeek);
      once("put", "json", () => clean(aWeek + 24));
      await upload("#abcdef");
      expect(await namesOf(sha256)).toEqual(["full.jpg", "json", "thumb.jpg"]);

      await clean(aWeek);
      once("remove", "thumb.jpg", () => upload("#abcdef"));
      await clean(aWeek + 24);
      expect((await file(id, sha256)).body.errors?.[0]?.at).toBe("changes.0.sha256");
      await upload("#abcdef");
      const { uid, status } = await file(id, sha256);
      expect([status, await statusOf(uid), await statusOf(uid, "thumb")]).toEqual([200, 200, 200]);
    });

    test("a database that knows no photo removes nothing: the files are another one's", async () => {
      const { sha256 } = await upload("#abcdef");
      expect(await clean(aWeek)).toEqual({ withdrawn: 0, removed: 0, strange: true });
      expect(await namesOf(sha256)).toHaveLength(3);
    });

    if (kind === "folder") return;
    test.runIf(kind === "bucket")(
      "a bucket that is away is told as such and nothing is written",
      async () => {
        const { id, uid } = await placeWithPhoto();
        const { sha256 } = await upload("#abcdef");
        await s3.close();
        const served = await town.refused(`/api/photos/${uid}`, {});
        expect([served.status, served.body.code]).toEqual([503, "photos-away"]);
        expect(served.body.detail).toMatch(/稍后重试/);
        expect(served.text).not.toMatch(/127\.0\.0\.1|TESTKEY|ECONN/);
        expect(served.headers.get("retry-after")).toBe("10");
        expect(await upload("#fedcba")).toMatchObject({ status: 503, code: "photos-away" });
        const head = await api.head();
        expect((await file(id, sha256)).status).toBe(503);
        expect(await api.head()).toBe(head);
      },
    );
  });
});

describe("a bucket", () => {
  let s3: LoopbackS3;
  beforeEach(async () => {
    s3 = await startS3();
  });
  afterEach(() => s3.close());

  test("is asked again when it hangs up or is busy, and not for ever", async () => {
    const shelf = new BucketShelf(s3.place);
    s3.failing.push(503, 0);
    await shelf.put("ab/cd/1.json", Buffer.from("{}"), "text/plain");
    expect([s3.objects.size, s3.asked]).toEqual([1, 3]);
    s3.failing.push(500, 500, 500);
    await expect(shelf.get("ab/cd/1.json")).rejects.toThrow(ShelfAway);
    expect(s3.asked).toBe(6);
  });

  test.each([
    ["a wrong secret", { secret: "wrong" }, "SignatureDoesNotMatch"],
    ["another region", { region: "cn-elsewhere" }, "SignatureDoesNotMatch"],
    ["a bucket that is not there", { bucket: "nobody" }, "NoSuchBucket"],
  ])("with %s is away and never empty", async (_, wrong, code) => {
    const shelf = new BucketShelf({ ...s3.place, ...wrong });
    const failure = await shelf.get("ab/cd/1.json").catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ShelfAway);
    expect(String(failure)).toContain(code);
    expect(String(failure)).not.toMatch(/secret|TESTKEY/);
    await expect(shelf.put("ab/cd/1.json", Buffer.from("{}"), "text/plain")).rejects.toThrow(code);
    expect(s3.asked).toBe(2);
  });
});
