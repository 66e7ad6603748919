import { choice, date, text } from "../domain/field.ts";
import { defineLayer } from "./define.ts";

export const signboard = defineLayer({
  no: 19,
  id: "signboard",
  name: "户外广告与招牌",
  geometry: "Point",
  campaign: 4,
  targets: [10, 13],
  targetsOf: (attrs) => (attrs.source === "town_survey" || attrs.source === "spot_check" ? [13] : [10]),
  townWritable: true,
  sensitivity: "general",
  prefix: "GG",
  unit: "处",
  glyph: "building-store",
  fields: {
    sign_kind: choice("类别", { advert: "户外广告", shop_sign: "户外招牌" }, { required: true, tile: true }),
    source: choice(
      "来源",
      {
        city_supervised: "市督办案件",
        town_survey: "镇街排查",
        spot_check: "安全抽检",
        hazard_150: "隐患整改 150 处",
      },
      { required: true, tile: true },
    ),
    found_on: date("发现日期"),
    address: text("地址", { max: 100 }),
  },
});
