import { expect, test } from "vitest";
import { facesOf, presenceSentence } from "./words.ts";

const sentence = (...others: Parameters<typeof facesOf>[0]["others"]) =>
  presenceSentence(facesOf({ others }));

test("a colleague is told by name and another unit as a unit, who edits first", () => {
  expect(
    sentence({ unit: "绿化市容局", mode: "viewing" }, { unit: "朱家角镇", person: "王敏", mode: "editing" }),
  ).toBe("王敏 正在编辑，绿化市容局 在看");
});

test("an account that is called after its unit is a colleague, not the unit", () => {
  expect(sentence({ unit: "朱家角", person: "朱家角镇 审核", mode: "viewing" })).toBe("同事（审核） 在看");
});

test("several of one unit are counted", () => {
  const one = { unit: "城管执法局", mode: "viewing" } as const;
  expect(sentence(one, one)).toBe("城管执法局 2 人 在看");
});

test("nobody else is no sentence", () => {
  expect(sentence()).toBe("");
});
