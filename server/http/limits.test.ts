import { describe, expect, it } from "vitest";
import { Buckets } from "./limits.ts";

describe("a bucket", () => {
  it("takes a burst, then one at a time as it drains, by key", () => {
    let now = 0;
    const buckets = new Buckets({ burst: 3, perSecond: 2 }, () => now);
    for (let n = 0; n < 3; n += 1) {
      expect(buckets.wait("a")).toBe(0);
      buckets.add("a");
    }
    expect(buckets.wait("a")).toBe(0.5);
    expect(buckets.wait("b")).toBe(0);
    now = 500;
    expect(buckets.wait("a")).toBe(0);
  });
});
