import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { DutyAnswer } from "#data/domain/duty.ts";
import { address, send } from "../api/client.ts";

/** Places whose 责任属地 is to be confirmed; `town` narrows to those that touch it. */
export const useDuty = (town: string | undefined) =>
  useQuery({
    queryKey: ["list", "duty", town],
    queryFn: ({ signal }) => send<DutyAnswer>(address("/api/duty", { town }), { signal }),
    placeholderData: keepPreviousData,
  });
