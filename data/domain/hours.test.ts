import { expect, test } from "vitest";
import { openNow, parseHours } from "./hours.ts";
import { instantOn } from "./time.ts";

const night = { weekday: "18:00-08:00", weekend: "00:00-24:00" };

test("a night stretch is open in the evening and still open the next morning", () => {
  expect(openNow(night, instantOn("2025-09-15", 19))).toBe(true);
  expect(openNow(night, instantOn("2025-09-16", 7, 59))).toBe(true);
  expect(openNow(night, instantOn("2025-09-16", 8))).toBe(false);
  expect(openNow(night, instantOn("2025-09-16", 12))).toBe(false);
});

test("weekend hours begin on Saturday in Shanghai, and Friday's night runs into Saturday", () => {
  const shops = { weekday: "22:00-07:00", weekend: "12:00-14:00" };
  expect(openNow(shops, instantOn("2025-09-20", 6))).toBe(true);
  expect(openNow(shops, instantOn("2025-09-20", 8))).toBe(false);
  expect(openNow(shops, instantOn("2025-09-21", 13))).toBe(true);
  expect(openNow(shops, instantOn("2025-09-22", 6))).toBe(false);
});

test("several stretches, all day, nothing recorded, nonsense", () => {
  expect(openNow({ weekday: "07:00-09:00，17:00-19:00" }, instantOn("2025-09-15", 18))).toBe(true);
  expect(openNow({ weekday: "00:00-24:00" }, instantOn("2025-09-15", 0))).toBe(true);
  expect(openNow({}, instantOn("2025-09-15"))).toBeNull();
  expect(openNow({ weekday: "随时" }, instantOn("2025-09-15"))).toBeNull();
  expect(parseHours("25:00-26:00")).toBeNull();
});
