/** Metres from the line between two towns within which the 责任属地 of a place is to be confirmed (内控, ours). */
export const borderMetres = 50;

/** What a town says about answering for a place at its border, by the address of the step. */
export const dutyWords = ["claim", "decline", "object", "withdraw"] as const;
export type DutyWord = (typeof dutyWords)[number];

export const dutyWordRule: Record<
  DutyWord,
  { readonly name: string; readonly deed: string; readonly needsReason: boolean }
> = {
  claim: { name: "认领", deed: "认领责任属地", needsReason: false },
  decline: { name: "不归本镇", deed: "声明不归本镇", needsReason: true },
  object: { name: "有异议", deed: "对责任属地有异议", needsReason: true },
  withdraw: { name: "收回", deed: "收回对责任属地的表态", needsReason: false },
};

/** The word of one town that stands now; what was taken back is no word. */
export interface SaidWord {
  readonly town: string;
  readonly word: Exclude<DutyWord, "withdraw">;
  readonly at: string;
  readonly reason: string | null;
}

/** A place near or across the line between towns, with what the towns say about answering for it. */
export interface DutyRow {
  readonly id: number;
  readonly no: string;
  readonly layer: string;
  readonly name: string;
  readonly version: number;
  /** The town that covers all of it. */
  readonly town: string | null;
  /** 责任属地; in the list of what is to be confirmed it was set for another shape, or a town objects. */
  readonly duty: string | null;
  /** Was it set for the shape of now? */
  readonly decided: boolean;
  /** Towns it lies in or beside, that with the largest share first. */
  readonly towns: readonly { readonly code: string; readonly share: number }[];
  /** To the line between towns; 0 across it. */
  readonly metres: number;
  readonly at: readonly [number, number];
  readonly words: readonly SaidWord[];
  /** Steps that the reader's own town may take. */
  readonly may: readonly DutyWord[];
  /** May the reader say for good which town answers? */
  readonly decides: boolean;
}
export interface DutyAnswer {
  readonly rows: readonly DutyRow[];
  readonly total: number;
}

/** What a town may say now, after what was said: the database asks the same (`say_duty`). */
export function wordsOpen(own: string, decided: boolean, words: readonly SaidWord[]): DutyWord[] {
  const said = words.find(({ town }) => town === own)?.word;
  const others = words.some(({ town, word }) => town !== own && word !== "object");
  return dutyWords.filter((word) => {
    if (word === "withdraw") return said !== undefined;
    if (word === said) return false;
    return word === "object" ? decided || others : !decided;
  });
}

/** `agreed`: one town claims it and nobody contradicts. `contested`: two claim it, or one objects. `unwanted`: all that spoke decline. */
export type DutyStance = "silent" | "agreed" | "contested" | "unwanted";

export function stanceOf(words: readonly SaidWord[]): DutyStance {
  const claims = words.filter(({ word }) => word === "claim").length;
  if (claims > 1 || words.some(({ word }) => word === "object")) return "contested";
  if (claims === 1) return "agreed";
  return words.length > 0 ? "unwanted" : "silent";
}
