import { expect, test } from "vitest";
import { positionOf, takenOf, timeOf } from "./exif.ts";

test("a camera's clock is Shanghai's unless it names its zone", () => {
  expect(timeOf({ DateTimeOriginal: "2025:08:29 10:20:30" })).toBe("2025-08-29T02:20:30.000Z");
  expect(timeOf({ DateTimeOriginal: "2025:08:29 10:20:30", OffsetTimeOriginal: "+00:00" })).toBe(
    "2025-08-29T10:20:30.000Z",
  );
});

test("a clock that was never set says nothing", () => {
  expect(timeOf({ DateTimeOriginal: "0000:00:00 00:00:00" })).toBeNull();
  expect(timeOf({ DateTimeOriginal: "1970:01:01 08:00:00" })).toBeNull();
  expect(timeOf({ DateTimeOriginal: "2025:13:40 10:20:30" })).toBeNull();
  expect(timeOf({})).toBeNull();
});

test("a position is real or none", () => {
  expect(positionOf({ latitude: 31.1, longitude: 121.05 })).toEqual([121.05, 31.1]);
  expect(positionOf({ latitude: 0, longitude: 0 })).toBeNull();
  expect(positionOf({ latitude: 131, longitude: 21 })).toBeNull();
  expect(positionOf({ latitude: Number.NaN, longitude: 121 })).toBeNull();
});

test("a broken EXIF block says nothing and breaks nothing", async () => {
  expect(await takenOf(Buffer.from("Exif\0\0II*\0garbage"))).toEqual({ takenAt: null, position: null });
  expect(await takenOf(undefined)).toEqual({ takenAt: null, position: null });
});
