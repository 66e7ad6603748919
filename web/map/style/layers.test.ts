import { featureFilter, validateStyleMin } from "@maplibre/maplibre-gl-style-spec";
import type { StyleSpecification } from "maplibre-gl";
import { describe, expect, test } from "vitest";
import { layers } from "#data/layers/registry.ts";
import { themes } from "../../theme/tokens.ts";
import { parseImageId } from "../symbols/ids.ts";
import { hitLayers, layerStyle, selectedLabel } from "./layers.ts";
import { slots } from "./slots.ts";

const view = { today: 20_346, shown: ["late", "warn"], opacity: 0.85 } as const;

const styleOf = (parts: ReturnType<typeof layerStyle>, source: string): StyleSpecification => ({
  version: 8,
  sources: { [source]: { type: "vector", tiles: ["/tiles/{z}/{x}/{y}"] } },
  layers: parts.map((part) => part.layer),
});

describe.each(themes)("business layers, %s", (theme) => {
  test.each(layers)("$name satisfies the style specification", (def) => {
    const parts = [...layerStyle(def, theme, view), selectedLabel(def, theme, view, 7)];
    expect(validateStyleMin(styleOf(parts, def.id))).toEqual([]);
  });

  test.each(layers)("$name asks only for images we can draw", (def) => {
    const asked = JSON.stringify(layerStyle(def, theme, view)).match(/(sym|pat|clu):[^"]+/g) ?? [];
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((id) => !parseImageId(id))).toEqual([]);
  });
});

test.each(layers)("$name: parts come in slot order, so that areas never cover points", (def) => {
  const order = layerStyle(def, "light", view).map((part) => slots.indexOf(part.slot));
  expect(order).toEqual([...order].sort((a, b) => a - b));
});

test.each(layers)("$name: what can be hit is drawn", (def) => {
  const ids = layerStyle(def, "light", view).map((part) => part.layer.id);
  expect(hitLayers(def).filter((id) => !ids.includes(id))).toEqual([]);
});

test("an area with a centre point is marked there only, and still filled", () => {
  const [def] = layers.filter((layer) => layer.geometry === "Polygon");
  const keeps = (part: string, type: 1 | 3, properties: Record<string, unknown>) => {
    const found = layerStyle(def!, "light", { today: 20_346 }).find(
      ({ layer }) => layer.id === `${def!.id}-${part}`,
    );
    const filter = found && "filter" in found.layer ? found.layer.filter : undefined;
    return featureFilter(filter as never, "layers[0].filter").filter(
      { zoom: 15 } as never,
      { type, properties } as never,
    );
  };
  expect(keeps("point", 3, { centre: 1 })).toBe(false);
  expect(keeps("point", 1, { centre: 1 })).toBe(true);
  expect(keeps("point", 3, {})).toBe(true);
  expect(keeps("area", 3, { centre: 1 })).toBe(true);
  expect(keeps("area", 1, { centre: 1 })).toBe(false);
});
