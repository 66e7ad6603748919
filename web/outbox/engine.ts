import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import { type PhotoPhase, photoLimits } from "#data/domain/photo.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ProblemBody, SessionAnswer } from "#data/domain/wire/session.ts";
import { layerById } from "#data/layers/registry.ts";
import { send, serverSkew } from "../api/client.ts";
import { useLive } from "../api/live.ts";
import { queryClient } from "../api/queries.ts";
import { useSession } from "../api/session.ts";
import { uuid4 } from "../editor/uid.ts";
import { claimOf } from "../photos/claim.ts";
import { type Deed, moved } from "../session/journal.ts";
import { deedOf } from "../session/names.ts";
import { keepJournal, ownJournal, recordDeed } from "../session/record.ts";
import { withDependants } from "./chain.ts";
import type { Box, Done, EditPart, Entry, ManyPart, RevertPart, Subject } from "./entry.ts";
import { KeptOutbox } from "./kept.ts";
import { whileLeading } from "./leader.ts";
import { mergeOnto } from "./merging.ts";
import { isBehind } from "./plan.ts";
import type { BoxEvent, NewEntry } from "./queue.ts";
import { Sender, type SenderNews } from "./sender.ts";
import { useOutbox } from "./state.ts";
import { transport } from "./transport.ts";

/** How a queued deed ended, as far as the one who waits for it must know. */
export type Outcome =
  | { readonly kind: "acknowledged"; readonly done: Done }
  | { readonly kind: "refused" | "conflict"; readonly problem: ProblemBody }
  /** It is safe and goes by itself, later: no line, or others before it. */
  | { readonly kind: "queued"; readonly problem: ProblemBody | null };

export interface Queued {
  readonly id: string;
  readonly outcome: Promise<Outcome>;
}

/** One deed of a person, to be sent as one list of changes. */
export interface ChangeOrder {
  readonly kind?: "edit" | "step" | "many";
  /** The named thing and what was done: 新风路招牌, 转待核查. */
  readonly title: string;
  readonly what: string;
  readonly layer: string | null;
  /** The place by number, by uid, or both. */
  readonly subjects: readonly Subject[];
  readonly changes: readonly ChangeOp[];
  readonly reason?: string | null;
  readonly edit?: EditPart | null;
  readonly many?: ManyPart;
  /** The shape of the place that it deletes. */
  readonly was?: Geometry;
  /** The entry whose result it was made on, or several. */
  readonly on?: string | null | readonly string[];
  /** The refused entry that it mends. */
  readonly replaces?: string | null;
  readonly after?: readonly string[];
  readonly dropDraft?: string;
  /** Its name as a step of the session, where the changes do not give it. */
  readonly deed?: Omit<Deed, "seq">;
}

/** Stored changesets to be taken back, as one deed. */
export interface RevertOrder {
  readonly title: string;
  readonly what: string;
  readonly reason: string;
  readonly revert: RevertPart;
  /** Its name as a step of the session. */
  readonly name: string;
  /** The places it changes, as far as they are known. */
  readonly subjects: readonly Subject[];
  readonly replaces?: string | null;
}

/** Whose evidence photos are to be. */
export interface PhotoOrder {
  readonly title: string;
  readonly layer: string | null;
  readonly subjects: readonly Subject[];
  readonly target: number;
  readonly phase: PhotoPhase;
}

type Message =
  | { readonly kind: "changed"; readonly event: BoxEvent }
  /** A person has just done something: reason enough to try the line. */
  | { readonly kind: "wake" }
  | { readonly kind: "news"; readonly news: SenderNews };

const channelName = "guatu-outbox";
const tabKey = "guatu-tab";
/** A device that will not say where it is: the photo is filed without. */
const claimMs = 9000;

const store = new KeptOutbox();
let channel: BroadcastChannel | null = null;
let leading = false;

const accountNow = (): string | null => useSession.getState().session?.who.account ?? null;

const sender = new Sender({
  store,
  transport,
  // A session from this machine's own shelf has no number to write with: it is asked for first.
  account: () => (useSession.getState().session?.csrf && navigator.onLine !== false ? accountNow() : null),
  mine: (entry) => leading || !store.safe(entry),
  merge: async (entry) => {
    const feature = entry.edit?.base.feature;
    if (!feature) return { kind: "refused" };
    return mergeOnto(entry, await send<FeatureView>(`/api/features/${feature}/view`), Date.now());
  },
  now: Date.now,
  chance: Math.random,
  later: (ms) => {
    const timer = window.setTimeout(() => sender.wake(), ms);
    return () => window.clearTimeout(timer);
  },
  told: (news) => {
    hear(news);
    if (news.kind === "changed") post({ kind: "changed", event: news.event });
    else post({ kind: "news", news });
    if (news.kind === "signed-out") void askSession();
  },
});

