import { mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { TestProject } from "vitest/node";
import { chromium } from "../../support/machine.ts";
import { buildProduct, startProduct } from "../../support/product.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the seeded demo that all browser tests share; null without a browser. */
    productUrl: string | null;
  }
}

/** Once a run: the built product with the demo on an embedded database of its own. Its log must stay clean. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  if (!chromium()) {
    project.provide("productUrl", null);
    return async () => {};
  }
  const running = process.env.GUATU_TEST_URL;
  if (running) {
    // A product somebody started: for working on these tests.
    project.provide("productUrl", running);
    return async () => {};
  }
  buildProduct();
  const directory = mkdtempSync(path.join(os.tmpdir(), "guatu-e2e-"));
  const product = await startProduct({ GUATU_DIR: directory, GUATU_LOG: "warn" });
  project.provide("productUrl", product.url);
  return async () => {
    await product.stop();
    rmSync(directory, { recursive: true, force: true });
    const warnings = product
      .output()
      .split("\n")
      .filter((line) => /"level":(40|50|60)/.test(line));
    if (warnings.length > 0) throw new Error(`the server log is not clean:\n${warnings.join("\n")}`);
  };
}
