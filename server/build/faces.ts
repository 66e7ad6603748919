import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const asked = "virtual:chinese-faces.css";
const sheets = [
  import.meta.resolve("@fontsource-variable/noto-sans-sc/index.css"),
  import.meta.resolve("@fontsource-variable/noto-serif-sc/index.css"),
].map((url) => fileURLToPath(url));

/**
 * One sheet of the two Chinese faces, part beside part. Both are cut at the same characters, and the lists of those are nearly
 * all of a sheet: side by side they compress to one, in sheets of their own gzip's window is too small to see it.
 */
export function chineseFaces(): Plugin {
  // Where the sheet would lie, so that the addresses in it are found.
  let home = "";
  return {
    name: "guatu:chinese-faces",
    enforce: "pre",
    configResolved: ({ root }) => {
      home = path.join(root, "chinese-faces.css");
    },
    resolveId: (id) => (id === asked ? home : undefined),
    load: (id) => (id === home ? paired(path.dirname(home)) : undefined),
  };
}

function paired(from: string): string {
  const parts = new Map<string, string[]>();
  for (const sheet of sheets) {
    const files = path.relative(from, path.join(path.dirname(sheet), "files"));
    for (const face of readFileSync(sheet, "utf8").match(/@font-face\s*{[^}]*}/g) ?? []) {
      const characters = /unicode-range:[^;]*/.exec(face)?.[0] ?? "";
      const found = face.replaceAll("./files/", `${files}/`);
      parts.set(characters, [...(parts.get(characters) ?? []), found]);
    }
  }
  return [...parts.values()].flat().join("\n");
}
