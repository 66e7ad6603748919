import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { townParts } from "#tests/support/town-parts.ts";

const read = (path: string) =>
  JSON.parse(readFileSync(new URL(`../../data/${path}`, import.meta.url), "utf8"));
const named = (file: string, name: string) => {
  const found = read(`seed/geo/${file}.geojson`).features.find(
    (feature: { properties: { name: string } }) => feature.properties.name === name,
  );
  if (!found) throw new Error(`${file} has no ${name}`);
  return found;
};

test("the stored town parts are the key roads and areas of the facts, cut by town", () => {
  const parts = townParts(
    read("seed/geo/townships.geojson").features,
    [
      [named("roads", "崧泽高架路"), "崧泽高架"],
      [named("roads", "外青松公路"), "外青松公路"],
      [named("roads", "沪青平公路"), "318国道"],
    ],
    [
      [named("key_areas", "青浦新城中央商务区（示意）"), "新城中央商务区"],
      [named("key_areas", "西虹桥中央商务区（核心区＋延展区，示意）"), "西虹桥中央商务区"],
      [named("key_areas", "西岑科创中心（示意）"), "西岑科创中心"],
    ],
  );
  const stored = read("demo/places/town-parts.geojson").features;
  expect(stored).toEqual(parts);
  const towns = (parent: string) => parts.filter((part) => part.properties.parent === parent).length;
  expect(["崧泽高架", "外青松公路", "318国道", "新城中央商务区"].map(towns)).toEqual([5, 3, 6, 4]);
});
