import { expect, test } from "vitest";
import { readKept, type Shelf, writeKept } from "./kept.ts";

const shelf = (): Shelf => {
  const held = new Map<string, string>();
  return { getItem: (key) => held.get(key) ?? null, setItem: (key, value) => void held.set(key, value) };
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
