import { mkdirSync } from "node:fs";
import path from "node:path";
import { build } from "vite";

/** Builds one entry as the server is built, with the embedded database's worker beside it. Returns the program's path. */
export async function buildChild(entry: string): Promise<string> {
  const name = path.basename(entry, ".ts");
  const outDir = path.resolve(`node_modules/.cache/guatu/${name}-${process.pid}`);
  mkdirSync(outDir, { recursive: true });
  await build({
    configFile: false,
    logLevel: "silent",
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: "node20",
      rolldownOptions: {
        input: { [name]: path.resolve(entry), "embedded-worker": path.resolve("db/embedded-worker.ts") },
        output: { entryFileNames: "[name].js" },
      },
    },
  });
  return path.join(outDir, `${name}.js`);
}
