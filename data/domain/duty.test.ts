import { expect, test } from "vitest";
import { type SaidWord, stanceOf, wordsOpen } from "./duty.ts";

const said = (town: string, word: SaidWord["word"]): SaidWord => ({ town, word, at: "", reason: null });

test("before anybody spoke a town may claim or decline, and has nothing to object to", () => {
  expect(wordsOpen("a", false, [])).toEqual(["claim", "decline"]);
});

test("once another town has spoken it may object; its own word it may change or take back", () => {
  expect(wordsOpen("b", false, [said("a", "claim")])).toEqual(["claim", "decline", "object"]);
  expect(wordsOpen("a", false, [said("a", "claim")])).toEqual(["decline", "withdraw"]);
  expect(wordsOpen("a", false, [said("b", "object")])).toEqual(["claim", "decline"]);
});

test("what is decided can only be objected to", () => {
  expect(wordsOpen("a", true, [])).toEqual(["object"]);
  expect(wordsOpen("a", true, [said("a", "object")])).toEqual(["withdraw"]);
});

test("two claims or one objection are a dispute, one claim alone is none", () => {
  expect(stanceOf([])).toBe("silent");
  expect(stanceOf([said("a", "claim"), said("b", "decline")])).toBe("agreed");
  expect(stanceOf([said("a", "claim"), said("b", "claim")])).toBe("contested");
  expect(stanceOf([said("a", "claim"), said("b", "object")])).toBe("contested");
  expect(stanceOf([said("b", "decline")])).toBe("unwanted");
});
