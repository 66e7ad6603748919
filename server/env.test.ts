import path from "node:path";
import { describe, expect, it } from "vitest";
import { readEnv, WrongSetting } from "./env.ts";

describe("settings", () => {
  it("need nothing: an embedded demo on loopback", () => {
    expect(readEnv({})).toMatchObject({
      host: "127.0.0.1",
      port: 8080,
      demoToday: "2025-09-15",
      openDemo: true,
      onLoopback: true,
      directory: ".guatu",
      filesDirectory: path.join(".guatu", "files"),
    });
  });

  it("count as not set when they are empty", () => {
    expect(readEnv({ DATABASE_URL: "", PORT: "" }).port).toBe(8080);
  });

  it("name every wrong variable at once, in both languages", () => {
    const wrong = () => readEnv({ PORT: "http", DATABASE_URL: "mysql://x", GUATU_DEMO_PASSWORD: "short" });
    expect(wrong).toThrow(WrongSetting);
    expect(wrong).toThrow(/DATABASE_URL: .*postgres[\s\S]*GUATU_DEMO_PASSWORD: 至少 8 个字符 must/);
    expect(wrong).toThrow(/PORT/);
  });
});
