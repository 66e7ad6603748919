import { expect, test } from "vitest";
import type { MetricValue } from "#data/domain/wire/programme.ts";
import { metricOf, programme2025, targetOf } from "#data/programme/programme.ts";
import { dueWords, leadWords, metricWords, sourceWords } from "./words.ts";

const words = (code: string, value: Partial<MetricValue>) =>
  metricWords(metricOf(programme2025, code)!, {
    code,
    value: null,
    of: null,
    percent: null,
    light: null,
    why: "",
    met: false,
    ...value,
  });

test("a rate says pieces, per cent and the plan's goal", () => {
  expect(words("20.2", { value: 1486, of: 1864, percent: 79.72 })).toEqual({
    value: "1,486 / 1,864 件",
    goal: "1864件12345热线工单化解率达到70%以上",
    internal: false,
    percent: "79.7%",
  });
});

test("our own goal is marked 内控 and loses the word in its text", () => {
  expect(words("1.1", { value: 1109, of: 1260, percent: 88 })).toMatchObject({
    goal: "100%",
    internal: true,
  });
});

test("nothing known is —, nothing to count is 不适用, and neither is 0", () => {
  expect(words("14.1", {}).value).toBe("—");
  expect(words("15.1", { value: 0, of: 0 }).value).toBe("不适用");
  expect(words("3.2", { value: 6 }).goal).toBe("—");
});

test("periods, milestones and trends in words", () => {
  expect(words("5.2", { value: 5, of: 6 }).value).toBe("按时 5 / 6 期");
  expect(words("18.1", { value: 0, of: 1 }).value).toBe("未完成");
  expect(words("6.1", { value: 21, reference: 29 }).value).toBe("21 件，去年同期 29");
});

test("a due date says what it rests on", () => {
  const due = (code: string) => dueWords(metricOf(programme2025, code)!.due);
  expect(due("11.1")).toEqual({ date: "2025-06-30", basis: "方案写明" });
  expect(due("14.1")).toEqual({ date: "2025-12-31", basis: "年内" });
  expect(due("5.2")).toEqual({ date: "每月", basis: "方案写明" });
  expect(due("3.2")).toEqual({ date: "—", basis: "" });
  expect(due("17.1").basis).toBe("推定，待确认");
});

test("where a number comes from, and who leads", () => {
  expect(sourceWords(metricOf(programme2025, "11.1")!.source)).toBe("图层 薄弱区域");
  expect(sourceWords(metricOf(programme2025, "6.2")!.source)).toBe("事件");
  expect(leadWords(targetOf(programme2025, 20)!)).toMatch(/组织部.*联合牵头/);
});
