import type { Database, DatabaseOptions } from "./client.ts";

/** Opens the embedded database in `directory`, or joins it when this process has it open. */
export async function openEmbedded(options: DatabaseOptions & { directory: string }): Promise<Database> {
  throw new Error(`The embedded database (${options.directory}) is not built yet.`);
}
