import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DutyAnswer } from "#data/domain/duty.ts";
import type { DutyWordBody } from "#data/domain/duty-body.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { address, send } from "../api/client.ts";
import { useSession } from "../api/session.ts";

/** Places whose 责任属地 is to be confirmed, or `decided` ones; `town` narrows to those that touch it. */
export const useDuty = (town: string | undefined, decided: boolean) =>
  useQuery({
    queryKey: ["list", "duty", town, decided],
    queryFn: ({ signal }) =>
      send<DutyAnswer>(address("/api/duty", { town, decided: decided ? "1" : undefined }), { signal }),
    placeholderData: keepPreviousData,
  });

/** Records what the own town says about answering for a place. */
export function useSayDuty() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ key, ...body }: DutyWordBody & { key: string }) =>
      send<ChangesReply>("/api/duty/words", { method: "POST", body, headers: { "Idempotency-Key": key } }),
    onSuccess: (reply) => {
      useSession.getState().saw(reply.seq);
      void client.invalidateQueries();
    },
  });
}
