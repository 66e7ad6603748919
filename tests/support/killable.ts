import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { inject } from "vitest";
import type { Database } from "#db/client.ts";
import { openDatabase } from "#db/open.ts";
import { openSession } from "#db/sessions.ts";
import { buildChild } from "./build-child.ts";

interface Running {
  readonly address: string;
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
}

/** The built server on an embedded database of its own, to be killed and started again. */
export class Killable {
  readonly #directory = path.join(inject("scratch"), `killed-${randomUUID()}`);
  #program = "";

  async build(): Promise<void> {
    this.#program = await buildChild("server/main.ts");
    const web = path.join(path.dirname(path.dirname(this.#program)), "web");
    mkdirSync(web, { recursive: true });
    writeFileSync(path.join(web, "index.html"), "<!doctype html>");
  }

  /** Runs it until it says where it listens. */
  async start(): Promise<Running> {
    const child = spawn(process.execPath, [this.#program], {
      env: { PATH: process.env.PATH ?? "", GUATU_DIR: this.#directory, PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    let said = "";
    const address = await new Promise<string>((resolve, reject) => {
      const hear = (data: Buffer) => {
        said += data.toString();
        const match = /http:\/\/127\.0\.0\.1:\d+/.exec(said);
        if (match) resolve(match[0]);
      };
      child.stdout.on("data", hear);
      child.stderr.on("data", hear);
      void ended.then(() => reject(new Error(`the server ended: ${said}`)));
    });
    return { address, process: child, ended };
  }

  /** The database while the server is down. */
  async withDatabase<T>(role: "owner" | "app", work: (db: Database) => Promise<T>): Promise<T> {
    const db = await openDatabase({ directory: this.#directory, image: inject("embeddedImage"), role });
    try {
      return await work(db);
    } finally {
      await db.close();
    }
  }

  /** A bearer token of an account. */
  tokenOf(login: string): Promise<string> {
    return this.withDatabase("app", async (db) => {
      const [account] = await db.sql<{ id: number }[]>`select id from account where login = ${login}`;
      const session = { accountId: account?.id ?? 0, kind: "token", name: "test", hours: 1 } as const;
      return (await openSession(db, session)).token;
    });
  }

  forget(): void {
    if (this.#program) rmSync(path.dirname(this.#program), { recursive: true, force: true });
  }
}
