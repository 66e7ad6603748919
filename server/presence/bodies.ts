import { z } from "zod";
import { presenceModes } from "#data/domain/presence.ts";

export const presenceBody = z.strictObject({
  feature: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  mode: z.enum(presenceModes),
});
