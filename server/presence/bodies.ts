import { z } from "zod";
import { presenceModes } from "#data/domain/presence.ts";

export const presenceBody = z.strictObject({
  feature: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  mode: z.enum(presenceModes),
  turn: z.number().int().min(1).max(2_147_483_647),
});

/** Words of a tab may overtake each other: the one with the higher turn was said later. */
export const turnQuery = z.strictObject({ turn: z.coerce.number().int().min(1).max(2_147_483_647) });
