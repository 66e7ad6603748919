/**
 * 跨镇会签: a change that touches several towns waits for each of them and is then applied. `outdate` and `expire` are done by
 * the world (a place was edited since; nobody answered in time), `complete` by the last agreement; all others by people.
 */
export const proposalFlow = {
  collecting: {
    agree: "collecting",
    complete: "applied",
    refuse: "refused",
    withdraw: "withdrawn",
    outdate: "outdated",
    expire: "expired",
  },
  outdated: { renew: "collecting", withdraw: "withdrawn", expire: "expired" },
  expired: { renew: "collecting", withdraw: "withdrawn" },
  applied: {},
  refused: {},
  withdrawn: {},
} as const;

export type ProposalState = keyof typeof proposalFlow;
export const proposalStates = Object.keys(proposalFlow) as [ProposalState, ...ProposalState[]];

/** What a person may do with a proposal, by the address of the step. */
export const proposalSteps = ["agree", "refuse", "withdraw", "renew"] as const;
export type ProposalStep = (typeof proposalSteps)[number];
/** What the record holds: the beginning and every step. */
export type ProposalDeed = "propose" | ProposalStep;

export const proposalStateName: Record<ProposalState, string> = {
  collecting: "会签中",
  outdated: "需更新",
  expired: "已过期",
  applied: "已生效",
  refused: "未通过",
  withdrawn: "已撤回",
};

export const proposalStepRule: Record<
  ProposalStep,
  { readonly name: string; readonly needsReason: boolean }
> = {
  agree: { name: "同意", needsReason: false },
  refuse: { name: "不同意", needsReason: true },
  withdraw: { name: "撤回会签", needsReason: false },
  renew: { name: "按现在的样子重新发起", needsReason: false },
};

export const proposalDeedName: Record<ProposalDeed, string> = {
  propose: "发起会签",
  agree: "同意会签",
  refuse: "不同意会签",
  withdraw: "撤回会签",
  renew: "重新发起会签",
};

/** Days until nobody's answer is taken for none (内控, ours). */
export const proposalDays = 15;

/** The state after `step`, or null when there is no such way from here. */
export const nextProposalState = (state: ProposalState, step: string): ProposalState | null => {
  const moves: Readonly<Record<string, ProposalState>> = proposalFlow[state];
  return moves[step] ?? null;
};
