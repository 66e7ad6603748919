import { z } from "zod";
import { createOp, patchOp, taskOp } from "#data/domain/change.ts";

const reason = { reason: z.string().max(500).optional() };
const note = taskOp.shape.note;

/** The single forms of an edit: what the address and If-Match say is left out of the body. */
export const createBody = createOp.omit({ op: true }).partial({ uid: true }).extend(reason);
export const patchBody = patchOp.omit({ op: true, feature: true, base: true }).extend(reason);
export const deleteBody = z.strictObject(reason);
export const stepBody = z.strictObject({ ...reason, note });
export const progressBody = z.strictObject({ ...reason, note, progress: z.number().int().min(0).max(100) });
