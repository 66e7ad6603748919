import type { Database, DatabaseOptions } from "./client.ts";
import { openEmbedded } from "./embedded.ts";
import { openPostgres } from "./postgres.ts";

/** Opens PostgreSQL (`url`) or the embedded database (`directory`). Throws DirectoryInUse when another process keeps the directory. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  if (options.url) return openPostgres({ ...options, url: options.url });
  if (options.directory) return openEmbedded({ ...options, directory: options.directory });
  throw new Error("openDatabase needs `url` (PostgreSQL) or `directory` (embedded database).");
}
