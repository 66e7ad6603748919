/** Plain JavaScript, because it runs before anything is built. `node server/build/build.mjs` builds if needed. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(import.meta.url);
const root = path.resolve(path.dirname(here), "../..");
const dist = path.join(root, "dist");
const stampFile = path.join(dist, "stamp");
const image = path.join(dist, "embedded-image.tar.gz");
const folders = ["data", "db", "server", "web"];
const files = ["package-lock.json", "vite.config.ts", "tsconfig.json"];

/** Builds server and web unless they are of these very sources. `prepare`: makes the database beside the web build. */
export async function ensureBuilt({ prepare = false } = {}) {
  const began = Date.now();
  const wanted = { all: digest([...folders, ...files]), image: digest(["db", "data", "package-lock.json"]) };
  const built = readStamp();
  if (built.all === wanted.all) return;
  if (built.image !== wanted.image) rmSync(image, { force: true });
  rmSync(stampFile, { force: true });
  say("构建服务器……");
  await run([here, "server"]);
  say(prepare ? "构建网页，同时准备数据库……" : "构建网页……");
  const jobs = [start([here, "web"])];
  if (prepare) jobs.push(start([path.join(dist, "server/prepare.js")]));
  try {
    await Promise.all(jobs.map((job) => job.done));
  } catch (error) {
    for (const job of jobs) job.child.kill();
    throw error;
  }
  mkdirSync(dist, { recursive: true });
  writeFileSync(stampFile, JSON.stringify(wanted));
  say(`构建完成，用时 ${Math.round((Date.now() - began) / 1000)} 秒。`);
}

function say(line) {
  process.stdout.write(`  ${line}\n`);
}

function readStamp() {
  if (!existsSync(stampFile)) return {};
  return JSON.parse(readFileSync(stampFile, "utf8"));
}

/** Names and contents, so that a checkout or a copy of the same sources is the same build. */
function digest(places) {
  const hash = createHash("sha256");
  for (const place of places) {
    const full = path.join(root, place);
    const names = statSync(full).isDirectory()
      ? readdirSync(full, { recursive: true, encoding: "utf8" }).map((name) => path.join(place, name))
      : [place];
    for (const name of names.sort()) {
      const file = path.join(root, name);
      if (/\.test\.tsx?$/.test(name) || !statSync(file).isFile()) continue;
      hash.update(`${name}\0`).update(readFileSync(file)).update("\0");
    }
  }
  return hash.digest("hex");
}

function start(args) {
  const child = spawn(process.execPath, args, { cwd: root, stdio: "inherit" });
  const done = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      if (code === 0) resolve();
      else reject(new StepFailed(`${path.basename(args[0])} ${args[1] ?? ""}: ${signal ?? `exit ${code}`}`));
    });
  });
  return { child, done };
}

const run = (args) => start(args).done;

/** The step itself has already said why, on the same terminal. */
class StepFailed extends Error {}

async function buildPart(name) {
  const { createBuilder } = await import("vite");
  const builder = await createBuilder({
    configFile: path.join(root, "vite.config.ts"),
    logLevel: process.env.GUATU_BUILD_LOG ?? "warn",
  });
  await builder.build(builder.environments[name === "web" ? "client" : "server"]);
}

if (process.argv[1] === here) {
  const part = process.argv[2];
  if (part) await buildPart(part);
  else await ensureBuilt();
}
