import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect, test } from "vitest";
import { layers } from "#data/layers/registry.ts";
import { tokens } from "../../theme/tokens.ts";
import { hasGlyph } from "./glyphs.ts";

const fromTokens = Object.values(tokens.glyph).map(({ icon }) => icon.replace("tabler:", ""));
const names = [...new Set([...layers.map((layer) => layer.glyph), ...fromTokens])].sort();
const resolve = createRequire(
  createRequire(import.meta.url).resolve("@tabler/icons-react/package.json"),
).resolve;

/** One path a glyph: Tabler's start with an absolute M, so they can stand one after the other. */
const pathOf = (name: string) =>
  [...readFileSync(resolve(`@tabler/icons/outline/${name}.svg`), "utf8").matchAll(/<path d="(M[^"]+)"/g)]
    .map((match) => match[1])
    .join(" ");

test("the glyph table is Tabler's path data for the icons our layers use", async () => {
  const table = Object.fromEntries(names.map((name) => [name, pathOf(name)]));
  await expect(`${JSON.stringify(table, null, 2)}\n`).toMatchFileSnapshot("./glyphs.json");
});

test.each(layers)("$name has its glyph", (layer) => {
  expect(hasGlyph(layer.glyph)).toBe(true);
});
