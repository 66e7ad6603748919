import { expect, test } from "vitest";
import { programme2025 } from "#data/programme/programme.ts";
import { answerWith } from "../screen/answer.fixture.ts";
import { parseProgrammeSearch, shownTargets } from "./filter.ts";

const answer = answerWith({ lights: { 7: "late", 12: "late", 19: "late" } });
const numbers = (search: Parameters<typeof shownTargets>[2]) =>
  shownTargets(programme2025.targets, answer, search).map(({ no }) => no);

test("without a filter all twenty stand, in the plan's order", () => {
  expect(numbers({})).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
});

test("by light, by lead and by both", () => {
  expect(numbers({ light: "late" })).toEqual([7, 12, 19]);
  expect(numbers({ lead: "shuiwu" })).toEqual([16]);
  expect(numbers({ light: "late", lead: "lvhua" })).toEqual([12]);
});

test("what is not understood of an address is dropped", () => {
  expect(parseProgrammeSearch({ light: "purple", lead: "LV HUA", at: "gestern", known: "12" })).toEqual({
    known: "12",
  });
  expect(parseProgrammeSearch({ light: "warn", at: "2025-06-30" })).toEqual({
    light: "warn",
    at: "2025-06-30",
  });
});
