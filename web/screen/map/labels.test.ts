import { expect, test } from "vitest";
import { towns } from "#data/programme/towns.ts";
import { labelPointOf } from "#web/map/town-boxes.ts";
import { placeLabels, touches } from "./labels.ts";
import { fitted } from "./projection.ts";

test("a label with room stays where it wants to be", () => {
  const [placed] = placeLabels([{ key: "a", x: 100, y: 50, width: 80, height: 40 }]);
  expect(placed).toMatchObject({ left: 60, top: 30 });
});

test.each([
  [1830, 1400],
  [1170, 850],
])("the eleven names overlap nothing in %i × %i", (width, height) => {
  const { screen } = fitted([120.85, 30.94, 121.32, 31.296], width, height, 90);
  const placed = placeLabels(
    towns.map(({ code, short }) => {
      const [x, y] = screen(labelPointOf(code) ?? [0, 0], 90);
      return { key: code, x, y, width: 60 + 48 * short.length, height: 60 };
    }),
  );
  for (const a of placed)
    for (const b of placed)
      if (a.key !== b.key) expect([a.key, b.key, touches(a, b)]).toEqual([a.key, b.key, false]);
});
