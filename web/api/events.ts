import type { PresenceAnswer } from "#data/domain/presence.ts";
import type { ChangeEvent } from "#data/domain/wire/live.ts";
import { useSession } from "./session.ts";

/** What every tab hears, whichever of them holds the connection. */
type FeedMessage =
  | { readonly kind: "changes"; readonly seq: number; readonly changes: readonly ChangeEvent[] }
  /** Too much was missed: ask for everything again. */
  | { readonly kind: "resync" }
  /** Who has a place open that some tab of this browser has open too. */
  | { readonly kind: "presence"; readonly presence: PresenceAnswer }
  | { readonly kind: "signed-out" }
  | { readonly kind: "link"; readonly up: boolean };

type Listener = (message: FeedMessage) => void;

const channelName = "guatu-feed";
const lockName = "guatu-feed-leader";
/** Changes that arrive within this time are told together: a batch of 2,000 is one refresh. */
const gatherMs = 150;
const reopenMs = 5000;

/**
 * One EventSource a browser: the tab that holds the Web Lock listens and tells the others (HTTP/1.1 allows six connections a host).
 * Returns the way to stop. Without Web Locks (plain http on an address that is not loopback) each tab listens for itself.
 */
export function listenToFeed(listener: Listener): () => void {
  const channel = new BroadcastChannel(channelName);
  const stop = new AbortController();
  channel.onmessage = ({ data }: MessageEvent<FeedMessage>) => listener(data);
  const tell: Listener = (message) => {
    listener(message);
    if (!stop.signal.aborted) channel.postMessage(message);
  };
  const lead = () => new Promise<void>((done) => openSource(tell, stop.signal, done));
  if (navigator.locks)
    void navigator.locks.request(lockName, { signal: stop.signal }, lead).catch(() => undefined);
  else void lead();
  return () => {
    stop.abort();
    channel.close();
  };
}

function openSource(tell: Listener, signal: AbortSignal, done: () => void): void {
  let gathered: ChangeEvent[] = [];
  let seq = 0;
  let timer: number | undefined;
  let again: number | undefined;
  let source: EventSource;
  const flush = () => {
    timer = undefined;
    tell({ kind: "changes", seq, changes: gathered });
    gathered = [];
  };
  const hear = (changes: readonly ChangeEvent[], id: string) => {
    gathered.push(...changes);
    seq = Number(id);
    timer ??= window.setTimeout(flush, gatherMs);
  };
  const open = () => {
    const since = useSession.getState().seq;
    source = new EventSource(since > 0 ? `/api/events?since=${since}` : "/api/events");
    source.onopen = () => tell({ kind: "link", up: true });
    source.onerror = () => {
      tell({ kind: "link", up: false });
      // A lost line the browser mends by itself; after an answer that is no stream (503 while restarting) it gives up.
      if (source.readyState === EventSource.CLOSED) again = window.setTimeout(open, reopenMs);
    };
    // The event's id is the changeset's number, its data the changes of it that this reader may see.
    source.addEventListener("change", ({ data, lastEventId }: MessageEvent<string>) =>
      hear(JSON.parse(data), lastEventId),
    );
    // Something in a 限定 layer: nothing to show one by one, but the counts are new.
    source.addEventListener("counts", ({ lastEventId }: MessageEvent<string>) => hear([], lastEventId));
    source.addEventListener("presence", ({ data }: MessageEvent<string>) =>
      tell({ kind: "presence", presence: JSON.parse(data) }),
    );
    source.addEventListener("resync", () => tell({ kind: "resync" }));
    source.addEventListener("signed-out", () => tell({ kind: "signed-out" }));
  };
  open();
  signal.addEventListener("abort", () => {
    window.clearTimeout(timer);
    window.clearTimeout(again);
    source.close();
    done();
  });
}
