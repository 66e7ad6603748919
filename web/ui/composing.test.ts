import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { composing } from "./composing.ts";

it("knows the Enter that ends a composition, in Safari too", () => {
  expect(composing({ isComposing: true, keyCode: 13 })).toBe(true);
  expect(composing({ isComposing: false, keyCode: 229 })).toBe(true);
  expect(composing({ isComposing: false, keyCode: 13 })).toBe(false);
});

it("is asked by every page that listens to keys: half of the answer is none", () => {
  const asking = readdirSync("web", { recursive: true, encoding: "utf8" }).filter(
    (file) =>
      /(?<!\.test)\.tsx?$/.test(file) && /\.isComposing\b/.test(readFileSync(join("web", file), "utf8")),
  );
  expect(asking).toEqual(["ui/composing.ts"]);
});
