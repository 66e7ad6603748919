import { expect, test } from "vitest";
import {
  defaultLayers,
  formatHidden,
  formatLayers,
  formatView,
  parseHidden,
  parseMapSearch,
  parseSearch,
  parseView,
  shownLayers,
  stringifySearch,
} from "./search-params.ts";

test("a link carries view, layers, filters, selection and date, and reads back the same", () => {
  const search = parseMapSearch({
    v: "121.05000,31.10000,12.50",
    layers: "weak_area,river_reach",
    hide: "weak_area:done.none",
    town: "310118102,310118001",
    light: "late,warn",
    due: "overdue",
    sel: "42",
    at: "2025-06-30",
    known: "2025-07-05",
  });
  expect(parseMapSearch(parseSearch(stringifySearch({ ...search })))).toEqual(search);
});

test("what a link says that is not understood is dropped, the rest stands", () => {
  expect(
    parseMapSearch({
      v: "0,0,3",
      layers: "weak_area,nonsense",
      light: "purple",
      at: "June",
      town: "1",
      due: "x",
      sel: "abc",
      campaign: "4,11",
    }),
  ).toEqual({ layers: "weak_area", campaign: "4" });
});

test("numbers in an address are read as written", () => {
  expect(parseMapSearch({ sel: 42, town: 310118102 })).toEqual({ sel: "42", town: "310118102" });
});

test("the default layers need no word in the address, none needs one", () => {
  expect(formatLayers(defaultLayers)).toBeUndefined();
  expect(formatLayers([])).toBe("none");
  expect(shownLayers({})).toHaveLength(defaultLayers.length);
  expect(shownLayers({ layers: "none" })).toEqual([]);
  expect(shownLayers({ layers: "water_point,weak_area" })).toEqual(["weak_area", "water_point"]);
});

test("views and hidden lights", () => {
  expect(parseView(formatView({ lon: 121.1, lat: 31.12, zoom: 10.6 }))).toEqual({
    lon: 121.1,
    lat: 31.12,
    zoom: 10.6,
  });
  expect(parseView("121,31")).toBeNull();
  expect(formatHidden(parseHidden("weak_area:done.purple,xx:done"))).toBe("weak_area:done");
});
