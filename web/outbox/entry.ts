import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import type { PhotoPhase } from "#data/domain/photo.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { BulkSpec } from "../bulk/plan.ts";
import type { Base, StepOrder } from "../editor/base.ts";
import type { Sketch } from "../editor/steps.ts";
import type { Deed, Way } from "../session/journal.ts";

/** `many`: one change, one move or one table for many places. `revert`: takes stored changesets back. */
type EntryKind = "edit" | "step" | "photo" | "many" | "revert";

/** A place: its number, or the uid under which it is created. An entry names both when both are known. */
export type Subject = number | string;

/** What the editor needs to merge an edit, to show it again and to open it for mending. */
export interface EditPart {
  readonly layer: string;
  readonly base: Base;
  readonly sketch: Sketch;
  readonly order?: StepOrder;
}

/** What this device adds where the photo's file is silent. */
export interface Claim {
  readonly takenAt?: string;
  readonly position?: readonly [number, number];
}

export interface PhotoPart {
  readonly target: number;
  readonly phase: PhotoPhase;
  readonly name: string;
  readonly bytes: number;
  /** What the server found in the file; `null` until it is uploaded. */
  readonly file: PhotoFile | null;
  readonly claim: Claim | null;
  /** From then on (ms) it is filed without a claim. */
  readonly claimBy: number;
}

/** One of the places that an entry changes together. */
export interface Member {
  readonly id: number;
  readonly layer: string;
  readonly name: string;
  /** How many ops of the list are its own; they follow each other. */
  readonly ops: number;
  /** Of what was not taken: why, and what to do. */
  readonly why?: string;
}

/** One change of many places: their names in the order of the list, and what opens it again for mending. */
export interface ManyPart {
  /** 批量修改, 移动, 表格保存, 改整条道路: with the count it is the title. */
  readonly name: string;
  readonly members: readonly Member[];
  readonly form:
    | { readonly kind: "bulk"; readonly spec: BulkSpec }
    /** Degrees east and north. */
    | { readonly kind: "move"; readonly offset: readonly [number, number] }
    | { readonly kind: "table"; readonly layer: string }
    /** All segments of a road: never by halves. */
    | { readonly kind: "whole" };
}

/** Changesets that are taken back. `way`: it is a step of 撤销 or 重做, of the deed that changeset `of` did last. */
export interface RevertPart {
  readonly seqs: readonly number[];
  readonly way?: Way;
  readonly of?: number;
}

/** One deed on its way: sent as one list of changes under one key. Plain values, so that a browser can keep it. */
export interface Entry {
  /** The Idempotency-Key, made when the person acted. */
  readonly id: string;
  /** Of this browser: lower was done earlier. */
  readonly order: number;
  readonly account: string;
  readonly kind: EntryKind;
  /** The named thing, and what was done to it: 古镇南门停放区 · 改容量. */
  readonly title: string;
  readonly what: string;
  readonly layer: string | null;
  readonly subjects: readonly Subject[];
  /** Of a photo empty: what files it is made when its file is up. */
  readonly changes: readonly ChangeOp[];
  readonly reason?: string;
  /** Entries that must be acknowledged before this one may be sent. */
  readonly after: readonly string[];
  /** Those of them whose result these changes start from: the versions they get become the base. */
  readonly on: readonly string[];
  /** Bytes of the first attempt: they stay until the server has answered definitely. */
  readonly body: string | null;
  readonly edit: EditPart | null;
  readonly photo: PhotoPart | null;
  readonly many?: ManyPart;
  readonly revert?: RevertPart;
  /** The shape of the place that it deletes. */
  readonly was?: Geometry;
  /** The entry it was a part of: what of that could be stored was sent without it. */
  readonly partOf?: string;
  /** The tab in which it was done, and its name there as a step that 撤销 takes back once it is acknowledged. */
  readonly tab: string;
  readonly deed: Omit<Deed, "seq">;
  /** Device time, ms. */
  readonly createdAt: number;
  readonly state: "waiting" | "refused" | "conflict";
  /** Why it was refused, or why the last attempt came to nothing. */
  readonly problem: ProblemBody | null;
  readonly attempts: number;
  /** Not sent again before (ms). */
  readonly notBefore: number;
  /** How often a colleague's newer state was merged in. */
  readonly merges: number;
}

/** What was acknowledged: told for a while, and the versions for drafts that were begun on top of it. */
export interface Done
  extends Pick<
    Entry,
    "id" | "order" | "account" | "kind" | "title" | "what" | "merges" | "tab" | "deed" | "revert"
  > {
  readonly at: number;
  readonly seq: number;
  /** Places beyond the entry's own that moved with a road. */
  readonly followed?: number;
  readonly features: readonly {
    readonly id: number;
    readonly uid: string | null;
    readonly version: number | null;
  }[];
  readonly tasks: readonly {
    readonly id: number;
    readonly feature: number | null;
    readonly target: number;
    readonly version: number;
  }[];
}

/** All that a browser keeps. Entries by order, acknowledgements newest first. */
export interface Box {
  readonly entries: readonly Entry[];
  readonly done: readonly Done[];
}

export const emptyBox: Box = { entries: [], done: [] };
