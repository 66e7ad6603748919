import { validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import { describe, expect, test } from "vitest";
import { layerById, layers } from "#data/layers/registry.ts";
import { composeStyle, empty, type MapModel, splitZoom } from "./compose.ts";
import { filterOf } from "./filter.ts";
import type { Points } from "./points.ts";

const none = empty as Points;
const model = (change: Partial<MapModel> = {}): MapModel => ({
  theme: "light",
  base: { ground: empty, water: empty, network: empty, labels: empty },
  layers,
  opacity: { weak_area: 0.85 },
  filter: filterOf({ town: "310118102", light: "late,warn", due: "year", hide: "weak_area:done" }),
  day: 20_346,
  tileQuery: "?at=2025-06-30",
  points: none,
  counts: none,
  selected: null,
  picked: empty,
  measure: empty,
  compared: empty,
  here: empty,
  ...change,
});
const composed = (change: Partial<MapModel> = {}) => composeStyle(model(change), "http://127.0.0.1");

describe.each(["light", "dark"] as const)("%s", (theme) => {
  test("the whole map, all layers and filters on, satisfies the style specification", () => {
    const selected = { layer: layerById("weak_area")!, id: 7, feature: empty };
    expect(validateStyleMin(composed({ theme, selected }))).toEqual([]);
  });
});

test("no two map layers share a name, and areas lie below points", () => {
  const ids = composed().layers.map((layer) => layer.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.indexOf("weak_area-area")).toBeLessThan(ids.indexOf("loose-signboard-point"));
  expect(ids.indexOf("town-label")).toBeLessThan(ids.indexOf("clusters"));
});

test("points come from one source or the other, never from both at one zoom", () => {
  for (const layer of composed().layers) {
    if (layer.id.startsWith("loose-")) expect(layer.maxzoom).toBeLessThanOrEqual(splitZoom);
    if (layer.id.startsWith("signboard-")) expect(layer.minzoom).toBeGreaterThanOrEqual(splitZoom);
  }
});

test("tiles of the past are asked for under their own address", () => {
  expect(composed().sources.weak_area).toMatchObject({
    tiles: ["http://127.0.0.1/tiles/weak_area/{z}/{x}/{y}.mvt?at=2025-06-30"],
  });
});
