import { describe, expect, it } from "vitest";
import { type Import, importCycles, readImports, upwardImports } from "./imports.ts";

const imports = readImports(process.cwd());
const edge = (from: string, to: string, typeOnly = false): Import => ({ from, to, typeOnly });

describe("the law of the house", () => {
  it("reads the imports of every room", () => {
    expect(imports.length).toBeGreaterThan(100);
  });

  it("lets imports point down only: data → db → server → web", () => {
    expect(upwardImports(imports)).toEqual([]);
  });

  it("has no import cycles, types included", () => {
    expect(importCycles(imports)).toEqual([]);
  });

  it("catches what it forbids", () => {
    expect(upwardImports([edge("data/a.ts", "db/b.ts")])).toHaveLength(1);
    expect(upwardImports([edge("data/a.ts", "lodash")])).toHaveLength(1);
    expect(upwardImports([edge("web/map/a.ts", "server/x/routes.ts", true)])).toHaveLength(1);
    expect(upwardImports([edge("web/api/a.ts", "server/x/routes.ts", true)])).toEqual([]);
    expect(importCycles([edge("db/a.ts", "db/b.ts"), edge("db/b.ts", "db/a.ts")])).toHaveLength(1);
  });
});
