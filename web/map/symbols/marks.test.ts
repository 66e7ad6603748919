import { expect, test } from "vitest";
import { lights } from "#data/domain/light.ts";
import { symbolSizes, themes } from "../../theme/tokens.ts";
import { parseImageId, patternId, shareId, symbolId } from "./ids.ts";
import { markPaint, markShapes } from "./marks.ts";

test("each light has a silhouette of its own: shape says state, colour only repeats it", () => {
  const bodies = lights.map((light) => {
    const [, body] = markShapes(light, 24, markPaint(light, "light"), "crane");
    return [
      body?.d,
      body?.dash ? "dashed" : "solid",
      body?.fill === markPaint(light, "light").fill ? "filled" : "hollow",
    ].join();
  });
  expect(new Set(bodies).size).toBe(lights.length);
});

test("未开始 is never filled with its colour, at any size", () => {
  for (const theme of themes) {
    const paint = markPaint("none", theme);
    for (const size of Object.values(symbolSizes)) {
      const fills = markShapes("none", size, paint, size > 11 ? "crane" : undefined).map(
        (shape) => shape.fill,
      );
      expect(fills).not.toContain(paint.fill);
    }
  }
});

test("完成 carries its badge from 18 px", () => {
  const count = (size: number) => markShapes("done", size, markPaint("done", "light"), "crane").length;
  expect(count(20) - count(17)).toBe(3);
});

test("image names read back as they were written", () => {
  expect(parseImageId(symbolId("home-x", "late", "small", "dark"))).toEqual({
    kind: "sym",
    glyph: "home-x",
    light: "late",
    size: "small",
    theme: "dark",
  });
  expect(parseImageId(patternId("warn", "light"))).toEqual({ kind: "pat", light: "warn", theme: "light" });
  expect(parseImageId(shareId([1, 0, 2, 0, 9], 36, "light"))).toMatchObject({
    shares: [1, 0, 2, 0, 9],
    px: 36,
  });
});

test("names that are not ours are left to others", () => {
  for (const id of [
    "",
    "marker",
    "sym:crane:late:huge:light",
    "clu:1,2:32:light",
    "pat:red:light",
    "mark:x:dark",
  ])
    expect(parseImageId(id)).toBeNull();
});
