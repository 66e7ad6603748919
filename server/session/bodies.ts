import { z } from "zod";

export const credentials = z.strictObject({
  account: z.string().min(1).max(64),
  password: z.string().min(1).max(256),
});
export const tokenBody = z.strictObject({ name: z.string().trim().min(1).max(60) });
