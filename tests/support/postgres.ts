import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import postgres from "postgres";

export interface Cluster {
  /** postgres://… of the maintenance database, as superuser. */
  url: string;
  stop: () => Promise<void>;
}

/** A throw-away PostgreSQL: own directory, own loopback port, nothing synced to disk. */
export async function startCluster(programs: string): Promise<Cluster> {
  const directory = mkdtempSync(path.join(os.tmpdir(), "guatu-postgres-"));
  const as = process.getuid?.() === 0 ? unprivileged() : null;
  if (as) chownSync(directory, as.uid, as.gid);
  const options = { ...as, cwd: directory, env: { PATH: process.env.PATH ?? "", LC_ALL: "C.UTF-8" } };
  const made = spawnSync(
    path.join(programs, "initdb"),
    [
      "-D",
      `${directory}/data`,
      "-U",
      "postgres",
      "-A",
      "trust",
      "--no-sync",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
    ],
    { ...options, encoding: "utf8" },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  const port = await freePort();
  const settings = {
    fsync: "off",
    synchronous_commit: "off",
    full_page_writes: "off",
    listen_addresses: "127.0.0.1",
    unix_socket_directories: directory,
    max_connections: "150",
    logging_collector: "off",
  };
  const server = spawn(
    path.join(programs, "postgres"),
    [
      "-D",
      `${directory}/data`,
      "-p",
      String(port),
      ...Object.entries(settings).flatMap(([k, v]) => ["-c", `${k}=${v}`]),
    ],
    { ...options, stdio: ["ignore", "ignore", "pipe"] },
  );
  const log = keepTail(server);
  // For a run that is broken off: its teardown does not come.
  process.once("exit", () => server.kill("SIGQUIT"));
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const stop = async () => {
    if (server.exitCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGINT");
      await ended;
    }
    rmSync(directory, { recursive: true, force: true });
  };
  try {
    await answering(url, server, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
}

/** `url` with another database name. */
export function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.toString();
}

/** Runs one administrative statement (create database, drop database) on the maintenance database. */
export async function administer(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}

/** initdb and postgres refuse root. */
function unprivileged(): { uid: number; gid: number } {
  const users = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"));
  const user = users.find(([name]) => name === "postgres") ?? users.find(([name]) => name === "nobody");
  if (!user)
    throw new Error("The test cluster needs a user other than root: neither postgres nor nobody exists.");
  return { uid: Number(user[2]), gid: Number(user[3]) };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

function keepTail(server: ChildProcess): () => string {
  let tail = "";
  server.stderr?.on("data", (data: Buffer) => {
    tail = (tail + data.toString()).slice(-2000);
  });
  return () => tail;
}

async function answering(url: string, server: ChildProcess, log: () => string): Promise<void> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (server.exitCode !== null) break;
    try {
      await administer(url, "select 1");
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  throw new Error(`The test cluster does not start: ${log()}`);
}
