import { describe, expect, it } from "vitest";
import { demoClock, todayOf } from "./clock.ts";

describe("the demo's clock", () => {
  it("opens at nine on the demo's day and ticks", () => {
    let real = 1_000_000;
    const clock = demoClock("2025-09-15", undefined, () => real);
    expect(clock.now().toISOString()).toBe("2025-09-15T01:00:00.000Z");
    real += 16 * 3_600_000;
    expect(todayOf(clock)).toBe("2025-09-16");
  });

  it("never runs behind what was recorded", () => {
    const clock = demoClock("2025-09-15", new Date("2025-09-15T08:00:00Z"), () => 0);
    expect(clock.now().toISOString()).toBe("2025-09-15T08:00:00.000Z");
  });
});
