import { expect, test } from "vitest";
import { layers } from "#data/layers/registry.ts";
import { sharedParking } from "#data/layers/shared_parking.ts";
import { weakArea } from "#data/layers/weak_area.ts";
import { formErrors } from "./errors.ts";
import { offeredFields, showValue } from "./value.ts";

test("what is missing or out of range is told at its field", () => {
  expect(formErrors(weakArea, {})).toEqual({ name: "请填写名称", problems: "请填写问题" });
  const attrs = { name: "甲", spaces: 2001, hours_weekday: "晚上", signed_on: "2025-02-30" };
  expect(Object.keys(formErrors(sharedParking, attrs))).toEqual(["spaces", "hours_weekday", "signed_on"]);
  expect(formErrors(sharedParking, { name: "甲", spaces: 1.5 }).spaces).toContain("整数");
});

test("a conditional field shows only under its condition, and a hidden one is not asked", () => {
  const ids = (attrs: Record<string, unknown>) => offeredFields(weakArea, attrs).map(([id]) => id);
  expect(ids({})).not.toContain("relapsed_on");
  expect(ids({ relapsed: true })).toContain("relapsed_on");
  expect(formErrors(weakArea, { name: "甲", problems: ["bad_bikes"], relapsed_on: "x" })).toEqual({});
});

test("no form offers a system field", () => {
  for (const layer of layers)
    for (const id of ["schematic", "demo", "location_note"])
      expect(offeredFields(layer, {}).map(([each]) => each)).not.toContain(id);
});

test("values read as words", () => {
  expect(showValue(weakArea.fields.problems, ["bad_parking", "bad_bikes"])).toBe("乱停车、非机动车乱停放");
  expect(showValue(sharedParking.fields.spaces, 1290)).toBe("1,290 个");
  expect(showValue(sharedParking.fields.verified, false)).toBe("否");
  expect(showValue(weakArea.fields.remark, undefined)).toBe("空");
});
