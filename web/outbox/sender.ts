import type { ChangeOp } from "#data/domain/change.ts";
import type { OpOutcome } from "#data/domain/preview.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { asProblem } from "../api/problem.ts";
import { uuid4 } from "../editor/uid.ts";
import type { Claim, EditPart, Entry, PhotoPart } from "./entry.ts";
import { heldBack, mayPart, sorted } from "./many.ts";
import {
  addressOf,
  bodyOf,
  isDue,
  nextChange,
  nextTime,
  nextUpload,
  partlyHeld,
  verdictOf,
  waitOf,
} from "./plan.ts";
import type { BoxEvent } from "./queue.ts";
import type { OutboxStore } from "./store.ts";

/** Requests; they throw ProblemError. */
export interface Transport {
  write(address: string, body: string, key: string): Promise<ChangesReply>;
  /** What would become of each op; writes nothing. */
  judge(changes: readonly ChangeOp[], reason: string | undefined): Promise<readonly OpOutcome[]>;
  upload(file: Blob, onPart: (part: number) => void): Promise<PhotoFile>;
  /** Server's clock minus the device's, ms, as far as the last answer told. */
  skew(): number;
}

/** What to do with an edit that a colleague's overtook. */
export type MergeResult =
  | { readonly kind: "again"; readonly changes: readonly ChangeOp[]; readonly edit: EditPart | null }
  /** They stored the same: nothing is left to send. */
  | { readonly kind: "stored"; readonly feature: number; readonly uid: string; readonly version: number }
  | { readonly kind: "conflict" }
  | { readonly kind: "refused"; readonly problem?: ProblemBody };

export interface SenderParts {
  readonly store: OutboxStore;
  readonly transport: Transport;
  /** The account that is signed in; what others left waits for them. */
  account(): string | null;
  /** Is it this page's to send? */
  mine(entry: Entry): boolean;
  merge(entry: Entry): Promise<MergeResult>;
  now(): number;
  chance(): number;
  /** Calls `wake` again after `ms`; returns the way to call it off. */
  later(ms: number): () => void;
  told(news: SenderNews): void;
}

export type SenderNews =
  | { readonly kind: "sending"; readonly id: string; readonly part: number | null }
  | { readonly kind: "rest"; readonly id: string }
  | { readonly kind: "away"; readonly until: number; readonly problem: ProblemBody }
  | { readonly kind: "through" }
  | { readonly kind: "signed-out" }
  | { readonly kind: "changed"; readonly event: BoxEvent };

const uploadsAtOnce = 2;
const storeAgainMs = 5000;
/** A colleague who saves again and again must not keep us merging for ever. */
const mostMerges = 4;

/**
 * Sends what waits: lists of changes one at a time and in order, files beside them. An entry leaves the queue by its
 * acknowledgement only; sent again it has the same bytes and the same key.
 */
export class Sender {
  readonly #parts: SenderParts;
  readonly #uploading = new Set<string>();
  #changing: Promise<void> | null = null;
  #uploads = new Set<Promise<void>>();
  #asked = false;
  #awayUntil = 0;
  #failures = 0;
  #stopped = false;
  #callOff: () => void = () => undefined;

  constructor(parts: SenderParts) {
    this.#parts = parts;
  }

