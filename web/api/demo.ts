import { useQuery } from "@tanstack/react-query";
import type { Who } from "#data/domain/account.ts";
import { send } from "./client.ts";

export interface DemoAccounts {
  /** Null: not a demo, or its password was changed. */
  readonly password: string | null;
  readonly accounts: readonly Who[];
}

/** Roles that the sign-in page of a demo offers in one click. */
export const useDemoAccounts = () =>
  useQuery({
    queryKey: ["demo-accounts"],
    queryFn: () => send<DemoAccounts>("/api/demo/accounts"),
    staleTime: 600_000,
  });
