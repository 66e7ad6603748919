import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ProposalStep } from "#data/domain/proposal.ts";
import type { ProposalsAnswer, ProposalView } from "#data/domain/proposal-answers.ts";
import type { ProposalBody, ProposalStepBody } from "#data/domain/proposal-body.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { send } from "../api/client.ts";
import { useSession } from "../api/session.ts";

/** Every 跨镇会签 that concerns this account, open ones first. */
export const useProposals = () =>
  useQuery({
    queryKey: ["proposals"],
    queryFn: ({ signal }) => send<ProposalsAnswer>("/api/proposals", { signal }),
  });

export const useProposal = (id: number) =>
  useQuery({
    queryKey: ["proposals", id],
    queryFn: ({ signal }) => send<ProposalView>(`/api/proposals/${id}`, { signal }),
  });

interface Deed<T> {
  readonly body: T;
  /** Made when the person acts: a resend after a lost answer is the same deed. */
  readonly key: string;
}

function useDeed<T>(path: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ body, key }: Deed<T>) =>
      send<ChangesReply>(path, { method: "POST", body, headers: { "Idempotency-Key": key } }),
    onSuccess: (reply) => {
      useSession.getState().saw(reply.seq);
      void client.invalidateQueries();
    },
    // What was refused may be so because others were faster: what stands is read again.
    onError: () => void client.invalidateQueries({ queryKey: ["proposals"] }),
  });
}

export const usePropose = () => useDeed<ProposalBody>("/api/proposals");
export const useProposalStep = (id: number, step: ProposalStep) =>
  useDeed<ProposalStepBody>(`/api/proposals/${id}/${step}`);
