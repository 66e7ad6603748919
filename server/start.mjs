/** What `npm start` runs: builds when the sources changed since the last build, then runs the product in this process. */
import { ensureBuilt } from "./build/build.mjs";

await ensureBuilt({ prepare: true });
await import("../dist/server/main.js");
