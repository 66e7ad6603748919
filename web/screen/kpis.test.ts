import { expect, test } from "vitest";
import { answerWith } from "./answer.fixture.ts";
import { kpisOf } from "./kpis.ts";

const cell = (code: string, value: Parameters<typeof answerWith>[0]["metrics"]) =>
  kpisOf(answerWith({ metrics: value })).find((kpi) => kpi.code === code);

test("a count says how many of how many, and how long there is", () => {
  expect(cell("12.1", { "12.1": { value: 1, of: 2, light: "late" } })).toMatchObject({
    value: "1",
    unit: "/ 2 处",
    share: 0.5,
    goal: null,
    light: "late",
    foot: "9 月 30 日到期　剩 15 天",
  });
  expect(cell("11.1", { "11.1": { value: 10, of: 11 } })?.foot).toBe("6 月 30 日到期　逾期 77 天");
  expect(cell("14.1", { "14.1": { value: 126 } })).toMatchObject({
    unit: "/ 180 个",
    share: 0.7,
    foot: "年底前",
  });
});

test("a rate says per cent, its goal as a tick and what it is counted on", () => {
  expect(
    cell("20.2", { "20.2": { value: 1486, of: 1864, percent: (1486 / 1864) * 100, met: true } }),
  ).toMatchObject({
    value: "79.7",
    unit: "%",
    goal: 0.7,
    foot: "目标 70　1,486 / 1,864 件",
  });
});

test("a place that fell back is measured by its new term, not by the day that has passed", () => {
  expect(cell("11.1", { "11.1": { value: 10, of: 11, light: "warn" }, "11.3": { value: 1 } })?.foot).toBe(
    "返潮 1 处　重新整治中",
  );
});

test("no data is a dash, never a zero", () => {
  const kpis = kpisOf(answerWith({}));
  expect(kpis.length).toBe(6);
  expect(kpis.every((kpi) => kpi.value === "—" && kpi.light === null)).toBe(true);
});
