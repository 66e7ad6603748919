import { expect, test } from "vitest";
import { dayNumber } from "#data/domain/time.ts";
import type { RecentChange } from "#data/domain/wire/live.ts";
import { tickerItem } from "./ticker.ts";

const today = dayNumber("2025-09-15");
const change: RecentChange = {
  seq: 7,
  at: "2025-09-15T02:41:00.000Z",
  kind: "task",
  op: "accept",
  unit: "区绿化市容局",
  feature: { id: 3, name: "诸光路招牌隐患", layer: "signboard", town: "310118106" },
  task: { target: 10, state: "closed", due: "2025-12-31", progress: 100 },
};

test("a closed task says when, where, what and 销项", () => {
  expect(tickerItem(change, today)).toEqual({
    key: "7 3",
    time: "10:41",
    light: "done",
    place: "徐泾镇",
    name: "诸光路招牌隐患",
    what: "销项",
  });
});

test("a photo says that it came, or that it was taken down", () => {
  const { task: _, ...place } = change;
  expect(tickerItem({ ...place, kind: "photo", op: "photo" }, today)).toMatchObject({
    light: null,
    what: "上传照片",
  });
  expect(tickerItem({ ...place, kind: "photo", op: "photo-remove" }, today).what).toBe("撤下照片");
});

test("a returned task that is overdue stands with its light of today", () => {
  const item = tickerItem(
    { ...change, op: "reject", task: { target: 11, state: "underway", due: "2025-06-30", progress: 80 } },
    today,
  );
  expect([item.light, item.what]).toEqual(["late", "核查退回"]);
});

test("progress, new places and measurements", () => {
  const words = (part: Partial<RecentChange>) => tickerItem({ ...change, ...part }, today).what;
  expect(words({ op: "patch", task: { target: 12, state: "underway", due: null, progress: 80 } })).toBe(
    "进度 80%",
  );
  expect(words({ kind: "feature", op: "create", task: undefined })).toBe("新增户外广告与招牌");
  expect(words({ kind: "observation", op: "create", task: undefined })).toBe("新测数据");
});

test("an earlier day is said instead of the hour; across towns the unit stands for the place", () => {
  const item = tickerItem(
    { ...change, at: "2025-09-12T02:41:00.000Z", feature: { ...change.feature, town: null } },
    today,
  );
  expect([item.time, item.place]).toEqual(["9 月 12 日", "区绿化市容局"]);
});
