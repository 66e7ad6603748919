import { expect, test } from "vitest";
import { stepBetween } from "./line.ts";

test("a change of state is named by its step", () => {
  expect(stepBetween("planned", "underway", false)).toBe("start");
  expect(stepBetween("underway", "review", false)).toBe("submit");
  expect(stepBetween("review", "closed", false)).toBe("accept");
  expect(stepBetween("closed", "underway", false)).toBe("reopen");
});

test("what came back from 待核查 was 退回, or 撤回 by who had sent it", () => {
  expect(stepBetween("review", "underway", false)).toBe("reject");
  expect(stepBetween("review", "underway", true)).toBe("withdraw");
});

test("progress alone is no step", () => {
  expect(stepBetween("underway", "underway", false)).toBe("patch");
  expect(stepBetween(null, "planned", false)).toBe("create");
});
