import { keyOf, tooMany, wayOf } from "./rules.ts";

/** Written in by the build: its version and the files that belong together. */
const build = "__GUATU_FILES__" as unknown as { readonly version: string; readonly files: readonly string[] };

const worker = self as unknown as ServiceWorkerGlobalScope;
const shellPrefix = "guatu-shell-";
const shellName = shellPrefix + build.version;
const fontsName = "guatu-fonts";
const answersName = "guatu-answers";
const sessionKey = "/api/session";
const accountHeader = "x-guatu-account";
const keptHeader = "x-guatu-kept";
/** A line that is up and carries nothing: after so long what is kept is better than waiting on. */
const patienceMs = 10_000;
/** The list of what is kept is long: it is gone through every so many answers. */
const trimEvery = 25;

/** Chromium's static routes, which TypeScript does not know yet. */
type RoutedInstall = ExtendableEvent & {
  addRoutes?(route: { condition: { urlPattern: string }; source: "network" }): Promise<void>;
};

worker.addEventListener("install", (event: RoutedInstall) => {
  // The good-bye of a tab that closes would be given back to that tab for sending, which is gone: it goes past the worker.
  const past = event.addRoutes?.({ condition: { urlPattern: "/api/presence/*" }, source: "network" });
  event.waitUntil(Promise.all([prepare(), past]));
});
worker.addEventListener("activate", (event) => event.waitUntil(begin()));
worker.addEventListener("message", (event: ExtendableMessageEvent) => {
  const message = event.data as
    | { readonly kind: "take-over" }
    | { readonly kind: "warm"; addresses: string[] };
  // Never by itself: a person says when.
  if (message.kind === "take-over") void worker.skipWaiting();
  else event.waitUntil(warm(message.addresses));
});

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  switch (wayOf(url, worker.location.origin, request.method, request.mode)) {
    case "page":
      return event.respondWith(shell());
    case "file":
      return event.respondWith(kept(request));
    case "font":
      return event.respondWith(font(event, request));
    case "answer":
      return event.respondWith(answer(event, request, keyOf(url)));
    case "none":
  }
});

async function prepare(): Promise<void> {
  const shelf = await caches.open(shellName);
  const take = async (file: string) => {
    // Named by content: what the last version kept needs no second fetch.
    const known = await caches.match(file);
    await (known ? shelf.put(file, known) : shelf.add(file));
  };
  await Promise.all([...build.files.map(take), shelf.add(new Request("/", { cache: "reload" }))]);
}

/** Older versions go, but for the last one: a tab may still run on it. */
async function begin(): Promise<void> {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith(shellPrefix) && name !== shellName);
  const gone = names.filter((name) => others.slice(0, -1).includes(name) || name === "guatu-wall-files");
  await Promise.all(gone.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

async function shell(): Promise<Response> {
  const shelf = await caches.open(shellName);
  return (await shelf.match("/")) ?? fetch("/");
}

const kept = async (request: Request): Promise<Response> => (await caches.match(request)) ?? fetch(request);

async function font(event: FetchEvent, request: Request): Promise<Response> {
  const shelf = await caches.open(fontsName);
  const known = await shelf.match(request);
  if (known) return known;
  const fetched = await fetch(request);
  if (fetched.ok) event.waitUntil(shelf.put(request, fetched.clone()));
  return fetched;
}

/** The network first; what is kept when there is none, marked with the time it was true. */
async function answer(event: FetchEvent, request: Request, key: string): Promise<Response> {
  const fetched = fetch(request).then((response) => {
    if (response.ok) event.waitUntil(keep(key, response.clone()));
    if (response.status === 401) event.waitUntil(forgetSession());
    return response;
  });
  fetched.catch(() => undefined);
  const old = lookUp(key);
  const late = new Promise<null>((resolve) => setTimeout(() => resolve(null), patienceMs));
  try {
    const response = await Promise.race([fetched, old.then((found) => (found ? late : fetched))]);
    if (response && response.status !== 502 && response.status !== 504) return response;
    return (await old) ?? (await fetched);
  } catch (error) {
    const found = await old;
    if (found) return found;
    throw error;
  }
}

/** Nothing is shown to another account than it was told to, and nothing when nobody is known to be signed in. */
async function lookUp(key: string): Promise<Response | null> {
  const shelf = await caches.open(answersName);
  const found = await shelf.match(key);
  const session = await shelf.match(sessionKey);
  if (!found || !session) return null;
  return found.headers.get(accountHeader) === session.headers.get(accountHeader) ? found : null;
}

let sinceTrim = 0;

async function keep(key: string, response: Response): Promise<void> {
  const account = response.headers.get(accountHeader);
  if (response.status !== 200 || !account) return;
  const shelf = await caches.open(answersName);
  if (key === sessionKey) {
    const before = await shelf.match(sessionKey);
    if (before && before.headers.get(accountHeader) !== account) await caches.delete(answersName);
  }
  const headers = new Headers(response.headers);
  headers.set(keptHeader, new Date().toISOString());
  headers.delete("content-encoding");
  headers.delete("content-length");
  const body = key === sessionKey ? await withoutCsrf(response) : await response.blob();
  await (await caches.open(answersName)).put(key, new Response(body, { headers }));
  if (++sinceTrim < trimEvery) return;
  sinceTrim = 0;
  const all = await shelf.keys();
  await Promise.all(tooMany(all.map(({ url }) => new URL(url))).map((url) => shelf.delete(url)));
}

/** With what is kept nobody can write: the page asks for a new number when the line is back. */
const withoutCsrf = async (response: Response): Promise<string> =>
  JSON.stringify({ ...((await response.json()) as object), csrf: "" });

/** Who was signed out comes in through the door again. */
async function forgetSession(): Promise<void> {
  await (await caches.open(answersName)).delete(sessionKey);
}

/** What the page asked for before there was a worker. */
async function warm(addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const url = new URL(address);
    const way = wayOf(url, worker.location.origin, "GET", "cors");
    if (way === "answer") {
      const response = await fetch(address).catch(() => null);
      if (response?.ok) await keep(keyOf(url), response);
    } else if (way === "font") {
      const shelf = await caches.open(fontsName);
      if (!(await shelf.match(address))) await shelf.add(address).catch(() => undefined);
    }
  }
}
