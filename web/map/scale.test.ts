import { expect, test } from "vitest";
import { metresPerPixel, scaleBar } from "./scale.ts";

test("the scale bar is a round number in 米 or 千米 and as long as it says", () => {
  const bar = scaleBar(31.12, 12.8);
  expect(bar.label).toBe("1 千米");
  expect(bar.px * metresPerPixel(31.12, 12.8)).toBeCloseTo(1000, 6);
  expect(scaleBar(31.12, 17).label).toBe("50 米");
  expect(scaleBar(31.12, 10).px).toBeLessThanOrEqual(110);
});
