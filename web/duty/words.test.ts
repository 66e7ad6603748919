import { expect, test } from "vitest";
import type { DutyRow } from "#data/domain/duty.ts";
import { stanceSentence, whereabouts } from "./words.ts";

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
  decided: false,
  words: [],
  may: [],
  decides: false,
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

test("what the towns said is told in one sentence: who claims it, who contradicts, what is open", () => {
  const word = (town: string, said: "claim" | "decline" | "object") => ({
    town,
    word: said,
    at: "2025-09-15T01:00:00Z",
    reason: null,
  });
  expect(stanceSentence(row)).toBeNull();
  expect(stanceSentence({ ...row, words: [word("310118106", "claim")] })).toBe("徐泾认领，没有异议，等确认");
  expect(stanceSentence({ ...row, words: [word("310118106", "claim"), word("310118105", "object")] })).toBe(
    "有争议，等牵头单位或专班定",
  );
  expect(stanceSentence({ ...row, words: [word("310118106", "decline")] })).toBe("还没有镇街认领");
  expect(stanceSentence({ ...row, decided: true, duty: "310118106" })).toBe("已定徐泾");
  expect(
    stanceSentence({ ...row, decided: true, duty: "310118106", words: [word("310118105", "object")] }),
  ).toBe("已定徐泾，赵巷有异议，等重新定");
});
