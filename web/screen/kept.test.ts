import { expect, test } from "vitest";
import { forgetWall, keepSession, keptSession, readKept, type Shelf, writeKept } from "./kept.ts";

const shelf = (): Shelf => {
  const held = new Map<string, string>();
  return {
    getItem: (key) => held.get(key) ?? null,
    setItem: (key, value) => void held.set(key, value),
    removeItem: (key) => void held.delete(key),
  };
};

test("what was kept for an account is read back by it alone", () => {
  const one = shelf();
  writeKept(one, "screen", "programme", { body: { year: 2025 }, seen: 5 });
  expect(readKept(one, "screen", "programme")).toEqual({ body: { year: 2025 }, seen: 5 });
  expect(readKept(one, "leader", "programme")).toBeNull();
});

test("broken or missing storage is nothing kept", () => {
  const one = shelf();
  one.setItem("guatu-wall screen programme", "{");
  expect(readKept(one, "screen", "programme")).toBeNull();
  expect(readKept(null, "screen", "programme")).toBeNull();
});

test("a wall's session is kept without what lets anybody write, and signing out forgets all", () => {
  const one = shelf();
  const who = {
    account: "screen",
    name: "大屏",
    role: "screen",
    unit: "zhuanban",
    unitName: "专班",
    town: null,
  } as const;
  keepSession(one, { who, csrf: "secret", today: "2025-09-15", demo: true, year: 2025, head: 7 });
  writeKept(one, "screen", "programme", { body: {}, seen: 5 });
  expect(keptSession(one)).toMatchObject({ who, csrf: "", head: 7 });
  forgetWall(one);
  expect(keptSession(one)).toBeNull();
  expect(readKept(one, "screen", "programme")).toBeNull();
});
