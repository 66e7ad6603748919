import { asked, within } from "./database.ts";

const lockName = "guatu-outbox-sender";
const leaseMs = 8000;
const renewMs = 3000;

interface Lease {
  readonly key: string;
  readonly holder: string;
  readonly until: number;
}

/**
 * Calls `lead` while this tab is the one that sends for the browser. With Web Locks that ends with the tab; without them (plain
 * http on an address that is not loopback) a lease in the database passes on within seconds. Returns the way to stop.
 */
export function whileLeading(lead: (leading: boolean) => void): () => void {
  const stop = new AbortController();
  if (navigator.locks)
    void navigator.locks
      .request(lockName, { signal: stop.signal }, () => {
        lead(true);
        return new Promise<void>((done) => stop.signal.addEventListener("abort", () => done()));
      })
      .catch(() => undefined);
  else keepLease(lead, stop.signal);
  return () => {
    lead(false);
    stop.abort();
  };
}

function keepLease(lead: (leading: boolean) => void, signal: AbortSignal): void {
  const holder = `${Math.random()}`;
  let leading = false;
  const renew = async () => {
    const mine = await takeLease(holder, Date.now()).catch(() => true);
    if (signal.aborted || mine === leading) return;
    leading = mine;
    lead(mine);
  };
  void renew();
  const timer = window.setInterval(() => void renew(), renewMs);
  signal.addEventListener("abort", () => window.clearInterval(timer));
}

/** A draft's store keeps it: one row more. */
const leaseKey = "outbox-lease";

const takeLease = (holder: string, now: number): Promise<boolean> =>
  within(["drafts"], "readwrite", async (store) => {
    const lease = await asked<Lease | undefined>(store("drafts").get(leaseKey));
    if (lease && lease.holder !== holder && lease.until > now && lease.until < now + 2 * leaseMs)
      return false;
    store("drafts").put({ key: leaseKey, holder, until: now + leaseMs } satisfies Lease);
    return true;
  });
