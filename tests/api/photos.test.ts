import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync } from "node:zlib";
import sharp from "sharp";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { FeatureView, PhotoFile } from "#data/domain/wire/feature.ts";
import type { AreaDeed, HistoryEntry } from "#data/domain/wire/history.ts";
import type { RecentAnswer } from "#data/domain/wire/live.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { type Answer, type Caller, places, startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { heicShot, shot } from "#tests/support/photos.ts";

const found = { name: "沿街乱堆物", category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
const takenAt = "2025:08:29 10:20:30";
/** About 480 m off: what a phone writes that takes GCJ-02 for WGS84. */
const zhujiajiaoAsGcj = [121.0544957, 31.1079617] as const;

describeOnBothDatabases("photos", (database) => {
  let api: TestServer;
  let town: Caller;
  let directory: string;
  beforeEach(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "guatu-photos-"));
    api = await startApi(database(), { GUATU_FILES: directory });
    town = await api.as("zhujiajiao");
  });
  afterEach(() => {
    api.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const upload = async (who: Caller, body: Buffer): Promise<Answer<PhotoFile & ProblemBody>> => {
    const response = await api.app.request("/api/photos", {
      method: "POST",
      headers: { ...who.headers, "content-type": "application/octet-stream" },
      body: new Uint8Array(body),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
  };
  const change = (who: Caller, changes: readonly unknown[], reason?: string) =>
    who.ask<ChangesReply & ProblemBody>("/api/changes", {
      method: "POST",
      body: { changes, ...(reason ? { reason } : {}) },
    });
  const photoOp = (feature: number, sha256: string, more: object = {}) => ({
    op: "photo",
    uid: randomUUID(),
    feature,
    target: 1,
    phase: "before",
    sha256,
    ...more,
  });
  /** Uploads and files one. */
  const add = async (feature: number, body: Buffer, more: object = {}) => {
    const { sha256 } = (await upload(town, body)).body;
    const op = photoOp(feature, sha256, more);
    const answer = await change(town, [op]);
    return { uid: op.uid, sha256, answer };
  };
  const view = async (who: Caller, id: number) =>
    (await who.ask<FeatureView>(`/api/features/${id}/view`)).body;
  const picture = async (who: Caller, uid: string, size: string) => {
    const response = await api.app.request(`/api/photos/${uid}?size=${size}`, { headers: who.headers });
    return { response, bytes: Buffer.from(await response.arrayBuffer()) };
  };
  const filesKept = (): string[] =>
    readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) =>
      statSync(path.join(directory, name)).isFile(),
    );

  test("a phone's photo is re-encoded upright, read for time and place, and kept once under its hash", async () => {
    const sent = await shot({ takenAt, position: places.zhujiajiao, orientation: 6 });
    const first = await upload(town, sent);
    expect(first.status).toBe(201);
    expect(first.body).toMatchObject({ width: 300, height: 400, takenAt: "2025-08-29T02:20:30.000Z" });
    expect(first.body.position?.[0]).toBeCloseTo(places.zhujiajiao[0], 5);
    expect(first.body.position?.[1]).toBeCloseTo(places.zhujiajiao[1], 5);
    const kept = filesKept();
    expect(kept).toHaveLength(3);
    expect(kept[0]).toMatch(/^[0-9a-f]{2}\/[0-9a-f]{2}\/[0-9a-f]{64}\./);
    expect((await upload(town, sent)).body).toEqual(first.body);
    expect(filesKept()).toEqual(kept);
  });

  test.each(["jpeg", "png", "webp"] as const)("%s is taken, with its EXIF", async (format) => {
    const { status, body } = await upload(town, await shot({ format, takenAt, position: places.zhujiajiao }));
    expect([status, body.width, body.takenAt]).toEqual([201, 400, "2025-08-29T02:20:30.000Z"]);
    expect(body.position?.[0]).toBeCloseTo(places.zhujiajiao[0], 5);
  });

  test("an iPhone's HEIC is taken", async () => {
    const { status, body } = await upload(town, heicShot());
    expect([status, body.width, body.height]).toEqual([201, 320, 240]);
    expect(body).toMatchObject({ takenAt: "2025-08-29T02:20:30.000Z", position: [121.05, 31.11] });
  });

  test("a large photo is made small enough to serve, with a thumbnail of 320 pixels", async () => {
    const { id } = await town.create("finding", found);
    const { uid, answer } = await add(id, await shot({ width: 4000, height: 3000 }));
    expect(answer.status).toBe(200);
    const full = await sharp((await picture(town, uid, "full")).bytes).metadata();
    expect([full.width, full.height]).toEqual([2560, 1920]);
    const thumb = await sharp((await picture(town, uid, "thumb")).bytes).metadata();
    expect([thumb.width, thumb.height]).toEqual([427, 320]);
  });

  test("a filed photo is evidence: seen with its phase, time, unit and distance", async () => {
    const { id } = await town.create("finding", found);
    const body = await shot({ takenAt, position: places.zhujiajiao });
    const { uid } = await add(id, body, { phase: "after" });
    const { photos } = await view(town, id);
    expect(photos).toEqual([
      expect.objectContaining({
        uid,
        target: 1,
        phase: "after",
        takenAt: "2025-08-29T02:20:30.000Z",
        unit: "朱家角镇",
        person: "测试 zhujiajiao",
        positionFrom: "exif",
      }),
    ]);
    expect(photos[0]?.distanceM).toBeLessThan(2);
    expect(photos[0]?.distanceIfGcjM).toBeGreaterThan(400);
    expect((await view(await api.as("xujing"), id)).photos[0]).not.toHaveProperty("person");
  });

  test("a phone that writes GCJ-02 is far by WGS84 and near when taken as GCJ-02", async () => {
    const { id } = await town.create("finding", found);
    await add(id, await shot({ position: zhujiajiaoAsGcj }));
    const [photo] = (await view(town, id)).photos;
    expect(photo?.distanceM).toBeGreaterThan(400);
    expect(photo?.distanceIfGcjM).toBeLessThan(20);
  });

  test("what the device says counts only where the file is silent", async () => {
    const { id } = await town.create("finding", found);
    const claim = { takenAt: "2025-09-14T09:00:00+08:00", position: places.zhujiajiao };
    await add(id, await shot(), claim);
    await add(id, await shot({ takenAt, position: places.xujing }), claim);
    const photos = (await view(town, id)).photos;
    expect(photos.map(({ positionFrom, takenAt: at }) => [positionFrom, at])).toEqual([
      ["exif", "2025-08-29T02:20:30.000Z"],
      ["device", "2025-09-14T01:00:00.000Z"],
    ]);
    expect(photos[0]?.distanceM).toBeGreaterThan(10_000);
  });

  test("what is served carries no EXIF, a mark at full size, and is asked again each time", async () => {
    const { id } = await town.create("finding", found);
    const { uid, sha256 } = await add(id, await shot({ takenAt, position: places.zhujiajiao }));
    for (const size of ["thumb", "full"]) {
      const { response, bytes } = await picture(town, uid, size);
      expect([response.status, response.headers.get("content-type")]).toEqual([200, "image/jpeg"]);
      expect(response.headers.get("cache-control")).toBe("private, no-cache");
      expect((await sharp(bytes).metadata()).exif).toBeUndefined();
      const again = await town.ask(`/api/photos/${uid}?size=${size}`, {
        headers: { "if-none-match": response.headers.get("etag") ?? "" },
      });
      expect(again.status).toBe(304);
    }
    const plain = await api.deps.photos.read(sha256, "full");
    const lowest = async (bytes: Buffer) => {
      const corner = sharp(bytes).extract({ left: 360, top: 285, width: 40, height: 15 });
      return (await sharp(await corner.toBuffer()).stats()).channels[1]?.mean ?? 0;
    };
    const marked = (await picture(town, uid, "full")).bytes;
    expect(await lowest(marked)).toBeLessThan((await lowest(plain ?? Buffer.alloc(0))) - 20);
  });

  test("only who handles the place adds or takes down, in the database too", async () => {
    const { id } = await town.create("finding", found);
    const { uid, sha256 } = await add(id, await shot());
    const neighbour = await api.as("xujing");
    const other = await upload(neighbour, await shot({ colour: "#000088" }));
    expect(other.status).toBe(201);
    expect((await change(neighbour, [photoOp(id, other.body.sha256)])).status).toBe(403);
    expect((await change(neighbour, [{ op: "photo-remove", photo: uid }], "不清楚")).status).toBe(403);
    for (const person of ["planner", "leader", "screen"] as const)
      expect((await upload(await api.as(person), await shot())).status).toBe(403);
    expect((await view(neighbour, id)).photos).toHaveLength(1);
    await expect(
      api.deps.db.sql`insert into photo (uid, feature_id, target_id, phase, sha256, width, height, bytes)
        values (${randomUUID()}, ${id}, 202501, 'after', ${Buffer.from(sha256, "hex")}, 1, 1, 1)`,
    ).rejects.toThrow(/变更集/);
  });

  test("a photo of a restricted place is found only by who may see the place", async () => {
    const taskforce = await api.as("zhuanban");
    const { id } = await taskforce.create("facade_hazard", { name: "甲楼外墙", grade: "major" });
    const target = (await view(taskforce, id)).tasks[0]?.target ?? 0;
    const { sha256 } = (await upload(taskforce, await shot())).body;
    const op = photoOp(id, sha256, { target });
    expect((await change(taskforce, [op])).status).toBe(200);
    expect((await picture(town, op.uid, "thumb")).response.status).toBe(200);
    expect((await picture(await api.as("xujing"), op.uid, "thumb")).response.status).toBe(404);
    expect((await picture(await api.as("xujing"), op.uid, "full")).response.status).toBe(404);
  });

  test("the same picture is no second piece of evidence, not as 整治后 either", async () => {
    const { id } = await town.create("finding", found);
    const body = await shot();
    const { sha256 } = await add(id, body);
    const again = await change(town, [photoOp(id, sha256, { phase: "after" })]);
    expect([again.status, again.body.code]).toEqual([409, "conflict"]);
    expect(again.body.detail).toMatch(/已经是这项任务的证据/);
    expect((await view(town, id)).photos).toHaveLength(1);
  });

  test("a photo whose file was never uploaded is refused and says so", async () => {
    const { id } = await town.create("finding", found);
    const { status, body } = await change(town, [photoOp(id, "0".repeat(64))]);
    expect([status, body.errors?.[0]?.at]).toEqual([422, "changes.0.sha256"]);
    const strange = await change(town, [photoOp(id, "0".repeat(64), { target: 17 })]);
    expect(strange.status).toBe(404);
  });

  test("the ticker and the record of the area tell of it at the place it shows", async () => {
    // Another place first, so that numbers of photos and of places differ.
    await town.create("finding", { ...found, name: "别的一处" });
    const { id } = await town.create("finding", found);
    await add(id, await shot());
    const told = [{ kind: "photo", op: "photo", feature: { id, name: found.name } }];
    const recent = await town.ask<RecentAnswer>("/api/recent?limit=1");
    expect(recent.body.changes).toMatchObject(told);
    const { deeds } = (await town.ask<{ deeds: AreaDeed[] }>("/api/history?limit=1")).body;
    expect(deeds[0]?.changes).toMatchObject(told);
  });

  test("taking down wants a reason, happens once, stays in the history and in the past", async () => {
    const { id } = await town.create("finding", found);
    const { uid, sha256, answer } = await add(id, await shot());
    const remove = [{ op: "photo-remove", photo: uid }];
    expect((await change(town, remove)).body.errors?.[0]?.at).toBe("reason");
    expect((await change(town, remove, "拍错了地方")).status).toBe(200);
    expect((await change(town, remove, "再撤一次")).status).toBe(404);
    expect((await view(town, id)).photos).toEqual([]);
    const past = await town.ask<FeatureView>(`/api/features/${id}/view?known=${answer.body.seq}`);
    expect(past.body.photos).toHaveLength(1);
    expect((await picture(town, uid, "full")).response.status).toBe(200);
    const { body } = await town.ask<{ entries: HistoryEntry[] }>(`/api/features/${id}/history`);
    expect(body.entries.slice(0, 2)).toMatchObject([
      { op: "photo-remove", reason: "拍错了地方", target: 1, fields: { before: [1, null] } },
      { op: "photo", target: 1, fields: { before: [null, 1] } },
    ]);
    expect((await view(town, id)).historyCount).toBe(3);
    expect((await change(town, [photoOp(id, sha256)])).status).toBe(200);
  });

  test("the evidence of a closed task stays", async () => {
    const { id, reply } = await town.create("finding", found);
    const task = reply.results[0]?.tasks?.[0]?.id ?? 0;
    const { uid } = await add(id, await shot());
    await change(town, [
      { op: "task", task, step: "start" },
      { op: "task", task, step: "submit" },
    ]);
    const taskforce = await api.as("zhuanban");
    expect((await change(taskforce, [{ op: "task", task, step: "accept" }])).status).toBe(200);
    const refused = await change(town, [{ op: "photo-remove", photo: uid }], "不要了");
    expect([refused.status, refused.body.code]).toEqual([409, "wrong-step"]);
  });

  test("several are filed in one list, and the feed tells of it once, with the feature", async () => {
    const { id } = await town.create("finding", found);
    const hashes = await Promise.all(
      ["#111111", "#222222", "#333333"].map(
        async (colour) => (await upload(town, await shot({ colour }))).body.sha256,
      ),
    );
    const { body } = await change(
      town,
      hashes.map((sha256) => photoOp(id, sha256)),
    );
    expect((await view(town, id)).photos).toHaveLength(3);
    const told = await database().owner.sql`select kind, id, op from change where seq = ${body.seq}`;
    expect([...told]).toEqual([{ kind: "photo", id, op: "photo" }]);
  });

  test("what is no photo is refused by name, and nothing is kept", async () => {
    const jpeg = await shot({ width: 1200, height: 900 });
    const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`);
    const bad: [string, Buffer, number, RegExp][] = [
      ["nothing", Buffer.alloc(0), 422, /空的/],
      ["an SVG", svg, 415, /SVG/],
      ["an SVG with an XML head", Buffer.concat([Buffer.from('<?xml version="1.0"?>\n'), svg]), 415, /SVG/],
      ["a PDF", Buffer.from("%PDF-1.7\n…"), 415, /PDF/],
      ["a web page", Buffer.from("<!doctype html><p>x"), 415, /网页/],
      ["a video", Buffer.from("\0\0\0\x20ftypmp42\0\0\0\0mp42isom"), 415, /视频/],
      ["text", Buffer.from("照片"), 415, /认不出来/],
      ["half a JPEG", jpeg.subarray(0, Math.floor(jpeg.length / 2)), 422, /坏了|不完整/],
      [
        "a JPEG's first bytes and a script",
        Buffer.from("\xff\xd8\xff<script>alert(1)</script>", "latin1"),
        422,
        /坏了/,
      ],
      [
        "a HEIC's first bytes and noise",
        Buffer.concat([heicShot().subarray(0, 200), Buffer.alloc(400, 7)]),
        422,
        /坏了/,
      ],
      ["a thumbnail", await shot({ width: 120, height: 90 }), 422, /120 × 90/],
      ["a decompression bomb", bomb(30_000, 30_000), 413, /像素太多/],
      ["too many bytes", Buffer.concat([jpeg, Buffer.alloc(25 * 1024 * 1024)]), 413, /25 MB/],
    ];
    for (const [what, body, status, words] of bad) {
      const answer = await upload(town, body);
      expect([what, answer.status]).toEqual([what, status]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect([what, answer.body.detail]).toEqual([what, expect.stringMatching(words)]);
    }
    expect(filesKept()).toEqual([]);
  });

  test("what hides behind a photo does not survive", async () => {
    const { id } = await town.create("finding", found);
    const hidden = Buffer.from("PK\x03\x04<script>alert('polyglot')</script>");
    const { uid } = await add(id, Buffer.concat([await shot(), hidden]));
    for (const size of ["thumb", "full"])
      expect((await picture(town, uid, size)).bytes.includes("polyglot")).toBe(false);
  });

  test("a photo whose file is lost says who can help", async () => {
    const { id } = await town.create("finding", found);
    const { uid } = await add(id, await shot());
    rmSync(directory, { recursive: true });
    const answer = await town.refused(`/api/photos/${uid}`, {});
    expect([answer.status, answer.body.detail]).toEqual([410, expect.stringContaining("备份")]);
    expect((await town.refused(`/api/photos/${uid}?size=huge`, {})).status).toBe(400);
    expect((await town.refused("/api/photos/..%2f..%2fetc", {})).status).toBe(404);
  });
});

/** A PNG whose head promises far more pixels than its few bytes: 900 million here. */
function bomb(width: number, height: number): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 2, 0, 0, 0], 8);
  const body = deflateRawSync(Buffer.alloc(1024));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", head),
    chunk("IDAT", Buffer.concat([Buffer.from([0x78, 0x9c]), body])),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

function chunk(name: string, body: Buffer): Buffer {
  const said = Buffer.concat([Buffer.from(name, "latin1"), body]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(body.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(said));
  return Buffer.concat([length, said, check]);
}

function crc32(bytes: Buffer): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let i = 0; i < 8; i++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}
