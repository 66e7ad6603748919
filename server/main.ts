import type { Server } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { serve } from "@hono/node-server";
import { createApp } from "./app.ts";
import { readEnv } from "./env.ts";
import { builtPages } from "./http/pages.ts";
import { openProduct } from "./product.ts";
import { explainFailure, printWelcome, say } from "./terminal.ts";

/** The built product: dist/server/main.js beside dist/web. */
const dist = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const patienceMilliseconds = 3000;

async function main(): Promise<void> {
  const env = readEnv(process.env);
  const product = await openProduct(env, say, path.join(dist, "embedded-image.tar.gz"));
  const page = { mode: "product" as const, routes: builtPages(path.join(dist, "web")) };
  const server = serve({ fetch: createApp(product.deps, page).fetch, hostname: env.host, port: env.port });
  await listening(server as Server).catch(async (error: unknown) => {
    await product.close();
    throw error;
  });
  await printWelcome(product.deps, server as Server);
  const stop = once(async () => {
    say("正在关闭……");
    const closed = new Promise((resolve) => server.close(resolve));
    const impatient = setTimeout(() => (server as Server).closeAllConnections(), patienceMilliseconds);
    (server as Server).closeIdleConnections();
    await product.close();
    await closed;
    clearTimeout(impatient);
    say("已关闭。");
  });
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.on(signal, () => {
      stop().then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
    });
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("listening", () => resolve());
    server.once("error", reject);
  });
}

function once(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | undefined;
  return () => {
    running ??= work();
    return running;
  };
}

function fail(error: unknown): never {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}

main().catch(fail);
