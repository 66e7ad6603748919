import { randomUUID } from "node:crypto";
import type { ChangeOp } from "#data/domain/change.ts";
import type { ChangesPreview } from "#data/domain/preview.ts";
import type { FeatureView, PhotoFile } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { layerById } from "#data/layers/registry.ts";
import type { Caller } from "#tests/support/api.ts";
import { offlineProblem, ProblemError } from "#web/api/problem.ts";
import { type Base, baseOf, changesOf, newBase, subjectsOf } from "#web/editor/base.ts";
import type { Doc } from "#web/editor/document.ts";
import { fresh } from "#web/editor/steps.ts";
import { pendingOf, share } from "#web/outbox/chain.ts";
import { type Box, type Done, type Entry, emptyBox } from "#web/outbox/entry.ts";
import { mergeOnto } from "#web/outbox/merging.ts";
import { type BoxEvent, type NewEntry, reduce } from "#web/outbox/queue.ts";
import { Sender } from "#web/outbox/sender.ts";
import type { Beside, OutboxStore } from "#web/outbox/store.ts";

/** What happens to the next request: nothing, it never arrives, its answer never comes, or the browser dies meanwhile. */
export type Line = "up" | "lost request" | "lost answer" | "browser dies" | "busy" | "hotel";

/** A disk that outlives its browser: whole steps only. Remembers how entries left it. */
class Disk {
  box: Box = emptyBox;
  readonly files = new Map<string, Blob>();
  readonly left: { entry: Entry; by: BoxEvent }[] = [];
  /** What each entry had to wait for when it was made, and which were ever refused. */
  readonly after = new Map<string, readonly string[]>();
  readonly stopped = new Set<string>();

  apply(event: BoxEvent, { file }: Beside): Box {
    const before = this.box;
    this.box = structuredClone(reduce(before, event));
    const now = new Set(this.box.entries.map(({ id }) => id));
    for (const entry of before.entries)
      if (!now.has(entry.id)) {
        this.left.push({ entry, by: event });
        this.files.delete(entry.id);
      }
    for (const { id, after, state } of this.box.entries) {
      if (!this.after.has(id)) this.after.set(id, after);
      if (state !== "waiting") this.stopped.add(id);
    }
    if (file) this.files.set(file.id, file.blob);
    return this.box;
  }
}

const never = new Promise<never>(() => undefined);

/** The store as one run of the browser sees it: when that has died nothing is written any more. */
class DiskStore implements OutboxStore {
  alive = true;
  readonly #disk: Disk;

  constructor(disk: Disk) {
    this.#disk = disk;
  }
  async read(): Promise<Box> {
    return this.alive ? structuredClone(this.#disk.box) : never;
  }
  async apply(event: BoxEvent, beside: Beside = {}): Promise<Box> {
    return this.alive ? this.#disk.apply(event, beside) : never;
  }
  async file(id: string): Promise<Blob | null> {
    return this.#disk.files.get(id) ?? null;
  }
  safe(): boolean {
    return true;
  }
}

const layer = layerById("finding")!;

/** One clerk at one browser, whose line and machine fail as they are told. */
export class Clerk {
  readonly account: string;
  readonly #caller: () => Caller;
  readonly #disk = new Disk();
  #store = new DiskStore(this.#disk);
  #sender = this.#start();
  /** Fates of the coming requests. */
  lines: Line[] = [];
  now = Date.UTC(2025, 8, 15, 1);
  #died: () => void = () => undefined;
  /** What this browser read last of each place. */
  readonly #read = new Map<number, Base>();

  constructor(account: string, caller: () => Caller) {
    this.account = account;
    this.#caller = caller;
  }

  get entries(): readonly Entry[] {
    return this.#disk.box.entries;
  }
  get done(): readonly Done[] {
    return this.#disk.box.done;
  }
  /** Entries that are no more in the queue, and the event that took them out. */
  get left() {
    return this.#disk.left;
  }
  /** Must `earlier` have been stored before `later`? Unless it was refused and asked for again, and the later one did not need it. */
  ordered(earlier: Entry, later: Entry): boolean {
    if (earlier.order >= later.order || !share(earlier, later)) return false;
    return this.#disk.after.get(later.id)?.includes(earlier.id) || !this.#disk.stopped.has(earlier.id);
  }

