import { describe, expect, test } from "vitest";
import { layerById } from "../layers/registry.ts";
import type { Geometry } from "./change.ts";
import { checkAttrs, checkGeometry, mostVertices, roundGeometry, tidyAttrs } from "./validate.ts";

const finding = layerById("finding")!;
const weakArea = layerById("weak_area")!;
const parking = layerById("shared_parking")!;
const road = layerById("key_road")!;
const said = (findings: readonly { message: string }[]) => findings.map(({ message }) => message);

describe("attributes", () => {
  const good = { name: "盈港路占道", category: "street_vending", place: "roadside", found_on: "2025-06-01" };

  test("a complete finding is accepted", () => {
    expect(checkAttrs(finding, good)).toEqual([]);
  });

  test("every missing required field is named", () => {
    expect(checkAttrs(finding, { name: " " }).map(({ at }) => at)).toEqual([
      "name",
      "category",
      "place",
      "found_on",
    ]);
  });

  test("an edit of one field does not ask for the others, but may not empty a required one", () => {
    expect(checkAttrs(finding, { remark: "已联系" }, { partial: true })).toEqual([]);
    expect(checkAttrs(finding, { name: null }, { partial: true })).toEqual([
      { at: "name", message: "请填写名称" },
    ]);
  });

  test.each([
    [{ ...good, colour: "red" }, "“问题点位”没有这个字段，请去掉"],
    [{ ...good, name: "长".repeat(81) }, "名称最多 80 个字，现在 81 个"],
    [{ ...good, name: "两\n行" }, "名称不能换行"],
    [{ ...good, name: "盈港路\u202e" }, "名称里有看不见的控制字符，请删去后重新输入"],
    [{ ...good, name: "孤\ud800独" }, "名称里有看不见的控制字符，请删去后重新输入"],
    [{ ...good, name: "\u200b\u2060\u3000" }, "请填写名称"],
    [{ ...good, category: "noise" }, /^十无类别请从这些里选：道路病害、/],
    [{ ...good, found_on: "2025-02-30" }, "发现日期应为日期，例如 2025-09-15"],
    [{ ...good, near_station: "yes" }, "轨交站点周边应为是或否"],
  ])("%o is told as %s", (attrs, message) => {
    const [first] = said(checkAttrs(finding, attrs));
    if (message instanceof RegExp) expect(first).toMatch(message);
    else expect(first).toBe(message);
  });

  test.each([
    [{ spaces: 2001 }, "新增共享泊位不大于 2,000 个"],
    [{ spaces: 1.5 }, "新增共享泊位应为整数"],
    [{ spaces: Number.NaN }, "新增共享泊位应为数字"],
    [{ hours_weekday: "晚上" }, "工作日共享时段应为时段，例如 18:00-08:00，几段用逗号隔开"],
  ])("%o is told as %s", (attrs, message) => {
    expect(said(checkAttrs(parking, attrs, { partial: true }))).toEqual([message]);
  });

  test("choices take known values once", () => {
    expect(checkAttrs(weakArea, { problems: ["poor_green", "bad_bikes"] }, { partial: true })).toEqual([]);
    expect(said(checkAttrs(weakArea, { problems: ["poor_green", "poor_green"] }, { partial: true }))).toEqual(
      ["问题里有重复的选项"],
    );
  });

  test("what is stored is trimmed and holds no empty values", () => {
    expect(tidyAttrs({ name: " 一 ", remark: "", cleared: [], relapsed: false, parent: null })).toEqual({
      name: "一",
      relapsed: false,
    });
  });
});

describe("geometry", () => {
  const square = (x: number, y: number): number[][] => [
    [x, y],
    [x + 0.01, y],
    [x + 0.01, y + 0.01],
    [x, y],
  ];
  const polygon = (...rings: number[][][]): Geometry => ({ type: "Polygon", coordinates: rings });

  test("an area of the district is accepted, in parts too", () => {
    expect(checkGeometry(weakArea, polygon(square(121.1, 31.1)))).toEqual([]);
    expect(
      checkGeometry(weakArea, {
        type: "MultiPolygon",
        coordinates: [[square(121.1, 31.1)], [square(121.2, 31.1)]],
      }),
    ).toEqual([]);
  });

  test.each<[string, Geometry, string]>([
    ["another type", { type: "Point", coordinates: [121.1, 31.1] }, "“薄弱区域”要画成面，这里是点"],
    ["no part", { type: "MultiPolygon", coordinates: [] }, "图形是空的，请重新画"],
    ["NaN", polygon([[Number.NaN, 31], ...square(121.1, 31.1)]), "坐标里有不是数字的值，请检查这一行"],
    [
      "latitude first",
      polygon(square(121.1, 31.1).map(([x, y]) => [y!, x!])),
      "坐标不在上海范围内，可能把经度和纬度写反了，要对调吗？",
    ],
    ["another place", polygon(square(116.4, 39.9)), "坐标不在上海范围内，请核对坐标系和数值"],
    [
      "an open ring",
      polygon([...square(121.1, 31.1).slice(0, 3), [121.3, 31.3]]),
      "边界没有闭合：首尾两点要相同",
    ],
    [
      "two points",
      polygon([
        [121.1, 31.1],
        [121.2, 31.1],
        [121.1, 31.1],
        [121.1, 31.1],
      ]),
      "边界至少要有三个不同的点",
    ],
  ])("%s is refused", (_, geometry, message) => {
    expect(said(checkGeometry(weakArea, geometry))).toEqual([message]);
  });

  test("a line that stands still is none", () => {
    expect(
      said(
        checkGeometry(road, {
          type: "LineString",
          coordinates: [
            [121.1, 31.1],
            [121.1, 31.1],
          ],
        }),
      ),
    ).toEqual(["线至少要有两个不同的点"]);
  });

  test("more vertices than the database keeps are refused with their number", () => {
    const coordinates = Array.from({ length: mostVertices + 1 }, (_, i) => [121 + i * 1e-6, 31.1]);
    expect(said(checkGeometry(road, { type: "LineString", coordinates }))).toEqual([
      "顶点 20,001 个，超过 20,000 个，请先简化",
    ]);
  });

  test("coordinates are rounded to a centimetre and lose their height", () => {
    expect(roundGeometry({ type: "Point", coordinates: [121.123456789, 31.1, 4] })).toEqual({
      type: "Point",
      coordinates: [121.1234568, 31.1],
    });
  });
});
