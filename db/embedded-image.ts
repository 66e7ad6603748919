import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Database } from "./client.ts";
import { copyEmbedded, openEmbedded } from "./embedded.ts";

/**
 * Makes the image at `file` (tar.gz, about 6 MB) from which a new embedded database starts in 3 s instead of 15 s, unless
 * it is there already. `prepare` gets the fresh database as owner: migrations, for example. An image belongs to the
 * versions it was made with, so its maker names or removes it accordingly.
 */
export async function ensureImage(
  file: string,
  prepare?: (owner: Database) => Promise<void>,
): Promise<string> {
  if (existsSync(file)) return file;
  mkdirSync(path.dirname(file), { recursive: true });
  const directory = mkdtempSync(path.join(os.tmpdir(), "guatu-image-"));
  try {
    const owner = await openEmbedded({ directory, role: "owner" });
    try {
      await prepare?.(owner);
      await copyEmbedded(owner, file);
    } finally {
      await owner.close();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
  return file;
}
