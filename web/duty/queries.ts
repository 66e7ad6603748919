import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { DutyAnswer } from "#data/domain/duty.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { address, send } from "../api/client.ts";
import { useSession } from "../api/session.ts";

/** Places whose 责任属地 is to be confirmed; `town` narrows to those that touch it. */
export const useDuty = (town: string | undefined) =>
  useQuery({
    queryKey: ["list", "duty", town],
    queryFn: ({ signal }) => send<DutyAnswer>(address("/api/duty", { town }), { signal }),
    placeholderData: keepPreviousData,
  });

interface Naming {
  readonly feature: number;
  readonly base: number;
  readonly duty: string;
  readonly reason: string;
  readonly key: string;
}

/** Says which town answers for a place; a changeset like any other. */
export function useNameDuty() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ feature, base, duty, reason, key }: Naming) =>
      send<ChangesReply>("/api/changes", {
        method: "POST",
        body: { changes: [{ op: "patch", feature, base, duty }], reason },
        headers: { "Idempotency-Key": key },
      }),
    onSuccess: (reply) => {
      useSession.getState().saw(reply.seq);
      void client.invalidateQueries();
    },
  });
}