const post = (message: Message) => channel?.postMessage(message);

/** Sends for whoever is signed in, as long as the page is open. Returns the way to stop. */
export function runOutbox(): () => void {
  channel = new BroadcastChannel(channelName);
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (data.kind === "wake") sender.wake({ hopeful: true });
    else if (data.kind === "news") hear(data.news);
    else void changed(data.event);
  };
  const stopLeading = whileLeading((now) => {
    leading = now;
    if (now) sender.wake();
  });
  const hope = () => {
    if (document.visibilityState === "hidden") return;
    void askSession().then(() => sender.wake({ hopeful: true }));
  };
  window.addEventListener("online", hope);
  document.addEventListener("visibilitychange", hope);
  const stopLive = useLive.subscribe((state, before) => {
    if (state.up && !before.up) hope();
  });
  const stopSession = useSession.subscribe(({ session }, before) => {
    if (session?.who.account !== before.session?.who.account) void refresh();
    if (session?.csrf && session.csrf !== before.session?.csrf) sender.wake({ hopeful: true });
  });
  void refresh().then(() => askSession());
  return () => {
    stopLeading();
    stopLive();
    stopSession();
    window.removeEventListener("online", hope);
    document.removeEventListener("visibilitychange", hope);
    channel?.close();
    channel = null;
  };
}

/** A page that opened without a line has no number to write with; another tab may have signed in anew. */
async function askSession(): Promise<void> {
  const { session } = useSession.getState();
  if (!session || (session.csrf !== "" && useOutbox.getState().entries.length === 0)) return;
  const answer = await send<SessionAnswer>("/api/session").catch(() => null);
  if (answer?.csrf && answer.csrf !== useSession.getState().session?.csrf) useSession.getState().set(answer);
}

function hear(news: SenderNews): void {
  const { sending } = useOutbox.getState();
  if (news.kind === "sending") useOutbox.setState({ sending: { ...sending, [news.id]: news.part } });
  else if (news.kind === "rest") {
    const { [news.id]: _, ...rest } = sending;
    useOutbox.setState({ sending: rest });
  } else if (news.kind === "away") useOutbox.setState({ away: { until: news.until, problem: news.problem } });
  else if (news.kind === "through") useOutbox.setState({ away: null });
  else if (news.kind === "changed") void changed(news.event);
}

async function changed(event: BoxEvent): Promise<void> {
  await refresh();
  if (event.kind !== "acknowledged") return;
  const { seq } = event.reply;
  const done = useOutbox.getState().done.find(({ id }) => id === event.id);
  if (done?.tab === tabId() && seq > 0) recordDone(done);
  useSession.getState().saw(seq);
  void queryClient.invalidateQueries();
}

/** A step of this tab's session that can be taken back, or one that just was. */
function recordDone({ seq, deed, revert }: Done): void {
  if (revert?.way) keepJournal(moved(ownJournal(), revert.way, seq, revert.of));
  else recordDeed({ seq, ...deed });
}

async function refresh(): Promise<void> {
  show(await store.read());
}

const openedAt = Date.now();

function show({ entries, done }: Box): void {
  const account = accountNow();
  const own = entries.filter((entry) => entry.account === account);
  useOutbox.setState({
    entries: own,
    done: done.filter((each) => each.account === account && each.at >= openedAt),
    loose: new Set(own.filter((entry) => !store.safe(entry)).map(({ id }) => id)),
  });
}

async function apply(event: BoxEvent, beside?: Parameters<KeptOutbox["apply"]>[1]): Promise<void> {
  show(await store.apply(event, beside));
  post({ kind: "changed", event });
  sender.wake({ hopeful: true });
  post({ kind: "wake" });
}

const photoDeed = { name: "上传照片", stuck: "照片请在“证据”里撤下" };

let tab: string | null = null;

/** Of this tab, the same after a reload. */
function tabId(): string {
  try {
    tab ??= sessionStorage.getItem(tabKey);
    if (tab === null) sessionStorage.setItem(tabKey, uuid4());
    tab ??= sessionStorage.getItem(tabKey);
  } catch {
    // No shelf: a reload is another tab.
  }
  tab ??= uuid4();
  return tab;
}

function signedIn(): string {
  const account = accountNow();
  if (account === null) throw new Error("nobody is signed in");
  return account;
}

/** Queues one deed; it is on disk when this resolves. `outcome` tells how it ended. */
export async function enqueueChange(order: ChangeOrder): Promise<Queued> {
  const { kind = "edit", replaces, dropDraft, reason, deed, ...rest } = order;
  const named = () =>
    deedOf(order.changes, {
      title: order.title,
      layer: order.layer === null ? undefined : layerById(order.layer),
    });
  const entry = { ...rest, kind, deed: deed ?? named(), ...(reason ? { reason } : {}) };
  return enqueue(entry, replaces, dropDraft);
}

