import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureImage } from "#db/embedded-image.ts";
import { migrate } from "#db/migrate.ts";
import { readEnv } from "./env.ts";
import { openFilled } from "./filling.ts";
import { explainFailure, say } from "./terminal.ts";

/**
 * Runs beside the web build, which takes as long: makes the image of a migrated embedded database and, on the very
 * first start, the database itself with its data.
 */
async function prepare(): Promise<void> {
  const env = readEnv(process.env);
  if (env.databaseUrl) return;
  const image = path.join(
    path.dirname(path.dirname(fileURLToPath(import.meta.url))),
    "embedded-image.tar.gz",
  );
  if (!existsSync(image)) say("制作内置数据库的模板（约 15 秒）");
  await ensureImage(image, migrate);
  // A copy that is to be restored waits for the start itself.
  if (env.restoreFrom || existsSync(path.join(env.directory, "complete"))) return;
  const owner = await openFilled(env, { filling: "demo", tell: say, image });
  await owner.close();
}

prepare().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
});
