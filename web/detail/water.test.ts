import { expect, test } from "vitest";
import { seriesOf } from "./water.ts";

test("samples are put in time order, and a missing parameter leaves a gap, not a zero", () => {
  const { sd, depth, seen, total } = seriesOf([
    { takenAt: "2025-09-01T02:00:00Z", values: { sd: 110, depth: 110, clear: 1 } },
    { takenAt: "2025-01-06T02:00:00Z", values: { sd: 45, clear: 0 } },
    { takenAt: "2025-05-01T02:00:00Z", values: { turbidity: 12 } },
  ]);
  expect(sd.map((s) => [s.value, s.clear])).toEqual([
    [45, false],
    [110, true],
  ]);
  expect(depth).toHaveLength(1);
  expect([seen, total]).toEqual([1, 2]);
});
