import { z } from "zod";
import { dutyWordRule, dutyWords } from "./duty.ts";

/** A town's word on a place at its border. */
export const dutyWordBody = z
  .strictObject({
    feature: z.number().int().min(1),
    /** The version that was read: another shape is another question. */
    base: z.number().int().min(1),
    word: z.enum(dutyWords),
    reason: z.string().trim().max(500).optional(),
  })
  .refine(({ word, reason }) => !dutyWordRule[word].needsReason || !!reason, {
    path: ["reason"],
    error: "请写明理由，牵头单位据此确定属地",
  });
export type DutyWordBody = z.infer<typeof dutyWordBody>;
