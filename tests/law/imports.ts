import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";

/** Rooms from the ground up: an import may point down this list, never up. `tests` sees all. */
const rooms = ["data", "db", "server", "web", "tests"] as const;
type Room = (typeof rooms)[number];

export interface Import {
  readonly from: string;
  /** Repository path, or the bare package name. */
  readonly to: string;
  readonly typeOnly: boolean;
}

const source = /\.(ts|tsx|mjs)$/;
const statement =
  /(?:^|\n)\s*(import|export)(\s+type)?\b[^;"'`]*?\bfrom\s*["']([^"']+)["']|(?:^|\n)\s*import\s*["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/g;

/** Every import of every source file below `root`'s rooms, with `#room/…` and relative paths resolved. */
export function readImports(root: string): Import[] {
  return rooms.flatMap((room) => filesBelow(join(root, room))).flatMap((file) => importsOf(root, file));
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "out" ? [] : filesBelow(path);
    return source.test(entry.name) ? [path] : [];
  });
}

function importsOf(root: string, file: string): Import[] {
  const from = relative(root, file);
  return [...readFileSync(file, "utf8").matchAll(statement)].map((match) => ({
    from,
    to: resolve(from, match[3] ?? match[4] ?? match[5] ?? ""),
    typeOnly: match[2] !== undefined,
  }));
}

function resolve(from: string, specifier: string): string {
  const bare = specifier.replace(/\?.*$/, "");
  if (bare.startsWith("#")) return bare.slice(1);
  if (bare.startsWith(".")) return normalize(join(dirname(from), bare));
  return specifier;
}

const roomOf = (path: string): Room | undefined => rooms.find((room) => path.startsWith(`${room}/`));

/** Imports that point up, plus `data` importing any package but zod. */
export function upwardImports(imports: readonly Import[]): string[] {
  return imports.flatMap((edge) => {
    const from = roomOf(edge.from);
    const to = roomOf(edge.to);
    if (!from || from === "tests") return [];
    const isTest = /\.test\.tsx?$/.test(edge.from);
    if (!to) {
      const leaf = from === "data" && !isTest && edge.to !== "zod" && !edge.to.startsWith("package.json");
      return leaf ? [`${edge.from} → ${edge.to} (data imports nothing but zod)`] : [];
    }
    if (isTest && to === "tests") return [];
    if (from === "web" && to !== "web" && to !== "data") {
      const routeType =
        edge.typeOnly &&
        to === "server" &&
        edge.to.endsWith("/routes.ts") &&
        edge.from.startsWith("web/api/");
      return routeType ? [] : [`${edge.from} → ${edge.to} (web sees data, and route types from web/api)`];
    }
    return rooms.indexOf(to) > rooms.indexOf(from) ? [`${edge.from} → ${edge.to} (upward)`] : [];
  });
}

/** Import cycles, types included, each as a path back to its start. */
export function importCycles(imports: readonly Import[]): string[] {
  const graph = new Map<string, string[]>();
  for (const { from, to } of imports) if (roomOf(to)) graph.set(from, [...(graph.get(from) ?? []), to]);
  const cycles: string[] = [];
  const done = new Set<string>();
  const walk = (node: string, path: readonly string[]): void => {
    const seen = path.indexOf(node);
    if (seen >= 0) {
      cycles.push([...path.slice(seen), node].join(" → "));
      return;
    }
    if (done.has(node)) return;
    for (const next of graph.get(node) ?? []) walk(next, [...path, node]);
    done.add(node);
  };
  for (const node of graph.keys()) walk(node, []);
  return cycles;
}
