import { expect, test } from "vitest";
import type { DutyRow } from "#data/domain/duty.ts";
import { whereabouts } from "./words.ts";

const row: DutyRow = {
  id: 1,
  no: "QP-RQ-01",
  layer: "weak_area",
  name: "交界桥下",
  version: 1,
  town: null,
  duty: null,
  towns: [
    { code: "310118106", share: 0.962 },
    { code: "310118105", share: 0.038 },
    { code: "310118107", share: 0 },
  ],
  metres: 0,
  at: [121.2, 31.1],
};

test("a place across the line is told with its shares, one beside it with the metres", () => {
  expect(whereabouts(row)).toBe("跨镇界：徐泾 96%、赵巷 4%");
  expect(whereabouts({ ...row, town: "310118106", metres: 12.4 })).toBe("离镇界 12 米，在徐泾");
  expect(whereabouts({ ...row, town: "310118106", metres: 0.3 })).toBe("贴着镇界，在徐泾");
});

test("a sliver is no nought", () => {
  const towns = [
    { code: "310118106", share: 0.999 },
    { code: "310118105", share: 0.001 },
  ];
  expect(whereabouts({ ...row, towns })).toContain("赵巷 不到 1%");
});
