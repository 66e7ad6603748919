/* Keeps the files of the wall (/screen), never its data: those are kept by the page, with the time they were true. */
const shelf = "guatu-wall-files";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

/* The page tells which files it runs on; what an older build left goes. */
self.addEventListener("message", (event) => event.waitUntil(keep(["/screen", ...event.data])));

async function keep(addresses) {
  const files = await caches.open(shelf);
  const wanted = new Set(addresses.map((address) => new URL(address, self.location.origin).href));
  for (const kept of await files.keys()) if (!wanted.has(kept.url)) await files.delete(kept);
  for (const address of wanted)
    if (address.endsWith("/screen") || !(await files.match(address))) await files.add(address);
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== self.location.origin) return;
  if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => fromShelf("/screen")));
  else if (pathname.startsWith("/assets/")) event.respondWith(fromShelf(request));
});

async function fromShelf(request) {
  const files = await caches.open(shelf);
  return (await files.match(request)) ?? fetch(request);
}
