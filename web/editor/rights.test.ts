import { expect, test } from "vitest";
import type { Role, Who } from "#data/domain/account.ts";
import type { FeatureBody } from "#data/domain/wire/feature.ts";
import { chordOf, isTyping } from "./operations.ts";
import { boundTo, layersToDraw } from "./rights.ts";

const who = (unit: string, role: Role, town: string | null = null): Who => ({
  account: unit,
  name: "",
  role,
  unit,
  unitName: unit,
  town,
});
const ids = (person: Who) => layersToDraw(person).map((layer) => layer.id);
const feature = (duty: string | null) => ({ guatu: { duty } }) as FeatureBody;

test("a town draws in the layers open to towns, a lead unit under its targets, the 专班 everywhere, a reader nowhere", () => {
  expect(ids(who("zhujiajiao", "editor", "310118102"))).toContain("weak_area");
  expect(ids(who("zhujiajiao", "editor", "310118102"))).not.toContain("water_point");
  expect(ids(who("shuiwu", "editor"))).toContain("water_point");
  expect(ids(who("shuiwu", "editor"))).not.toContain("weak_area");
  expect(ids(who("zhuanban", "taskforce"))).toContain("case");
  expect(ids(who("guizi", "viewer"))).toEqual([]);
});

test("a town is bound to its border, but not where it has the 责任属地", () => {
  const town = who("zhujiajiao", "editor", "310118102");
  expect(boundTo(town, null)).toBe("310118102");
  expect(boundTo(town, feature(null))).toBe("310118102");
  expect(boundTo(town, feature("310118102"))).toBeNull();
  expect(boundTo(who("lvhua", "editor"), feature(null))).toBeNull();
});

test("a key pressed while an input method composes is no shortcut", () => {
  const key = (more: Partial<KeyboardEvent>) => more as KeyboardEvent;
  expect(isTyping(key({ isComposing: true, key: "v" }))).toBe(true);
  expect(isTyping(key({ keyCode: 229, key: "Process" }))).toBe(true);
  expect(chordOf(key({ key: "Z", ctrlKey: true, shiftKey: true }))).toBe("Ctrl+Shift+z");
  expect(chordOf(key({ key: "V", shiftKey: true }))).toBe("v");
});
