import { expect, test } from "vitest";
import { layerById } from "#data/layers/registry.ts";
import { changeLabel, shownAttributes, shownChange } from "./attributes.ts";

const weak = layerById("weak_area")!;

test("choices are read by their labels, empty fields are left out", () => {
  const shown = shownAttributes(weak, {
    name: "祥凝浜路北段",
    problems: ["bad_parking", "bad_bikes"],
    cleared: [],
    relapsed: false,
    demo: true,
  });
  expect(shown).toEqual([
    { id: "problems", label: "问题", values: ["乱停车", "非机动车乱停放"] },
    { id: "relapsed", label: "返潮", values: ["否"] },
  ]);
});

test("numbers carry their unit, hours are told in words", () => {
  const parking = shownAttributes(layerById("shared_parking")!, {
    spaces: 1290,
    hours_weekend: "00:00-24:00",
  });
  expect(parking.map((s) => s.values[0])).toEqual(["1,290\u2009个", "全天"]);
});

test("a change of a field that the layer no longer has is still shown", () => {
  expect(changeLabel(weak, "old_field")).toBe("old_field（已取消的字段）");
  expect(changeLabel(weak, "relapsed")).toBe("返潮");
  expect([changeLabel(weak, "duty"), shownChange(weak, "duty", "310118106")]).toEqual(["责任属地", "徐泾"]);
  expect(shownChange(weak, "old_field", 3)).toBe("3");
  expect(shownChange(weak, "relapsed", null)).toBe("空");
});
