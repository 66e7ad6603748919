import { Hono } from "hono";
import { expect, it } from "vitest";
import { readEnv } from "../env.ts";
import type { AppEnv } from "./app-env.ts";
import { securityHeaders } from "./security.ts";

const headersOf = async (settings: Readonly<Record<string, string>>) => {
  const app = new Hono<AppEnv>()
    .use(securityHeaders(readEnv(settings), "product"))
    .get("/", (c) => c.text("好"));
  return (await app.request("/")).headers;
};

it("tells browsers of plain http in the office network nothing that they complain about", async () => {
  const open = { HOST: "0.0.0.0", GUATU_DEMO_PASSWORD: "not-the-default" };
  const plain = await headersOf(open);
  expect(plain.get("content-security-policy")).toContain("script-src 'self'");
  expect(plain.get("cross-origin-opener-policy")).toBeNull();
  expect((await headersOf({ ...open, GUATU_SECURE: "1" })).get("cross-origin-opener-policy")).toBe(
    "same-origin",
  );
  expect((await headersOf({})).get("cross-origin-opener-policy")).toBe("same-origin");
});
