import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

/** Browsers give these on https and loopback only; the office opens the product over plain http. */
const secureOnly = /crypto\.(randomUUID|subtle)|navigator\.clipboard/;
/** Knows another way. */
const helper = "ui/clipboard.ts";

test("the pages use nothing that a browser withholds over plain http", () => {
  const files = readdirSync("web", { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.test)\.tsx?$/.test(file),
  );
  expect(files).toContain(helper);
  const offenders = files.filter((file) => secureOnly.test(code(readFileSync(join("web", file), "utf8"))));
  expect(offenders).toEqual([helper]);
});

/** Without comments: they may say why. */
const code = (text: string): string => text.replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
