import { randomUUID } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Hono } from "hono";
import pino from "pino";
import type { Role } from "#data/domain/account.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Database } from "#db/client.ts";
import { hashPassword, openSession } from "#db/sessions.ts";
import { createApp } from "#server/app.ts";
import { demoClock } from "#server/clock.ts";
import type { Deps } from "#server/deps.ts";
import { readEnv } from "#server/env.ts";
import { Feed } from "#server/events/feed.ts";
import type { AppEnv } from "#server/http/app-env.ts";
import { PhotoFiles } from "#server/photos/files.ts";
import { FolderShelf } from "#server/photos/folder-shelf.ts";
import type { Shelf } from "#server/photos/shelf.ts";
import { Attendance } from "#server/presence/attendance.ts";
import { SignOuts } from "#server/session/sign-outs.ts";
import type { TestDatabase } from "./databases.ts";

export const password = "test-password";
let passwordHash: Promise<string> | undefined;

/** Accounts of the tests: login → unit and role. */
const people = {
  zhujiajiao: ["zhujiajiao", "editor"],
  "zhujiajiao-sh": ["zhujiajiao", "reviewer"],
  xujing: ["xujing", "editor"],
  lvhua: ["lvhua", "editor"],
  "lvhua-sh": ["lvhua", "reviewer"],
  chengguan: ["chengguan", "editor"],
  zhuanban: ["zhuanban", "taskforce"],
  planner: ["guizi", "viewer"],
  leader: ["qufuban", "leader"],
  inspector: ["zhuanban", "inspector"],
  screen: ["zhuanban", "screen"],
  admin: ["shuju", "admin"],
} as const satisfies Record<string, readonly [string, Role]>;
export type Person = keyof typeof people;

/** Points inside two towns, beside each other's border, and far away. */
export const places = {
  zhujiajiao: [121.05, 31.11],
  xujing: [121.27, 31.18],
  beijing: [116.4, 39.9],
} as const;

interface Ask {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Record<string, string>;
}

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly body: T;
  readonly text: string;
}

/** One signed-in reader: `ask(path, …)` sends as the page would, and reads JSON. */
export class Caller {
  readonly #app: Hono<AppEnv>;
  readonly headers: Record<string, string>;

  constructor(app: Hono<AppEnv>, headers: Record<string, string>) {
    this.#app = app;
    this.headers = headers;
  }

  async ask<T = unknown>(path: string, { method = "GET", body, headers = {} }: Ask = {}): Promise<Answer<T>> {
    const sent: Record<string, string> = { ...this.headers };
    if (body !== undefined) sent["content-type"] = "application/json";
    if (method !== "GET") sent["idempotency-key"] = randomUUID();
    const response = await this.#app.request(path, {
      method,
      headers: { ...sent, ...headers },
      body:
        body === undefined || typeof body === "string" || body instanceof Blob ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const isJson =
      /json/.test(response.headers.get("content-type") ?? "") && !response.headers.has("content-encoding");
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: (isJson && text ? JSON.parse(text) : undefined) as T,
    };
  }

  refused(path: string, ask: Ask): Promise<Answer<ProblemBody>> {
    return this.ask<ProblemBody>(path, ask);
  }

  /** Creates a feature and gives its id; throws with the answer when it is refused. */
  async create(
    layer: string,
    properties: Record<string, unknown>,
    coordinates: readonly number[] | readonly unknown[] = places.zhujiajiao,
    type = "Point",
  ): Promise<{ id: number; reply: ChangesReply }> {
    const { status, body, text } = await this.ask<ChangesReply>("/api/features", {
      method: "POST",
      body: { layer, properties, geometry: { type, coordinates } },
    });
    const id = body?.results[0]?.id;
    if (status !== 201 || id === undefined) throw new Error(`not created: ${status} ${text}`);
    return { id, reply: body };
  }
}

export interface TestServer {
  readonly app: Hono<AppEnv>;
  readonly deps: Deps;
  /** Signs in without the door: a session like the page's, cookie and CSRF. */
  as(person: Person): Promise<Caller>;
  readonly stranger: Caller;
  head(): Promise<number>;
  close(): void;
}

/** Makes the accounts of `people`, all with `password`. */
export async function addPeople({ sql }: Database): Promise<void> {
  passwordHash ??= hashPassword(password);
  const rows = Object.entries(people).map(([login, [unit, role]]) => ({ login, unit, role }));
  await sql`
    insert into account (login, name, unit, role, password_hash, demo)
    select p.login, '测试 ' || p.login, p.unit, p.role, ${await passwordHash}, true
    from jsonb_to_recordset(${sql.json(rows)}) as p (login text, unit text, role text)
    on conflict (login) do nothing`;
}

/** The app on a test's database, with the accounts of `people`. */
export async function startApi(
  { app: db, owner }: Pick<TestDatabase, "app" | "owner">,
  settings: Record<string, string> = {},
  shelf?: Shelf,
): Promise<TestServer> {
  await addPeople(owner);
  const log = pino({ level: process.env.GUATU_TEST_LOG ?? "silent" });
  const feed = new Feed(db, log);
  await feed.start();
  const attendance = new Attendance(db, log);
  attendance.start();
  const deps: Deps = {
    db,
    clock: demoClock("2025-09-15"),
    env: readEnv(settings),
    log,
    feed,
    attendance,
    photos: new PhotoFiles(
      shelf ?? new FolderShelf(settings.GUATU_FILES ?? path.join(tmpdir(), `guatu-photos-${randomUUID()}`)),
    ),
    signOuts: new SignOuts(),
    demo: true,
  };
  const app = createApp(deps);
  return {
    app,
    deps,
    stranger: new Caller(app, {}),
    as: async (person) => {
      const [account] = await owner.sql<{ id: number }[]>`select id from account where login = ${person}`;
      const opened = await openSession(db, { accountId: account?.id ?? 0, kind: "web", hours: 1 });
      return new Caller(app, { cookie: `guatu=${opened.token}`, "x-guatu-csrf": opened.csrf });
    },
    head: async () => {
      const [row] = await owner.sql<{ seq: number }[]>`select seq from feed_head`;
      return row?.seq ?? 0;
    },
    close: () => {
      feed.stop();
      attendance.stop();
    },
  };
}