/** Queues the taking back of stored changesets. */
export const enqueueRevert = ({ name, replaces, ...order }: RevertOrder): Promise<Queued> =>
  enqueue({ ...order, kind: "revert", layer: null, changes: [], deed: { name } }, replaces);

async function enqueue(
  order: Omit<NewEntry, "id" | "account" | "tab" | "createdAt">,
  replaces?: string | null,
  dropDraft?: string,
): Promise<Queued> {
  const id = uuid4();
  const entry = { ...order, id, account: signedIn(), tab: tabId(), createdAt: Date.now() };
  const outcome = outcomeOf(id);
  void navigator.storage?.persist?.().catch(() => undefined);
  await apply(
    { kind: "enqueue", entry, replaces: replaces ?? null },
    dropDraft === undefined ? {} : { dropDraft },
  );
  return { id, outcome };
}

/** Queues picked files, at most 20 at once; each is on disk when this resolves. `leftOut`: how many were too many. */
export async function enqueuePhotos(
  order: PhotoOrder,
  files: readonly File[],
): Promise<{ readonly queued: readonly Queued[]; readonly leftOut: number }> {
  const taken = files.slice(0, photoLimits.atOnce);
  const queued: Queued[] = [];
  const { target, phase, ...rest } = order;
  for (const file of taken) {
    const id = uuid4();
    const now = Date.now();
    const outcome = outcomeOf(id);
    const tooBig = file.size > photoLimits.bytes;
    const photo = {
      target,
      phase,
      name: file.name,
      bytes: file.size,
      file: null,
      claim: null,
      claimBy: now + claimMs,
    };
    const who = { account: signedIn(), tab: tabId(), deed: photoDeed };
    const entry = { ...rest, ...who, id, kind: "photo" as const, what: `照片 ${photo.name}` };
    await apply(
      { kind: "enqueue", entry: { ...entry, changes: [], createdAt: now, photo } },
      // What no server takes is not copied to this machine's shelf either.
      tooBig ? undefined : { file: { id, blob: file } },
    );
    if (tooBig) await apply({ kind: "refused", id, problem: tooLarge(file) });
    else void claimOf(file, now, serverSkew()).then((claim) => apply({ kind: "claimed", id, claim }));
    queued.push({ id, outcome });
  }
  return { queued, leftOut: files.length - taken.length };
}

const tooLarge = ({ size }: File): ProblemBody => ({
  type: "about:blank",
  title: "照片太大",
  status: 413,
  code: "too-large",
  request: "",
  detail: `这张照片有 ${Math.ceil(size / 1024 / 1024)} MB，至多 ${photoLimits.bytes / 1024 / 1024} MB。改用普通分辨率重拍，或压缩后再传。`,
});

/** Follows one entry until it is answered, or until it is plain that it has to wait. */
function outcomeOf(id: string): Promise<Outcome> {
  return new Promise((resolve) => {
    let seen = false;
    const { away: awayBefore } = useOutbox.getState();
    const look = () => {
      const { entries, done, sending, away } = useOutbox.getState();
      const stored = done.find((each) => each.id === id);
      if (stored) return end({ kind: "acknowledged", done: stored });
      const entry = entries.find((each) => each.id === id);
      if (!entry) return seen ? end({ kind: "queued", problem: null }) : undefined;
      seen = true;
      if (entry.state !== "waiting") return end({ kind: entry.state, problem: entry.problem! });
      const cutOff = away !== null && away !== awayBefore;
      const stuck = navigator.onLine === false || cutOff || entry.problem !== null;
      if (!(id in sending) && (stuck || isBehind({ entries, done: [] }, entry)))
        end({ kind: "queued", problem: entry.problem });
    };
    const stop = useOutbox.subscribe(look);
    const end = (outcome: Outcome) => {
      stop();
      resolve(outcome);
    };
  });
}

export const retry = (ids: readonly string[]): Promise<void> => {
  useOutbox.setState({ away: null });
  return apply({ kind: "retry", ids });
};

/** Takes entries out unsent, with all that builds on them. */
export const discard = (ids: readonly string[]): Promise<void> => apply({ kind: "discard", ids });

/** What would go with them. */
export const alsoDiscarded = (id: string): readonly Entry[] =>
  withDependants(useOutbox.getState().entries, [id]).filter((entry) => entry.id !== id);

export const pictureOf = (id: string): Promise<Blob | null> => store.file(id);

/** All that is kept, also of others: for drafts that were begun on what is acknowledged since. */
export const readBox = (): Promise<Box> => store.read();
