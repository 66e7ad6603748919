import { choice, choices, date, number } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const illegalBuilding = defineLayer({
  no: 22,
  id: "illegal_building",
  name: "违法建筑",
  geometry: "Point",
  campaign: 9,
  targets: [19],
  townWritable: true,
  sensitivity: "restricted",
  prefix: "WJ",
  unit: "处",
  glyph: "home-x",
  minzoom: 11,
  fields: {
    stock_kind: choice(
      "存量/新增/在建",
      { stock: "存量", new: "新增", building: "在建" },
      { required: true, tile: true },
    ),
    building_kind: choice("类型", { villa: "别墅类", low_rise: "低层高档商品住宅", other: "其他" }),
    concern: choices("重点情形", {
      safety: "存在安全隐患",
      public_space: "侵占公共空间",
      complaint: "市民反响强烈",
    }),
    route: choice("处置途径", { permit: "补证销项", convert: "转性", demolish: "拆除" }),
    area_m2: number("面积", { unit: "平方米", min: 0, max: 100_000 }),
    found_on: date("发现日期"),
    handled_on: date("处置日期"),
  },
});