  #start(): Sender {
    const store = this.#store;
    return new Sender({
      store,
      transport: {
        write: (address, body, key) => this.#send<ChangesReply>(address, body, { "idempotency-key": key }),
        judge: async (changes, reason) => {
          const body = JSON.stringify({ changes, ...(reason ? { reason } : {}), dryRun: true });
          return (await this.#send<ChangesPreview>("/api/changes", body, {})).outcomes;
        },
        upload: (file) =>
          this.#send<PhotoFile>("/api/photos", file, { "content-type": "application/octet-stream" }),
        skew: () => 0,
      },
      account: () => this.account,
      mine: () => true,
      merge: async (entry) => {
        const feature = entry.edit?.base.feature;
        if (!feature) return { kind: "refused" };
        return mergeOnto(entry, await this.#get<FeatureView>(`/api/features/${feature}/view`), this.now);
      },
      now: () => this.now,
      chance: () => 0.5,
      later: () => () => undefined,
      told: () => undefined,
    });
  }

  /** The browser is killed and opened again. */
  restart(): void {
    this.#died();
    this.#store.alive = false;
    this.#sender.stop();
    this.#store = new DiskStore(this.#disk);
    this.#sender = this.#start();
  }

  /** Time passes, and whatever can be sent is sent. */
  async send(): Promise<void> {
    this.now += 25_000;
    const dead = new Promise<void>((died) => {
      this.#died = died;
    });
    this.#sender.wake({ hopeful: true });
    await Promise.race([this.#sender.idle(), dead]);
  }

  /** A place as this browser knows it: what is unsent on top of what was read last. */
  async #open(feature: number | string): Promise<Base | null> {
    const pending = pendingOf(this.entries, this.account, [feature]).filter(({ edit }) => edit);
    const last = pending.at(-1);
    if (last?.edit) return { ...last.edit.base, doc: last.edit.sketch.doc, pending: last.id };
    const id =
      typeof feature === "number"
        ? feature
        : this.done.flatMap(({ features }) => features).find(({ uid }) => uid === feature)?.id;
    if (id === undefined) return null;
    const view = await this.#get<FeatureView>(`/api/features/${id}/view`).catch(() => null);
    if (view) this.#read.set(id, baseOf(view));
    return this.#read.get(id) ?? null;
  }

  /** A place as the server told it last, whatever of mine waits for it. */
  async #look(feature: number): Promise<Base | null> {
    const view = await this.#get<FeatureView>(`/api/features/${feature}/view`).catch(() => null);
    if (view) this.#read.set(feature, baseOf(view));
    return this.#read.get(feature) ?? null;
  }

  async create(uid: string, name: string): Promise<void> {
    const base = newBase(uid);
    const attrs = { name, category: "exposed_waste", place: "roadside", found_on: "2025-09-01" };
    const geometry = { type: "Point" as const, coordinates: [121.05, 31.11] };
    await this.#keep(base, { ...base.doc, attrs, geometry });
  }

  async write(feature: number | string, field: "remark" | "managed_by", value: string): Promise<void> {
    const base = await this.#open(feature);
    if (base) await this.#keep(base, { ...base.doc, attrs: { ...base.doc.attrs, [field]: value } });
  }

  /** Out of the own town: refused for good. */
  async moveAway(feature: number | string): Promise<void> {
    const base = await this.#open(feature);
    const geometry = { type: "Point" as const, coordinates: [121.27, 31.18] };
    if (base) await this.#keep(base, { ...base.doc, geometry });
  }

  /** One change of many places, some of which may be another town's. */
  async writeAll(features: readonly number[], value: string): Promise<void> {
    const rows = await Promise.all(features.map((feature) => this.#look(feature)));
    const parts = rows.flatMap((base) =>
      base?.feature
        ? [{ op: "patch" as const, feature: base.feature, base: base.version, set: { remark: value } }]
        : [],
    );
    if (parts.length === 0) return;
    const members = parts.map(({ feature }) => ({
      id: feature,
      layer: layer.id,
      name: String(feature),
      ops: 1,
    }));
    const spec = { layer: null, fields: [], task: {} };
    await this.#enqueue({
      kind: "many",
      subjects: members.map(({ id }) => id),
      changes: parts,
      many: { name: "批量修改", members, form: { kind: "bulk", spec } },
    });
  }

  /** A place and its neighbour as one edit; the one is open, the other goes along. */
  async writeBoth(feature: number, other: number, value: string): Promise<void> {
    const [base, along] = [await this.#open(feature), await this.#look(other)];
    if (!base || !along?.feature || !along.doc.geometry) return;
    const spot = { type: "Point" as const, coordinates: [121.05 + (this.now % 997) / 1e6, 31.11] };
    const beside = { feature: along.feature, version: along.version, name: "邻", geometry: spot };
    await this.#keep(base, { ...base.doc, attrs: { ...base.doc.attrs, remark: value }, along: [beside] });
  }

  /** Takes the last acknowledged deed back. */
  async takeBack(): Promise<void> {
    const last = this.done.find(({ kind, seq }) => (kind === "edit" || kind === "many") && seq > 0);
    if (last)
      await this.#enqueue({
        kind: "revert",
        subjects: [],
        changes: [],
        reason: "撤销",
        revert: { seqs: [last.seq], way: "undo", of: last.seq },
      });
  }

