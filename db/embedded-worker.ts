import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { btree_gist } from "@electric-sql/pglite/contrib/btree_gist";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { postgis } from "@electric-sql/pglite-postgis";
import type { FromWorker, Place, ToWorker } from "./embedded-messages.ts";
import { catchSpatialErrors, raiseSpatialErrorsIn } from "./embedded-spatial-errors.ts";
import { failure, query, split, statusOf, type TransactionStatus, typeOf } from "./wire.ts";

/** Runs the embedded database in its own thread: a query of seconds must not stop the requests of everybody. */

const extensions = { postgis, btree_gist, pg_trgm };

/** What a healthy server sends for each message. With none of it and no error, an error was swallowed. */
const answers: Record<string, string> = { Q: "Z", P: "1", B: "2", D: "Tn", E: "CIs", C: "3", S: "Z" };

const spatialFailure = failure(
  "XX000",
  "a spatial operation failed on an invalid geometry; the transaction is rolled back",
  "Test geometries with ST_IsValid before ST_Union, ST_Intersection, ST_Difference and the like.",
);

const place = workerData as Place;
const port = parentPort;
if (!port) throw new Error("embedded-worker.ts runs as a worker thread only.");
const say = (answer: FromWorker, move: ArrayBuffer[] = []): void => port.postMessage(answer, move);

catchSpatialErrors();
const pg = await open();
raiseSpatialErrorsIn(pg.Module);
let role = "";
run(query("listen feed; set timezone to 'Asia/Shanghai'; set lock_timeout to 0"));
port.on("message", (order: ToWorker) => void obey(order));
say({ kind: "ready" });

/** A directory without the mark was left half made by a process that died: it is made again. */
async function open(): Promise<PGlite> {
  const data = path.join(place.directory, "postgres");
  const mark = path.join(place.directory, "complete");
  if (existsSync(mark)) return PGlite.create({ dataDir: data, extensions });
  rmSync(data, { recursive: true, force: true });
  mkdirSync(data, { recursive: true });
  const image = place.image && existsSync(place.image) ? new Blob([readFileSync(place.image)]) : undefined;
  const made = await PGlite.create({ dataDir: data, extensions, loadDataDir: image });
  if (!image)
    await made.exec(
      "create extension postgis; create extension btree_gist; create extension pg_trgm; checkpoint",
    );
  writeFileSync(mark, "");
  return made;
}

async function obey(order: ToWorker): Promise<void> {
  try {
    if (order.kind === "run") {
      if (order.role !== role) takeRole(order.role);
      const { bytes, status } = answer(Buffer.from(order.bytes));
      say({ kind: "done", id: order.id, bytes, status }, [bytes.buffer as ArrayBuffer]);
    } else if (order.kind === "copy") {
      await copy(order.file);
      say({ kind: "done", id: order.id, bytes: new Uint8Array(), status: "I" });
    } else {
      run(query("checkpoint"));
      await pg.close();
      say({ kind: "done", id: order.id, bytes: new Uint8Array(), status: "I" });
    }
  } catch (error) {
    say({ kind: "failed", id: order.id, reason: error instanceof Error ? error.message : String(error) });
  }
}

/** The session is one for all lines, so its role follows the line that speaks. Changed only between transactions. */
function takeRole(next: string): void {
  const reply = run(query(next === "app" ? "set role guatu_app" : "reset role"));
  if (reply.some((frame) => typeOf(frame) === "E"))
    throw new Error("The embedded database has no role guatu_app yet: migrate it first (npm run migrate).");
  role = next;
}

async function copy(file: string): Promise<void> {
  run(query("checkpoint"));
  const dump = await pg.dumpDataDir("gzip");
  mkdirSync(path.dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  writeFileSync(part, Buffer.from(await dump.arrayBuffer()));
  renameSync(part, file);
}

/** Sends one message to PostgreSQL and returns its answer; notifications become the bell. */
function run(frame: Uint8Array): Buffer[] {
  const chunks: Uint8Array[] = [];
  // NODEFS has nothing to sync, so the promise carries nothing; the answer is complete when the call returns.
  void pg.execProtocolRawStream(frame, { onRawData: (data) => chunks.push(data.slice()), syncToFs: false });
  const { frames } = split(Buffer.concat(chunks));
  if (frames.some((each) => typeOf(each) === "A")) say({ kind: "bell" });
  return frames.filter((each) => typeOf(each) !== "A");
}

/** CommandComplete with the tag of a command that did not come to its end. */
const isUnknownCommand = (frame: Buffer): boolean =>
  typeOf(frame) === "C" && frame.subarray(5, 8).toString() === "???";

/**
 * Runs a batch message by message. An error that was swallowed in spite of embedded-spatial-errors.ts is found before
 * the Sync that would commit what the failed statement left, and the half-open transaction is aborted for real.
 */
function answer(batch: Buffer): { bytes: Uint8Array; status: TransactionStatus | null } {
  const all: Buffer[] = [];
  let skipping = false;
  for (const frame of split(batch).frames) {
    const type = typeOf(frame);
    if (skipping && type !== "S") continue;
    const reply = run(frame);
    const has = (letters: string) => reply.some((each) => letters.includes(typeOf(each)));
    const expected = answers[type];
    if (expected && !has("E") && (!has(expected) || reply.some(isUnknownCommand))) {
      const aborted = run(query("select 1/0"));
      all.push(...reply.filter((each) => typeOf(each) === "N"), spatialFailure);
      if (type === "Q" || type === "S") all.push(...aborted.filter((each) => typeOf(each) === "Z"));
      else skipping = true;
      continue;
    }
    if (type === "Q" || type === "S") {
      skipping = false;
      all.push(...reply);
    } else {
      if (has("E")) skipping = true;
      // PGlite says ReadyForQuery after an error and again at the Sync; a client expects it at the Sync only.
      all.push(...reply.filter((each) => typeOf(each) !== "Z"));
    }
  }
  const bytes = new Uint8Array(Buffer.concat(all));
  return { bytes, status: statusOf(all) };
}
