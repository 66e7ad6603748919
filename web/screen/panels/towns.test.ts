import { expect, test } from "vitest";
import { noLights } from "#data/domain/light.ts";
import { townOrder } from "./towns.tsx";

test("late towns come first, then who has most to ask about", () => {
  const town = (code: string, light: "late" | "warn" | "normal", late: number, warn: number) => ({
    code,
    light,
    lights: { ...noLights(), late, warn },
    notes: [],
  });
  const order = townOrder([
    town("a", "normal", 0, 0),
    town("b", "warn", 0, 1),
    town("c", "late", 1, 4),
    town("d", "late", 3, 0),
    town("e", "warn", 0, 3),
  ]);
  expect(order.map(({ code }) => code).join("")).toBe("dceba");
});
