import { createHash, randomUUID } from "node:crypto";
import { realpathSync, rmSync } from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { DirectoryInUse } from "./errors.ts";

/** sun_path holds 104 bytes on macOS and 108 on Linux. */
const longestSocketPath = 100;
/** Longer than the moment between finding a dead socket and removing it, in which a second starter may do the same. */
const settleMilliseconds = 150;

/**
 * Holds `directory` for this process until released. A listening socket is the lock: it dies with its process, where a
 * pid file lies (pid 1 in every container, pids used again). Throws DirectoryInUse.
 */
export async function lockDirectory(directory: string): Promise<{ release: () => Promise<void> }> {
  const place = socketPath(directory);
  const token = randomUUID();
  let server = await listen(place, token);
  if (!server) {
    const holder = await ask(place);
    if (holder !== null) throw new DirectoryInUse(directory, nameOf(holder));
    rmSync(place, { force: true });
    server = await listen(place, token);
    await new Promise((resolve) => setTimeout(resolve, settleMilliseconds));
    const now = await ask(place);
    if (!server || now === null || !now.endsWith(token)) {
      server?.close();
      throw new DirectoryInUse(directory, nameOf(now ?? ""));
    }
  }
  const held = server;
  return { release: () => new Promise((resolve) => held.close(() => resolve())) };
}

function socketPath(directory: string): string {
  const real = realpathSync(directory);
  const short = `guatu-${createHash("sha256").update(real).digest("hex").slice(0, 16)}`;
  if (process.platform === "win32") return `\\\\.\\pipe\\${short}`;
  const inside = path.join(real, "lock.sock");
  return Buffer.byteLength(inside) < longestSocketPath ? inside : path.join(os.tmpdir(), `${short}.sock`);
}

/** Null when the path is taken, by a living socket or a dead one. */
function listen(place: string, token: string): Promise<net.Server | null> {
  return new Promise((resolve, reject) => {
    const server = net.createServer((visitor) => {
      visitor.on("error", () => visitor.destroy());
      visitor.end(`process ${process.pid} ${token}`);
    });
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(place, () => resolve(server));
  });
}

/** What the socket's holder answers, "" when it is alive and silent (too busy), null when nobody listens. */
function ask(place: string): Promise<string | null> {
  return new Promise((resolve) => {
    let answer = "";
    const visitor = net.connect(place);
    visitor.setTimeout(2000, () => {
      visitor.destroy();
      resolve(answer);
    });
    visitor.on("data", (data) => {
      answer += data.toString();
    });
    visitor.on("end", () => resolve(answer));
    visitor.on("error", (error: NodeJS.ErrnoException) =>
      resolve(error.code === "ECONNREFUSED" || error.code === "ENOENT" ? null : answer),
    );
  });
}

const nameOf = (answer: string): string => answer.split(" ").slice(0, 2).join(" ") || "unknown process";
