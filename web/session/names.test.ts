import { expect, test } from "vitest";
import { weakArea } from "#data/layers/weak_area.ts";
import { deedOf } from "./names.ts";

const patch = (feature: number, set: Record<string, unknown>) => ({
  op: "patch" as const,
  feature,
  base: 1,
  set,
});
const named = { title: "祥凝浜路北段", layer: weakArea };

test("a step is named by what was done and to what", () => {
  expect(deedOf([{ op: "delete", feature: 1, base: 1 }], named).name).toBe("删除 祥凝浜路北段");
  expect(deedOf([patch(1, { remark: "a" })], named).name).toBe("改 祥凝浜路北段 的备注");
  const many = [patch(1, { managed_by: "甲" }), patch(2, { managed_by: "甲" })];
  expect(deedOf(many, named).name).toBe("改 2 处的管养单位");
  expect(deedOf([{ op: "task", task: 3, step: "submit" }], named).name).toBe("提交核查：祥凝浜路北段");
  expect(deedOf([{ op: "task", task: 3, progress: 40 }], named).name).toBe("改 祥凝浜路北段 的进度");
});

test("what has another way back says which", () => {
  const photo = { op: "photo-remove" as const, photo: "b0a1c2d3-0000-4000-8000-000000000000" };
  expect(deedOf([photo], named).stuck).toContain("证据");
  expect(deedOf([patch(1, { remark: "a" })], named).stuck).toBeUndefined();
});
