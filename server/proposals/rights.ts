import { roleRights, type Who } from "#data/domain/account.ts";
import {
  nextProposalState,
  type ProposalState,
  type ProposalStep,
  proposalStateName,
  proposalSteps,
} from "#data/domain/proposal.ts";
import type { ProposalView } from "#data/domain/proposal-answers.ts";

interface Standing {
  readonly state: ProposalState;
  readonly town: string;
  readonly towns: readonly string[];
  readonly signed: readonly string[];
  /** It was this account that proposed. */
  readonly mine: boolean;
}

/** Is it this reader whose answer is waited for? */
export const isAsked = (who: Who, { state, towns, signed }: Standing): boolean =>
  state === "collecting" &&
  who.town !== null &&
  roleRights[who.role].verify &&
  towns.includes(who.town) &&
  !signed.includes(who.town);

/** What this reader is told about the buttons. The database decides again when one is pressed. */
export const stepsFor = (who: Who, standing: Standing): ProposalView["steps"] =>
  proposalSteps.map((step) => {
    const why = whyNot(who, standing, step);
    return why === null ? { step, allowed: true } : { step, allowed: false, why };
  });

function whyNot(who: Who, standing: Standing, step: ProposalStep): string | null {
  const { state, town, towns, signed, mine } = standing;
  const rights = roleRights[who.role];
  if (nextProposalState(state, step) === null) return `现在是“${proposalStateName[state]}”，不能走这一步`;
  if (who.town === null || !rights.edit || !towns.includes(who.town)) return "由涉及的镇街办理";
  if (step === "agree" || step === "refuse") {
    if (signed.includes(who.town)) return "你们镇街已经同意了";
    return rights.verify ? null : "由镇街的审核账号办理";
  }
  return mine || (who.town === town && rights.verify) ? null : "由发起人或发起镇街的审核账号办理";
}
