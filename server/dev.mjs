/** `npm run dev`: one port, the page by Vite with hot reload, the server's modules reloaded when they change. */
import { createServer as createHttp } from "node:http";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { getRequestListener } from "@hono/node-server";
import { createServer as createVite } from "vite";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
/** The page's own modules under web/api/ are not addresses of the API. */
const ours = /^\/(api|tiles|ogc|healthz|readyz)(\/|\?|$)(?!.*\.tsx?(\?|$))/;

const http = createHttp();
const vite = await createVite({
  configFile: path.join(root, "vite.config.ts"),
  appType: "spa",
  server: { middlewareMode: { server: http }, hmr: { server: http } },
});
const { runner } = vite.environments.server;
const load = (name) => runner.import(path.join(root, "server", name));

const { readEnv } = await load("env.ts");
const { openProduct } = await load("product.ts");
const { explainFailure, printWelcome, say } = await load("terminal.ts");

try {
  const env = readEnv(process.env);
  const product = await openProduct(env, say);
  let made;
  /** The app of the modules as they are now; the database and the feed stay open. */
  const app = async () => {
    const { createApp } = await load("app.ts");
    if (made?.by !== createApp)
      made = { by: createApp, app: createApp(product.deps, { mode: "developing" }) };
    return made.app;
  };
  const answer = getRequestListener(async (request, bindings) => (await app()).fetch(request, bindings));
  http.on("request", (request, response) => {
    if (ours.test(request.url)) answer(request, response);
    else vite.middlewares(request, response);
  });
  await new Promise((resolve, reject) => {
    http.once("error", reject);
    http.listen(env.port, env.host, resolve);
  });
  await printWelcome(product.deps, http);
  for (const signal of ["SIGINT", "SIGTERM"])
    process.on(signal, async () => {
      http.closeAllConnections();
      await product.close();
      await vite.close();
      process.exit(0);
    });
} catch (error) {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
}
