/** What the worker does with a request of the page. */
export type Way = "page" | "file" | "font" | "answer" | "none";

/** Answers that the phone and the editor need without a line, and how many of each are kept; the oldest go. */
const kinds = [
  { name: "session", path: /^\/api\/session$/, most: 1 },
  { name: "place", path: /^\/api\/features\/\d+\/view$/, most: 200 },
  { name: "list", path: /^\/api\/list$/, most: 40 },
  { name: "layers", path: /^\/api\/layers$/, most: 10 },
  { name: "points", path: /^\/api\/points$/, most: 20 },
  { name: "towns", path: /^\/api\/towns$/, most: 4 },
  { name: "summary", path: /^\/api\/summary$/, most: 10 },
  { name: "photo", path: /^\/api\/photos\/[\w-]+$/, most: 150 },
  { name: "tile", path: /^\/tiles\//, most: 600 },
] as const;

const kindOf = ({ pathname }: URL) => kinds.find(({ path }) => path.test(pathname));

/** `mode`: of the request, `navigate` for a page. Only our own addresses are looked at. */
export function wayOf(url: URL, origin: string, method: string, mode: string): Way {
  if (method !== "GET" || url.origin !== origin) return "none";
  const { pathname, searchParams } = url;
  if (mode === "navigate") return /^\/(api|tiles|ogc)\//.test(pathname) ? "none" : "page";
  if (pathname.startsWith("/assets/")) return /\.woff2?$/.test(pathname) ? "font" : "file";
  const kind = kindOf(url);
  // The past is asked for with a line; a whole picture is too much to keep.
  if (!kind || searchParams.has("at") || searchParams.has("known")) return "none";
  return kind.name === "photo" && searchParams.get("size") !== "thumb" ? "none" : "answer";
}

/** The address under which an answer is kept: without the changeset number that only says how new it must be. */
export function keyOf(url: URL): string {
  const key = new URL(url);
  key.searchParams.delete("s");
  return key.pathname + key.search;
}

/** Of the kept addresses, oldest first, those that are too many of their kind. */
export function tooMany(kept: readonly URL[]): readonly URL[] {
  return kinds.flatMap(({ path, most }) => {
    const own = kept.filter(({ pathname }) => path.test(pathname));
    return own.slice(0, Math.max(0, own.length - most));
  });
}
