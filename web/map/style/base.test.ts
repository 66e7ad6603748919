import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { expect, test } from "vitest";
import { themes } from "../../theme/tokens.ts";
import { baseStyle } from "./base.ts";
import { slots } from "./slots.ts";

const empty = { type: "FeatureCollection" as const, features: [] };
const base = { ground: empty, water: empty, network: empty, labels: empty };

test.each(themes)("the %s base style satisfies the style specification", (theme) => {
  expect(validateStyleMin(baseStyle(theme, base))).toEqual([]);
});

test("the draw order is the design brief's, and base labels lie below business labels", () => {
  const ids = baseStyle("light", base).layers.map((layer) => layer.id);
  const order = [
    "outside",
    "district-band-outer",
    "district-band-inner",
    "district-line",
    "land",
    "graticule-5",
    "river",
    "lake",
    "lake-ripple-1",
    "town-border",
    "road-gap",
    "road-casing",
    "road",
    "metro",
    "station",
    "slot-areas",
    "slot-lines",
    "slot-clusters",
    "slot-points",
    "town-label",
    "slot-labels",
    "slot-selection",
    "slot-drawing",
  ];
  expect(ids.filter((id) => order.includes(id))).toEqual(order);
  expect(ids.filter((id) => id.startsWith("slot-"))).toEqual([...slots]);
});

test("both themes have the same layers, so that a switch only repaints", () => {
  expect(baseStyle("dark", base).layers.map((layer) => layer.id)).toEqual(
    baseStyle("light", base).layers.map((layer) => layer.id),
  );
});
