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

  it("name a bucket whole or not at all, and never what they hold", () => {
    const bucket = {
      GUATU_S3_ENDPOINT: "https://s3.example.cn",
      GUATU_S3_BUCKET: "guatu",
      GUATU_S3_REGION: "cn-east-1",
      GUATU_S3_KEY: "AKIA-SHOWN-TO-NOBODY",
      GUATU_S3_SECRET: "told-to-nobody",
    };
    expect(readEnv(bucket).bucket).toMatchObject({ bucket: "guatu", secret: "told-to-nobody" });
    expect(readEnv({}).bucket).toBeUndefined();
    const without = (name: string) => () => readEnv({ ...bucket, [name]: "" });
    for (const name of Object.keys(bucket)) expect(without(name)).toThrow(new RegExp(`还缺 ${name}`));
    expect(without("GUATU_S3_REGION")).not.toThrow(/NOBODY|nobody/);
    expect(() => readEnv({ ...bucket, GUATU_FILES: "/srv/photos" })).toThrow(/只写一种/);
    expect(() => readEnv({ ...bucket, GUATU_S3_ENDPOINT: "s3.example.cn" })).toThrow(
      /GUATU_S3_ENDPOINT: 要写成 https/,
    );
  });
});
