import type { Geometry } from "./change.ts";
import type { ProposalDeed, ProposalState, ProposalStep } from "./proposal.ts";
import type { Deed } from "./wire/history.ts";

/** A cross-town change (跨镇会签) as a line of the list. */
export interface ProposalRow {
  readonly id: number;
  readonly state: ProposalState;
  /** Of its first place; `count` places in all. */
  readonly title: string;
  readonly layer: string;
  readonly feature: number | null;
  readonly count: number;
  /** The proposer's town, unit and, inside the own unit, name. */
  readonly town: string;
  readonly unit: string;
  readonly person?: string;
  readonly reason: string;
  readonly proposedAt: string;
  readonly expiresAt: string;
  /** How often it was put to the towns; an agreement names the one it was read in. */
  readonly round: number;
  readonly towns: readonly { readonly code: string; readonly answer: "agreed" | "refused" | "waiting" }[];
  /** It waits for this reader. */
  readonly asked: boolean;
}
export interface ProposalsAnswer {
  readonly rows: readonly ProposalRow[];
  readonly asked: number;
}
/** What one place is and is to become. */
export interface ProposalPlace {
  readonly uid: string;
  readonly feature: number | null;
  readonly layer: string;
  readonly name: string;
  readonly op: "create" | "patch" | "delete";
  /** Field → [now, proposed]; of a closed proposal the first is what it was built on. */
  readonly fields: Readonly<Record<string, readonly [unknown, unknown]>>;
  readonly before: Geometry | null;
  readonly after: Geometry | null;
  readonly size: { readonly before: number | null; readonly after: number | null };
  /** Field ids, and `geometry`, that others changed since it was proposed. */
  readonly since: readonly string[];
}
export interface ProposalView extends ProposalRow {
  readonly places: readonly ProposalPlace[];
  readonly deeds: readonly (Deed & {
    readonly step: ProposalDeed;
    readonly town: string;
    readonly round: number;
  })[];
  readonly steps: readonly {
    readonly step: ProposalStep;
    readonly allowed: boolean;
    readonly why?: string;
  }[];
  /** Changeset that applied it. */
  readonly seq: number | null;
}
