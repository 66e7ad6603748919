import { create } from "zustand";

interface UpdateState {
  /** A newer version is here and waits to be asked. */
  readonly waiting: ServiceWorker | null;
  /** Another tab has taken it, or the server has: this one still runs on the old files. */
  readonly replaced: boolean;
  readonly later: boolean;
}

export const useUpdate = create<UpdateState>()(() => ({ waiting: null, replaced: false, later: false }));

const checkMs = 3_600_000;
/** A wall takes what is new when it is loaded, never while people look at it. */
const wallMs = 120_000;

let asked = false;

const container = (): ServiceWorkerContainer | undefined => navigator.serviceWorker;

/**
 * Lets the browser keep the files of this build, so that the product opens without a line; where the browser allows it (https or
 * loopback), and only of a built page. `wall`: takes a new version by itself right after loading. Returns the way to stop.
 */
export function standAlone({ wall = false } = {}): () => void {
  const workers = container();
  if (!import.meta.env.PROD || !workers) return () => undefined;
  const first = workers.controller === null;
  const loaded = Date.now();
  const changed = () => {
    if (asked) window.location.reload();
    else if (first) warm(workers);
    else useUpdate.setState({ waiting: null, replaced: true });
  };
  workers.addEventListener("controllerchange", changed);
  const found = (waiting: ServiceWorker) => {
    if (wall && Date.now() - loaded < wallMs) takeOver(waiting);
    else useUpdate.setState({ waiting, later: false });
  };
  let checking: number | undefined;
  void register(workers, found)
    .then((registration) => {
      checking = window.setInterval(() => void registration.update().catch(() => undefined), checkMs);
    })
    .catch(() => undefined);
  return () => {
    window.clearInterval(checking);
    workers.removeEventListener("controllerchange", changed);
  };
}

async function register(
  workers: ServiceWorkerContainer,
  found: (waiting: ServiceWorker) => void,
): Promise<ServiceWorkerRegistration> {
  // The wall had a worker of its own once.
  for (const old of await workers.getRegistrations())
    if (new URL(old.scope).pathname === "/screen") await old.unregister();
  const registration = await workers.register("/worker.js", { updateViaCache: "none" });
  if (registration.waiting && workers.controller) found(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const { installing } = registration;
    installing?.addEventListener("statechange", () => {
      if (installing.state === "installed" && workers.controller) found(installing);
    });
  });
  return registration;
}

/** A new version waits for what the old one is still fetching; a page that goes lets it begin. */
const patienceMs = 5000;

/** The new version begins, and this page with it. */
export function takeOver(waiting: ServiceWorker): void {
  asked = true;
  waiting.postMessage({ kind: "take-over" });
  window.setTimeout(() => window.location.reload(), patienceMs);
}

/** What was asked before there was a worker is asked once more, so that it is there without a line too. */
function warm(workers: ServiceWorkerContainer): void {
  const addresses = performance.getEntriesByType("resource").map(({ name }) => name);
  workers.controller?.postMessage({ kind: "warm", addresses: [...new Set(addresses)] });
}
