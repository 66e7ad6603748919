/** Late enough that the map's drawing library has come too. */
const settledMs = 20_000;

/**
 * Lets the browser keep the files of this page, so that a wall reloaded while the server is away comes up and shows its last
 * good data. Only on a built page, and where the browser allows it (https or loopback). Returns the way to stop.
 */
export function standAlone(): () => void {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!import.meta.env.PROD || !workers) return () => undefined;
  const timer = window.setTimeout(() => void keepFiles(workers).catch(() => undefined), settledMs);
  return () => window.clearTimeout(timer);
}

async function keepFiles(workers: ServiceWorkerContainer): Promise<void> {
  await workers.register("/screen-worker.js", { scope: "/screen" });
  const { active } = await workers.ready;
  const fetched = performance.getEntriesByType("resource").map(({ name }) => name);
  active?.postMessage(fetched.filter((url) => url.startsWith(`${window.location.origin}/assets/`)));
}
