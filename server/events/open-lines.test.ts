import { describe, expect, it } from "vitest";
import { OpenLines } from "./open-lines.ts";

describe("open event streams", () => {
  it("are bounded for an account, and other accounts are not touched", () => {
    const lines = new OpenLines();
    const ends = Array.from({ length: 40 }, () => lines.take(1));
    expect(() => lines.take(1)).toThrow();
    expect(() => lines.take(2)).not.toThrow();
    ends[0]?.();
    expect(() => lines.take(1)).not.toThrow();
  });

  it("are given back once, however often they end", () => {
    const lines = new OpenLines();
    const ends = Array.from({ length: 40 }, () => lines.take(1));
    ends[0]?.();
    ends[0]?.();
    lines.take(1);
    expect(() => lines.take(1)).toThrow();
  });
});
