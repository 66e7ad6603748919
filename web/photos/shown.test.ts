import { expect, test } from "vitest";
import type { PhotoView } from "#data/domain/wire/feature.ts";
import { isFresh } from "./claim.ts";
import { byPhase, missingOf, pairOf, shortLabel } from "./shown.ts";

const photo = (uid: string, phase: "before" | "after", target = 11): PhotoView => ({
  uid,
  target,
  phase,
  takenAt: "2025-08-29T17:30:00.000Z",
  filedAt: "2025-09-01T00:00:00.000Z",
  unit: "朱家角镇",
  width: 400,
  height: 300,
  distanceM: 0,
  distanceIfGcjM: 480,
  positionFrom: "exif",
});
const all = [photo("a", "before"), photo("b", "before"), photo("c", "after"), photo("d", "after", 1)];

test("evidence is told by task and side", () => {
  const of = byPhase(all, 11);
  expect(of.before.map(({ uid }) => uid)).toEqual(["a", "b"]);
  expect(of.after.map(({ uid }) => uid)).toEqual(["c"]);
  expect(missingOf(of)).toEqual([]);
  expect(missingOf(byPhase(all, 1))).toEqual(["before"]);
});

test("a picture opens beside the newest of the other side", () => {
  const of = byPhase(all, 11);
  expect(pairOf(of, "c")).toMatchObject({ before: { uid: "b" }, after: { uid: "c" } });
  expect(pairOf(of, "a")).toMatchObject({ before: { uid: "a" }, after: { uid: "c" } });
  expect(pairOf(byPhase(all, 1), "d")).toBeNull();
});

test("the day is Shanghai's", () => {
  expect(shortLabel(photo("a", "before"))).toBe("前 08-30");
});

test("only a picture taken just now is where the device is", () => {
  const now = Date.UTC(2025, 8, 15);
  expect(isFresh(now - 10_000, now)).toBe(true);
  expect(isFresh(now - 6 * 60_000, now)).toBe(false);
  expect(isFresh(now + 3_600_000, now)).toBe(false);
});
