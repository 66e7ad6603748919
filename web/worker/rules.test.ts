import { expect, test } from "vitest";
import { keyOf, tooMany, wayOf } from "./rules.ts";

const origin = "https://guatu.example";
const way = (path: string, mode = "cors", method = "GET") =>
  wayOf(new URL(path, origin), origin, method, mode);

test("pages come from the shelf, whichever address is opened; the API's own pages do not", () => {
  expect([way("/", "navigate"), way("/edit?feature=3", "navigate")]).toEqual(["page", "page"]);
  expect(way("/api/openapi.json", "navigate")).toBe("none");
});

test("answers that are needed without a line are kept, those of a past day and writes are not", () => {
  expect(way("/api/features/12/view")).toBe("answer");
  expect(way("/tiles/weak_area/12/3/4?s=88")).toBe("answer");
  expect(way("/api/features/12/view?at=2025-06-30")).toBe("none");
  expect(way("/api/changes", "cors", "POST")).toBe("none");
  expect(way("/api/events")).toBe("none");
  expect(way("/api/features/12/history")).toBe("none");
});

test("of photos the small ones are kept", () => {
  expect(way("/api/photos/0190a0a0-0000?size=thumb")).toBe("answer");
  expect(way("/api/photos/0190a0a0-0000?size=full")).toBe("none");
});

test("another site's addresses are none of ours", () => {
  expect(wayOf(new URL("https://elsewhere.example/api/list"), origin, "GET", "cors")).toBe("none");
});

test("how new an answer must be is no part of its name", () => {
  expect(keyOf(new URL("/tiles/a/1/2/3?s=88", origin))).toBe("/tiles/a/1/2/3");
  expect(keyOf(new URL("/api/list?layers=a&s=1&town=b", origin))).toBe("/api/list?layers=a&town=b");
});

test("the oldest of a kind go when there are too many", () => {
  const kept = Array.from({ length: 203 }, (_, n) => new URL(`/api/features/${n}/view`, origin));
  const session = new URL("/api/session", origin);
  expect(tooMany([...kept, session]).map(({ pathname }) => pathname)).toEqual([
    "/api/features/0/view",
    "/api/features/1/view",
    "/api/features/2/view",
  ]);
});
