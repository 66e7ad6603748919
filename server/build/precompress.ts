import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Plugin } from "vite";

const worth = /\.(js|mjs|css|html|svg|json|geojson)$/;
const worthBytes = 1024;
const toBrotli = promisify(brotliCompress);
const toGzip = promisify(gzip);

/** Writes .br and .gz beside the files of the web build, once, so that no request has to. */
export function precompress(): Plugin {
  return {
    name: "guatu:precompress",
    apply: "build",
    applyToEnvironment: (environment) => environment.name === "client",
    writeBundle: async ({ dir }) => {
      if (!dir) return;
      const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).filter((name) =>
        worth.test(name),
      );
      await Promise.all(names.map((name) => compress(path.join(dir, name))));
    },
  };
}

async function compress(file: string): Promise<void> {
  const text = readFileSync(file);
  if (text.length < worthBytes) return;
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: text.length };
  writeFileSync(`${file}.br`, await toBrotli(text, { params }));
  writeFileSync(`${file}.gz`, await toGzip(text, { level: 9 }));
}