  async start(feature: number): Promise<void> {
    const op: ChangeOp = { op: "task", task: { feature, target: 1 }, progress: 10, note: randomUUID() };
    await this.#enqueue({ kind: "step", subjects: [feature], changes: [op] });
  }

  async photograph(feature: number | string, bytes: Buffer): Promise<void> {
    const id = randomUUID();
    const photo = {
      target: 1,
      phase: "before" as const,
      name: "a.jpg",
      bytes: bytes.length,
      file: null,
      claim: {},
      claimBy: 0,
    };
    const uid = typeof feature === "string" ? feature : null;
    const known = uid
      ? this.done.flatMap(({ features }) => features).find((each) => each.uid === uid)?.id
      : undefined;
    await this.#enqueue(
      { id, kind: "photo", subjects: known ? [known, feature] : [feature], changes: [], photo },
      { file: { id, blob: new Blob([new Uint8Array(bytes)]) } },
    );
  }

  /** Gives up or asks again, as a person would, for what was not taken. */
  async tidy(way: "discard" | "retry"): Promise<void> {
    const ids = this.entries.filter(({ state }) => state !== "waiting").map(({ id }) => id);
    if (ids.length > 0) await this.#store.apply({ kind: way, ids });
  }

  async #keep(base: Base, doc: Doc): Promise<void> {
    const changes = changesOf(layer, base, doc);
    if (changes.length === 0) return;
    await this.#enqueue({
      kind: "edit",
      subjects: subjectsOf(base),
      changes,
      edit: { layer: layer.id, base, sketch: fresh(doc) },
      on: base.pending ?? null,
    });
  }

  async #enqueue(
    made: Partial<NewEntry> & Pick<NewEntry, "kind" | "subjects" | "changes">,
    beside: Beside = {},
  ): Promise<void> {
    const { on, ...rest } = made;
    const told = { account: this.account, title: "一处", what: "改", layer: layer.id, tab: "t" };
    const entry = { id: randomUUID(), ...rest, ...told, deed: { name: "改" }, createdAt: this.now, on };
    await this.#store.apply({ kind: "enqueue", entry }, beside);
  }

  async #send<T>(path: string, body: string | Blob, headers: Record<string, string>): Promise<T> {
    const line = this.lines.shift() ?? "up";
    const store = this.#store;
    if (line === "lost request") throw offlineProblem();
    if (line === "busy") throw new ProblemError(problem(503, "unavailable"), 1);
    if (line === "hotel") throw new ProblemError(problem(403, "no-problem-body"));
    const answer = await this.#caller().ask(path, { method: "POST", body, headers });
    if (line === "lost answer") throw offlineProblem();
    if (line === "browser dies") {
      // Its next run begins from what is on disk; the answer reaches nobody.
      if (store.alive) this.restart();
      throw offlineProblem();
    }
    if (answer.status >= 400) throw new ProblemError(answer.body as ProblemBody);
    return answer.body as T;
  }

  async #get<T>(path: string): Promise<T> {
    const answer = await this.#caller().ask<T>(path);
    if (answer.status >= 400) throw new ProblemError(answer.body as ProblemBody);
    return answer.body;
  }
}

const problem = (status: number, code: string): ProblemBody => ({
  type: "about:blank",
  title: code,
  status,
  code,
  request: "",
});
