import type { ChangeOp } from "#data/domain/change.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Base } from "../editor/base.ts";
import { baseOn, entryOn, known, share, touched, versionsOf, withDependants } from "./chain.ts";
import type { Box, Claim, Done, EditPart, Entry } from "./entry.ts";
import { type Parted, part } from "./many.ts";

/** What a person did, before it has its place in the queue. */
export type NewEntry = Pick<
  Entry,
  | "id"
  | "account"
  | "kind"
  | "title"
  | "what"
  | "layer"
  | "subjects"
  | "changes"
  | "createdAt"
  | "tab"
  | "deed"
> &
  Partial<Pick<Entry, "reason" | "edit" | "photo" | "many" | "revert" | "was">> & {
    /** The entry whose result this edit was made on, or several; steps and lists build on all that waits for their places. */
    readonly on?: string | null | readonly string[];
    /** Must go first, though nothing is built on it. */
    readonly after?: readonly string[];
  };

export type BoxEvent =
  /** `replaces`: the refused entry that this one mends; it takes its place, and what waited for that waits for this. */
  | { readonly kind: "enqueue"; readonly entry: NewEntry; readonly replaces?: string | null }
  | { readonly kind: "claimed"; readonly id: string; readonly claim: Claim }
  | { readonly kind: "uploaded"; readonly id: string; readonly file: PhotoFile }
  /** Its bytes are fixed from here on. */
  | { readonly kind: "sent"; readonly id: string; readonly body: string }
  | { readonly kind: "acknowledged"; readonly id: string; readonly reply: ChangesReply; readonly at: number }
  | { readonly kind: "put-off"; readonly id: string; readonly problem: ProblemBody; readonly until: number }
  | { readonly kind: "refused" | "conflict"; readonly id: string; readonly problem: ProblemBody }
  /** The uploaded file is not there any more: from the beginning. */
  | { readonly kind: "file-lost"; readonly id: string }
  /** A colleague was faster and both changes go together: the same deed on the newer state. */
  | {
      readonly kind: "merged";
      readonly id: string;
      readonly changes: readonly ChangeOp[];
      readonly edit: EditPart | null;
    }
  /** The server told of each place of a list what would become of it, or some of them wait for what was not taken. */
  | ({ readonly kind: "parted"; readonly id: string } & Parted)
  | { readonly kind: "retry"; readonly ids: readonly string[] }
  | { readonly kind: "discard"; readonly ids: readonly string[] };

/** Acknowledgements are remembered for drafts that were begun on them; the oldest go. */
const doneKept = 200;

/** The queue after one event. Pure; entries that did not change stay the same objects. An event for what is gone does nothing. */
export function reduce(box: Box, event: BoxEvent): Box {
  switch (event.kind) {
    case "enqueue":
      return enqueue(box, event.entry, event.replaces ?? null);
    case "acknowledged":
      return acknowledge(box, event.id, event.reply, event.at);
    case "discard": {
      const gone = new Set(withDependants(box.entries, event.ids).map(({ id }) => id));
      return { ...box, entries: box.entries.filter(({ id }) => !gone.has(id)) };
    }
    case "retry":
      return {
        ...box,
        entries: box.entries.map((entry) => (event.ids.includes(entry.id) ? again(entry) : entry)),
      };
    case "claimed":
      return change(box, event.id, ({ photo }) => ({ photo: photo && { ...photo, claim: event.claim } }));
    case "uploaded":
      return change(box, event.id, ({ photo }) => ({
        photo: photo && { ...photo, file: event.file },
      }));
    case "file-lost":
      return change(box, event.id, ({ photo, attempts }) => ({
        photo: photo && { ...photo, file: null },
        body: null,
        attempts: attempts + 1,
      }));
    case "sent":
      return change(box, event.id, () => ({ body: event.body }));
    case "put-off":
      return change(box, event.id, ({ attempts }) => ({
        problem: event.problem,
        attempts: attempts + 1,
        notBefore: event.until,
      }));
    case "refused":
    case "conflict":
      // A definite answer: nothing of it was stored, so what goes out next may be another body.
      return change(box, event.id, () => ({ state: event.kind, problem: event.problem, body: null }));
    case "merged":
      return change(box, event.id, ({ merges }) => ({
        changes: event.changes,
        edit: event.edit,
        body: null,
        merges: merges + 1,
      }));
    case "parted":
      return { ...box, entries: part(box.entries, event.id, event) };
  }
}

