import { describe, expect, it } from "vitest";
import { untilNext } from "./nightly.ts";

const hours = (text: string) => untilNext(3, new Date(text)) / 3_600_000;

describe("a nightly job", () => {
  it("is done at its hour of 上海, whatever the server's own zone", () => {
    expect(hours("2025-09-15T01:00:00+08:00")).toBe(2);
    expect(hours("2025-09-15T23:00:00+08:00")).toBe(4);
  });

  it("waits a whole day when it has just been done", () => {
    expect(hours("2025-09-15T03:00:00+08:00")).toBe(24);
  });
});
