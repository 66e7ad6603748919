import type { ChangeOp } from "#data/domain/change.ts";
import type { OpOutcome } from "#data/domain/preview.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { layerById } from "#data/layers/registry.ts";
import { refusalText } from "../bulk/plan.ts";
import { deedOf } from "../session/names.ts";
import { share, touched } from "./chain.ts";
import type { Entry, ManyPart, Member } from "./entry.ts";

type Refusal = Extract<OpOutcome, { ok: false }>;

/** Some of the places of a list, and their ops. */
interface Share {
  readonly members: readonly Member[];
  readonly changes: readonly ChangeOp[];
}

/** What of a list can be stored, and what stays behind under an entry of its own, `leftId`. */
export interface Parted {
  readonly go: Share;
  readonly stay: Share;
  readonly leftId: string;
  /** Why they stay; `null`: they only wait for something of the same place that was not taken. */
  readonly problem: ProblemBody | null;
}

/** 批量修改 38 处; one place by its own name. */
export const manyTitle = ({ name, members }: Pick<ManyPart, "name" | "members">): string =>
  members.length === 1 ? `${name} ${members[0]!.name}` : `${name} ${members.length} 处`;

/** Do its places stand each for itself? */
export const mayPart = ({ many }: Pick<Entry, "many">): boolean =>
  many !== undefined && many.form.kind !== "whole";

/**
 * Sorts the places of a list by what the server said of their ops, one outcome an op. What somebody else changed meanwhile goes
 * on over the newer state where both changes go together; what clashes stays with the reason. Pure.
 */
export function sorted({ many, changes }: Pick<Entry, "many" | "changes">, outcomes: readonly OpOutcome[]) {
  const go = { members: [] as Member[], changes: [] as ChangeOp[] };
  const stay = { members: [] as Member[], changes: [] as ChangeOp[] };
  let next = 0;
  for (const member of many?.members ?? []) {
    const { why: _, ...plain } = member;
    const own = changes.slice(next, next + member.ops);
    const said = outcomes.slice(next, next + member.ops);
    next += member.ops;
    const refused = said.filter((outcome): outcome is Refusal => outcome !== undefined && !outcome.ok);
    const newer = own.map((op, i) => onNewer(op, said[i]));
    if (newer.every((op) => op !== null)) {
      go.members.push(plain);
      go.changes.push(...newer);
      continue;
    }
    const clash = refused.find((outcome) => own.every((op) => onNewer(op, outcome) === null)) ?? refused[0];
    stay.members.push({ ...plain, why: clash ? refusalText(member, clash) : "服务器没有收下这一处" });
    stay.changes.push(...own);
  }
  return { go, stay };
}

/** The op on top of what somebody saved meanwhile; `null`: it cannot be, or it was refused for another reason. */
function onNewer(op: ChangeOp, outcome: OpOutcome | undefined): ChangeOp | null {
  if (!outcome || outcome.ok) return op;
  const { feature } = outcome.stale ?? {};
  const changed: readonly string[] = outcome.stale?.changed ?? [];
  if (outcome.code !== "stale" || !feature || feature.guatu.deleted || op.op !== "patch") return null;
  const mine = [...Object.keys(op.set ?? {}), ...(op.geometry ? ["geometry"] : [])];
  return mine.some((field) => changed.includes(field)) ? null : { ...op, base: feature.guatu.version };
}

/** A list of which some places wait for what was not taken: those, and the others that need not. Pure. */
export function heldBack(
  { many, changes }: Entry,
  held: (place: number) => boolean,
): Pick<Parted, "go" | "stay"> {
  const go = { members: [] as Member[], changes: [] as ChangeOp[] };
  const stay = { members: [] as Member[], changes: [] as ChangeOp[] };
  let next = 0;
  for (const member of many?.members ?? []) {
    const side = held(member.id) ? stay : go;
    side.members.push(member);
    side.changes.push(...changes.slice(next, next + member.ops));
    next += member.ops;
  }
  return { go, stay };
}

/** The queue after a list was parted: what can go goes on under its key, what cannot stays with its reasons. Pure. */
export function part(
  entries: readonly Entry[],
  id: string,
  { go, stay, leftId, problem }: Parted,
): readonly Entry[] {
  const whole = entries.find((entry) => entry.id === id);
  if (!whole?.many) return entries;
  /** A part waits for what touches its own places. */
  const waitingFor = (one: Entry): Entry => {
    const still = (before: string) => entries.some((each) => each.id === before && share(each, one));
    return { ...one, after: one.after.filter(still), on: one.on.filter(still) };
  };
  const refused = problem
    ? ({ state: "refused", problem, body: null } as const)
    : ({ problem: null, body: null } as const);
  if (go.members.length === 0)
    return entries.map((each) => (each === whole ? { ...of(whole, stay), ...refused } : each));
  const merges = problem ? whole.merges + 1 : whole.merges;
  const going: Entry = { ...waitingFor(of(whole, go)), body: null, merges, problem: null };
  if (stay.members.length === 0) return entries.map((each) => (each === whole ? going : each));
  const left: Entry = { ...waitingFor(of(whole, stay)), ...refused, id: leftId, partOf: id };
  return entries.flatMap((each) => {
    if (each === whole) return [going, left];
    if (!each.after.includes(id)) return [each];
    // What was built on all of it is built on the part that holds its place.
    const parts = [going, left].filter((one) => share(one, each)).map((one) => one.id);
    const among = (ids: readonly string[]) => ids.flatMap((one) => (one === id ? parts : [one]));
    return [{ ...each, after: among(each.after), on: among(each.on) }];
  });
}

/** The entry with only these of its places. */
function of(entry: Entry, { members, changes }: Share): Entry {
  const many = entry.many && { ...entry.many, members };
  const gone = new Set((entry.many?.members ?? []).map((one) => one.id));
  for (const { id } of members) gone.delete(id);
  const title = many ? manyTitle(many) : entry.title;
  const layer = layerById(members[0]?.layer ?? "");
  const subjects = entry.subjects.filter((subject) => !gone.has(Number(subject)));
  const deed =
    many?.form.kind === "move" ? { name: title } : deedOf(changes, { title: members[0]?.name ?? "", layer });
  return {
    ...entry,
    title,
    changes,
    deed,
    subjects: touched(subjects, changes),
    ...(many && { many }),
  };
}
