import { describe, expect, it } from "vitest";
import { entryOf, fieldDifferences } from "./entries.ts";
import type { VersionPair } from "./queries.ts";

const pair: VersionPair = {
  seq: 7,
  at: new Date("2025-09-15T01:00:00Z"),
  vfrom: new Date("2025-09-14T01:00:00Z"),
  op: "patch",
  unit: "朱家角镇",
  unit_id: "zhujiajiao",
  person: "王某",
  account: "zhujiajiao",
  reason: null,
  version: 2,
  target: null,
  before: { name: "甲", area: 3, duty: null },
  after: { name: "乙", area: 3, duty: null },
  geometry: false,
  proposal: null,
  followed: false,
  reverts: null,
  reverted_by: null,
};

const colleague = { unit: "zhujiajiao", account: "zhujiajiao-sh" };
const stranger = { unit: "xujing", account: "xujing" };

describe("history", () => {
  it("names the clerk inside the own unit only", () => {
    expect(entryOf(pair, colleague).person).toBe("王某");
    expect(entryOf(pair, stranger).person).toBeUndefined();
    expect(entryOf(pair, stranger).unit).toBe("朱家角镇");
  });

  it("tells a person what they did themselves, in whatever window", () => {
    expect(entryOf(pair, { unit: "zhujiajiao", account: "zhujiajiao" }).own).toBe(true);
    expect(entryOf(pair, colleague).own).toBeUndefined();
  });

  it("shows the fields that changed, on both sides", () => {
    expect(entryOf(pair, stranger).fields).toEqual({ name: ["甲", "乙"] });
  });

  it("shows a field that was not set before or is not set any more as null", () => {
    expect(fieldDifferences({ a: 1 }, { b: [2] })).toEqual({ a: [1, null], b: [null, [2]] });
  });
});
