import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The worker thread's program. In a build it lies beside the server as embedded-worker.js; from the sources (tests,
 * development) it is compiled on the spot, because Node 20 runs no TypeScript.
 */
export async function workerScript(): Promise<string> {
  const here = fileURLToPath(import.meta.url);
  if (here.endsWith(".ts")) return compile(path.join(path.dirname(here), "embedded-worker.ts"));
  const places = [".", ".."].map((step) => path.join(path.dirname(here), step, "embedded-worker.js"));
  const found = places.find((place) => existsSync(place));
  if (!found) throw new Error(`The build is incomplete: embedded-worker.js is missing beside ${here}.`);
  return found;
}

async function compile(source: string): Promise<string> {
  const { build } = await import("vite");
  const built = await build({
    configFile: false,
    logLevel: "silent",
    root: path.dirname(path.dirname(source)),
    build: { ssr: source, write: false, target: "node20", minify: false },
  });
  const code = (Array.isArray(built) ? built : [built])
    .flatMap((each) => ("output" in each ? each.output : []))
    .find((chunk) => chunk.type === "chunk")?.code;
  if (!code) throw new Error(`Compiling ${source} gave no code.`);
  // Inside node_modules, so that the packages' names resolve from there; named by content, so that processes agree.
  const folder = path.join(path.dirname(path.dirname(source)), "node_modules/.cache/guatu");
  const file = path.join(
    folder,
    `embedded-worker-${createHash("sha256").update(code).digest("hex").slice(0, 12)}.mjs`,
  );
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true });
    const part = `${file}.${process.pid}.part`;
    writeFileSync(part, code);
    renameSync(part, file);
  }
  return file;
}