const change = (box: Box, id: string, by: (entry: Entry) => Partial<Entry>): Box => ({
  ...box,
  entries: box.entries.map((entry) => (entry.id === id ? { ...entry, ...by(entry) } : entry)),
});

function again(entry: Entry): Entry {
  // Asked for by a person who has read that the task moved on: its own rule decides, not the version seen then.
  const changes =
    entry.kind === "step" && entry.state !== "waiting"
      ? entry.changes.map((op) => (op.op === "task" ? { ...op, base: undefined } : op))
      : entry.changes;
  return { ...entry, changes, state: "waiting", problem: null, attempts: 0, notBefore: 0 };
}

function enqueue(box: Box, order: NewEntry, replaces: string | null): Box {
  const asked = { ...order, subjects: touched(order.subjects, order.changes) };
  const old = box.entries.find(({ id }) => id === replaces);
  const { on: builtOn = null, after: alsoAfter = [], ...rest } = asked;
  const builtOns = typeof builtOn === "string" ? [builtOn] : (builtOn ?? []);
  const before = box.entries.filter(
    (entry) => entry.account === asked.account && entry !== old && (!old || entry.order < old.order),
  );
  const same = before.filter((entry) => share(entry, asked));
  const built = before.filter(({ id }) => builtOns.includes(id));
  const creates = same.filter((entry) => entry.changes.some((op) => op.op === "create"));
  const deeds = same.filter(({ kind }) => kind !== "photo");
  const needs = { edit: built, step: same, photo: creates, many: deeds, revert: [] }[asked.kind];
  const on = asked.kind === "step" || asked.kind === "many" ? deeds : built;
  const also = before.filter(({ id }) => alsoAfter.includes(id));
  const made: Entry = {
    ...rest,
    order: old?.order ?? 1 + Math.max(0, ...[...box.entries, ...box.done].map(({ order }) => order)),
    after: [...new Set([...needs, ...also].map(({ id }) => id))],
    on: on.map(({ id }) => id),
    body: null,
    edit: asked.edit ?? null,
    photo: asked.photo ?? null,
    state: "waiting",
    problem: null,
    attempts: 0,
    notBefore: 0,
    merges: 0,
  };
  // What it was made on may have been acknowledged since.
  let entry = made;
  for (const stored of box.done)
    if (builtOns.includes(stored.id))
      entry = entryOn({ ...entry, subjects: known(entry.subjects, stored) }, stored);
  const points = (ids: readonly string[]) => ids.map((id) => (id === old?.id ? entry.id : id));
  const others = box.entries
    .filter((each) => each !== old)
    .map((each) =>
      old && each.after.includes(old.id) ? { ...each, after: points(each.after), on: points(each.on) } : each,
    );
  return { ...box, entries: [...others, entry].sort((a, b) => a.order - b.order) };
}

function acknowledge(box: Box, id: string, reply: ChangesReply, at: number): Box {
  const entry = box.entries.find((each) => each.id === id);
  if (!entry) return box;
  const versions = versionsOf(reply);
  const { order, account, kind, title, what, merges, tab, deed, revert } = entry;
  const { seq, followed } = reply;
  const done: Done = {
    ...{ id, order, account, kind, title, what, merges, tab, deed, at, seq },
    ...(followed !== undefined && { followed }),
    ...(revert && { revert }),
    ...versions,
  };
  const entries = box.entries
    .filter((each) => each !== entry)
    .map((each) => {
      const subjects = known(each.subjects, versions);
      const waited = each.after.includes(id);
      if (!waited && subjects === each.subjects) return each;
      const freed = {
        ...each,
        subjects,
        after: each.after.filter((other) => other !== id),
        on: each.on.filter((other) => other !== id),
      };
      return each.on.includes(id) ? entryOn(freed, versions) : freed;
    });
  return { entries, done: [done, ...box.done].slice(0, doneKept) };
}

/** The base of a draft that was begun on an unsent entry: with its versions, if that was acknowledged since. */
export function settledBase(box: Box, base: Base): Base {
  const stored = box.done.find(({ id }) => id === base.pending);
  return stored ? baseOn(base, stored) : base;
}
