import type { MiddlewareHandler } from "hono";
import { type Role, roleName, roleRights } from "#data/domain/account.ts";
import type { AppEnv } from "./app-env.ts";
import { Problem } from "./problem.ts";

/** What a route asks of a role; places and targets are judged by the database with the write. */
export type Right = "edit" | "manage";

const holders = (right: Right): Role[] =>
  (Object.keys(roleRights) as Role[]).filter((role) => roleRights[role][right]);

/** Refuses roles without `right` with 403 that says which roles have it. */
export const allow =
  (right: Right): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { role } = c.var.who;
    if (!roleRights[role][right])
      throw new Problem("forbidden", {
        detail: `${roleName[role]}账号不能做这件事，需要${holders(right)
          .map((each) => roleName[each])
          .join("、")}账号。`,
      });
    await next();
  };
