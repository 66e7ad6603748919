import { expect, test } from "vitest";
import { placeNote } from "./photo.ts";

const taken = (distanceM: number | null, distanceIfGcjM: number | null = null) => ({
  distanceM,
  distanceIfGcjM,
});

test("a photo within 50 metres was taken at the place", () => {
  expect(placeNote(taken(0, 480), "区域")).toEqual({ kind: "near", text: "在区域内拍摄。" });
  expect(placeNote(taken(50, 500), "点位").kind).toBe("near");
  expect(placeNote(taken(32.4, 500), "点位").text).toBe("照片离点位 32 米。");
});

test("farther away it says how far and what to do", () => {
  expect(placeNote(taken(1300, 1750), "区域").text).toBe(
    "照片离区域 1.3 公里，超过 50 米。到现场重拍，或写明原因请核查人放行。",
  );
  expect(placeNote(taken(51, 500), "区域").kind).toBe("far");
});

test("a phone that writes GCJ-02 is recognised when that brings the photo to the place", () => {
  expect(placeNote(taken(481, 12), "区域")).toEqual({
    kind: "datum",
    text: "照片离区域 481 米；手机记的可能是 GCJ-02，按 GCJ-02 算离区域 12 米。",
  });
});

test("a nearer GCJ-02 reading is told, but does not make a far photo near", () => {
  const note = placeNote(taken(560, 90), "区域");
  expect(note.kind).toBe("far");
  expect(note.text).toContain("可能是 GCJ-02，按此算 90 米");
  expect(placeNote(taken(5000, 4600), "区域").text).not.toContain("GCJ");
});

test("a photo without a position says how to get one", () => {
  expect(placeNote(taken(null), "区域")).toMatchObject({ kind: "unknown" });
});