  /** Looks whether something can go. `hopeful`: the line may be back, so waiting for it ends now. */
  wake({ hopeful = false } = {}): void {
    if (this.#stopped) return;
    if (hopeful) this.#awayUntil = 0;
    this.#asked = true;
    // The browser may refuse to write for a moment: what is on disk is still true, so it is looked at again.
    this.#changing ??= this.#run()
      .catch(() => this.#sleepUntil(this.#parts.now() + storeAgainMs))
      .finally(() => {
        this.#changing = null;
        if (this.#asked) this.wake();
      });
  }

  /** Resolves when nothing is on its way and nothing can go now. */
  async idle(): Promise<void> {
    while (this.#changing || this.#uploads.size > 0)
      await Promise.all([this.#changing, ...this.#uploads].map((job) => job ?? undefined));
  }

  stop(): void {
    this.#stopped = true;
    this.#callOff();
  }

  async #run(): Promise<void> {
    for (;;) {
      this.#asked = false;
      const { store, account, now, mine } = this.#parts;
      const who = account();
      if (this.#stopped || who === null) return;
      const all = await store.read().catch(() => null);
      if (!all) return;
      const box = { ...all, entries: all.entries.filter((entry) => mine(entry)) };
      this.#callOff();
      if (!isDue(this.#awayUntil, now())) return this.#sleepUntil(this.#awayUntil);
      while (this.#uploads.size < uploadsAtOnce) {
        const entry = nextUpload(box, who, now(), this.#uploading);
        if (!entry) break;
        this.#startUpload(entry);
      }
      const parting = partlyHeld(box, who);
      if (parting) {
        const parts = heldBack(parting.entry, parting.held);
        await this.#apply({
          kind: "parted",
          id: parting.entry.id,
          problem: null,
          leftId: uuid4(),
          ...parts,
        });
        continue;
      }
      const entry = nextChange(box, who, now());
      if (entry) await this.#send(entry);
      else if (!this.#asked) {
        const time = nextTime(box, who, now());
        if (time !== null) this.#sleepUntil(time);
        return;
      }
    }
  }

  #sleepUntil(time: number): void {
    this.#callOff = this.#parts.later(Math.max(50, time - this.#parts.now()));
  }

  #startUpload(entry: Entry): void {
    this.#uploading.add(entry.id);
    const job: Promise<void> = this.#upload(entry)
      .catch(() => undefined)
      .finally(() => {
        this.#uploading.delete(entry.id);
        this.#uploads.delete(job);
        this.wake();
      });
    this.#uploads.add(job);
  }

  async #upload(entry: Entry): Promise<void> {
    const { store, transport, told } = this.#parts;
    const { id, photo } = entry;
    if (!photo) return;
    told({ kind: "sending", id, part: 0 });
    try {
      const blob = await store.file(id);
      if (!blob) return await this.#apply({ kind: "refused", id, problem: pictureGone });
      const file = await transport.upload(blob, (part) => told({ kind: "sending", id, part }));
      this.#through();
      await this.#apply({ kind: "uploaded", id, file });
    } catch (error) {
      await this.#failed(entry, asProblem(error).body, asProblem(error).retryAfter);
    } finally {
      told({ kind: "rest", id });
    }
  }

  async #send(entry: Entry): Promise<void> {
    const { store, transport, told, now } = this.#parts;
    const { id } = entry;
    told({ kind: "sending", id, part: null });
    try {
      const filed = entry.photo ? { ...entry, changes: [filing(entry, entry.photo)] } : entry;
      const body = entry.body ?? bodyOf(filed, now(), transport.skew());
      // On disk before it is out: whoever sends it again, after whatever, sends these bytes.
      if (entry.body === null) await this.#apply({ kind: "sent", id, body });
      if (!(await store.read()).entries.some((each) => each.id === id)) return;
      const reply = await transport.write(addressOf(entry), body, id);
      this.#through();
      await this.#apply({ kind: "acknowledged", id, reply, at: now() });
    } catch (error) {
      await this.#failed(entry, asProblem(error).body, asProblem(error).retryAfter);
    } finally {
      told({ kind: "rest", id });
    }
  }

  async #failed(entry: Entry, problem: ProblemBody, retryAfter: number | null): Promise<void> {
    const { now, chance, told } = this.#parts;
    const { id } = entry;
    const verdict = verdictOf(problem, entry);
    if (verdict === "away" || verdict === "signed-out") {
      const wait = waitOf(this.#failures++, chance(), retryAfter);
      this.#awayUntil = now() + wait;
      await this.#apply({ kind: "put-off", id, problem, until: 0 });
      told(
        verdict === "signed-out" ? { kind: "signed-out" } : { kind: "away", until: this.#awayUntil, problem },
      );
    } else if (verdict === "fault") {
      const until = now() + waitOf(entry.attempts, chance(), retryAfter);
      await this.#apply({ kind: "put-off", id, problem, until });
    } else if (verdict === "file-lost") await this.#apply({ kind: "file-lost", id });
    else if (mayPart(entry)) await this.#part(entry, problem);
    else if (verdict === "stale") await this.#overtaken(entry, problem);
    else await this.#apply({ kind: "refused", id, problem });
  }

  /** A list was not taken: the server is asked about each of its places, and what can go goes without the others. */
  async #part(entry: Entry, problem: ProblemBody): Promise<void> {
    const { id, changes, reason, merges } = entry;
    if (merges >= mostMerges) return await this.#apply({ kind: "refused", id, problem });
    let outcomes: readonly OpOutcome[];
    try {
      outcomes = await this.#parts.transport.judge(changes, reason);
    } catch (error) {
      const { body, retryAfter } = asProblem(error);
      // The list as a whole is refused: there is nothing to part.
      const verdict = verdictOf(body, entry);
      if (verdict === "refused" || verdict === "stale")
        return await this.#apply({ kind: "refused", id, problem: body });
      return await this.#failed(entry, body, retryAfter);
    }
    await this.#apply({ kind: "parted", id, problem, leftId: uuid4(), ...sorted(entry, outcomes) });
  }

  async #overtaken(entry: Entry, problem: ProblemBody): Promise<void> {
    const { id, merges } = entry;
    if (merges >= mostMerges) return await this.#apply({ kind: "refused", id, problem });
    let result: MergeResult;
    try {
      result = await this.#parts.merge(entry);
    } catch (error) {
      return await this.#failed(entry, asProblem(error).body, asProblem(error).retryAfter);
    }
    if (result.kind === "again") {
      const { changes, edit } = result;
      await this.#apply({ kind: "merged", id, changes, edit });
    } else if (result.kind === "stored") {
      const { feature, uid, version } = result;
      const reply = { seq: 0, results: [{ op: "patch", id: feature, uid, version }] };
      await this.#apply({ kind: "acknowledged", id, reply, at: this.#parts.now() });
    } else
      await this.#apply({
        kind: result.kind,
        id,
        problem: result.kind === "refused" ? (result.problem ?? problem) : problem,
      });
  }

  #through(): void {
    this.#failures = 0;
    this.#parts.told({ kind: "through" });
  }

  async #apply(event: BoxEvent): Promise<void> {
    await this.#parts.store.apply(event);
    this.#parts.told({ kind: "changed", event });
  }
}

/** The change that makes an uploaded file evidence. */
function filing({ id, subjects }: Entry, photo: PhotoPart): ChangeOp {
  const { target, phase, file } = photo;
  const { takenAt, position }: Claim = photo.claim ?? {};
  return {
    op: "photo",
    uid: id,
    feature: subjects[0]!,
    target,
    phase,
    sha256: file?.sha256 ?? "",
    ...(takenAt && !file?.takenAt ? { takenAt } : {}),
    ...(position && !file?.position ? { position: [...position] as [number, number] } : {}),
  };
}

const pictureGone: ProblemBody = {
  type: "about:blank",
  title: "照片不在这台机器上了",
  status: 410,
  code: "gone",
  request: "",
  detail: "浏览器清掉了这张照片的文件，没法再发。相册里还有的话，请重新选一次。",
};
