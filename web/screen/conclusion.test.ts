import { expect, test } from "vitest";
import { answerWith } from "./answer.fixture.ts";
import { conclude } from "./conclusion.ts";

test("who is late is named, and the nearest day is what is asked about", () => {
  const said = conclude(
    answerWith({
      lights: { 20: "done", 2: "warn", 7: "late", 12: "late", 19: "late" },
      metrics: { "12.1": { value: 0, of: 2 } },
    }),
  );
  expect(said).toEqual({
    counts: "二十项任务，完成 1、正常 15、预警 1。",
    late: "滞后 3 项：跨区域非法倾倒、夜景提升、违建治理。",
    question: "今天要问：夜景提升剩 15 天，2 处办完 0 处，能按期吗？",
  });
});

test("what is overdue is asked first", () => {
  const { question } = conclude(answerWith({ today: "2025-07-05", lights: { 11: "late", 12: "late" } }));
  expect(question).toBe("今天要问：薄弱区域逾期 5 天，哪天能办完？");
});

test("without a late target the warned one is asked about, and a calm day asks nothing", () => {
  expect(conclude(answerWith({ lights: { 12: "warn" } }))).toMatchObject({
    late: null,
    question: "今天要问：夜景提升剩 15 天，能按期吗？",
  });
  expect(conclude(answerWith({}))).toEqual({ counts: "二十项任务，正常 20。", late: null, question: null });
});
