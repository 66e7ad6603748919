import { expect, test } from "vitest";
import { choicesOf, firstChoice, type Handled, photoAdvice, reportOps } from "./report.ts";

const handled: Handled = {
  task: 7,
  version: 3,
  state: "underway",
  target: 11,
  due: "2025-06-30",
  lead: "lvhua",
  progress: 40,
  light: { light: "late", days: -77, why: "" },
  steps: ["submit"],
  returned: null,
};
const words = (...asked: Parameters<typeof choicesOf>) => choicesOf(...asked).map(({ word }) => word);

test("who handles may go on, submit, or say that it cannot be done", () => {
  expect(words("planned", ["start"])).toEqual(["进行中", "待核查", "办不了"]);
  expect(words("underway", ["submit"])).toEqual(["进行中", "待核查", "办不了"]);
  expect(words("review", ["withdraw"])).toEqual(["进行中"]);
  expect(words("review", ["accept", "reject"])).toEqual(["已销项", "退回"]);
  expect(words("underway", [])).toEqual([]);
});

test("the next step of handling is chosen beforehand, a verdict never", () => {
  const first = (...asked: Parameters<typeof choicesOf>) =>
    firstChoice(asked[0], choicesOf(...asked))?.button;
  expect(first("planned", ["start"])).toBe("开始办理");
  expect(first("underway", ["submit"])).toBe("提交核查");
  expect(first("review", ["accept", "reject"])).toBeUndefined();
});

test("a task that was not begun is begun and submitted in one go, on the version that was seen", () => {
  const planned = choicesOf("planned", ["start"])[1]!;
  expect(reportOps({ ...handled, state: "planned" }, planned, { reason: "" })).toEqual([
    { op: "task", task: 7, base: 3, step: "start" },
    { op: "task", task: 7, step: "submit" },
  ]);
});

test("办不了 leaves the state and says why", () => {
  const [doing, , stuck] = choicesOf("underway", ["submit"]);
  expect(reportOps(handled, stuck!, { reason: " 业主不在 " })).toMatchObject([
    { op: "task", task: 7, base: 3, note: "办不了：业主不在" },
  ]);
  expect(reportOps(handled, doing!, { reason: "", progress: 75 })).toMatchObject([{ progress: 75 }]);
});

const known = (accuracyM: number) => ({ kind: "known", at: [121, 31], accuracyM }) as const;

test.each([
  [known(8), 12, "还差 1 张。在区域 50 米内拍，现在的位置可以。"],
  [known(8), 1290, "还差 1 张。在区域 50 米内拍，现在离区域 1.3 公里。"],
  [known(240), 12, "还差 1 张。在区域 50 米内拍，现在的位置误差 240 米，走到空旷处再拍。"],
  [
    { kind: "refused" } as const,
    null,
    "还差 1 张。在区域 50 米内拍，浏览器没有给位置，可在浏览器设置里打开。",
  ],
])("the advice tells whether a picture taken here counts: %j", (here, metres, said) => {
  expect(photoAdvice(["after"], here, metres, "区域")).toBe(said);
});
