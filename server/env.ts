import { existsSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { demoPassword as defaultDemoPassword } from "#data/demo/accounts.ts";
import type { BucketPlace } from "./photos/bucket-shelf.ts";

const loopback = ["127.0.0.1", "localhost", "::1"];

const schema = z.object({
  HOST: z.string().min(1).default("127.0.0.1"),
  PORT: z.coerce.number("要写端口号 must be a port number").int().min(0).max(65_535).default(8080),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "要写成 postgres://用户:口令@主机/库名 must be a postgres:// address")
    .optional(),
  GUATU_APP_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, "要写成 postgres://用户:口令@主机/库名 must be a postgres:// address")
    .optional(),
  GUATU_TODAY: z.iso.date("要写成 2025-09-15 这样的日期 must be a date YYYY-MM-DD").default("2025-09-15"),
  GUATU_DEMO_PASSWORD: z.string().min(8, "至少 8 个字符 must have at least 8 characters").optional(),
  GUATU_DIR: z.string().min(1).default(".guatu"),
  GUATU_FILES: z.string().min(1).optional(),
  GUATU_S3_ENDPOINT: z
    .url({ protocol: /^https?$/, error: "要写成 https://主机 这样的地址 must be an http(s) address" })
    .optional(),
  GUATU_S3_BUCKET: z.string().optional(),
  GUATU_S3_REGION: z.string().optional(),
  GUATU_S3_KEY: z.string().optional(),
  GUATU_S3_SECRET: z.string().optional(),
  GUATU_FROM: z.string().min(1).optional(),
  GUATU_LOG: z.enum(["silent", "error", "warn", "info", "debug"]).default("warn"),
  GUATU_SECURE: z.enum(["0", "1"]).default("0"),
});

/** Everything that a start of the product can be told from outside. */
export interface Env {
  readonly host: string;
  readonly port: number;
  /** PostgreSQL as the owner; left out, the embedded database in `directory` is used. */
  readonly databaseUrl?: string;
  /** PostgreSQL with a login that is only `guatu_app`; left out, the owner's login takes that role. */
  readonly appUrl?: string;
  /** The demo's today, from which the product's clock ticks while demo data is loaded. */
  readonly demoToday: string;
  readonly demoPassword: string;
  /** False when GUATU_DEMO_PASSWORD was set: then the sign-in page offers nothing by itself. */
  readonly openDemo: boolean;
  readonly directory: string;
  /** Where uploaded photos lie, outside the database: `files` in `directory` unless GUATU_FILES says else. */
  readonly filesDirectory: string;
  /** Where they lie instead, when GUATU_S3_… name a bucket. Holds a secret: never log it. */
  readonly bucket?: BucketPlace;
  /** A nightly copy from which a new `directory` is made. */
  readonly restoreFrom?: string;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
  /** Behind HTTPS: cookies are sent over it only. */
  readonly secure: boolean;
  readonly onLoopback: boolean;
}

/** Thrown with one line a wrong setting, in both languages. */
export class WrongSetting extends Error {}

/** The copy, once it is sure that nothing would be overwritten and the file is there. */
function restorable(copy: string, directory: string): string {
  if (!existsSync(copy)) throw new WrongSetting(`GUATU_FROM：没有这个文件 no such file: ${copy}`);
  if (existsSync(path.join(directory, "complete")))
    throw new WrongSetting(
      `GUATU_FROM：${directory} 里已经有数据库，不会覆盖。请用 GUATU_DIR 换一个新目录。\n` +
        "(The directory already holds a database: name a new one with GUATU_DIR.)",
    );
  return path.resolve(copy);
}

/** A bucket is named whole or not at all, and instead of a folder. The message names variables, never what they hold. */
function bucketOf(env: z.infer<typeof schema>): BucketPlace | undefined {
  const {
    GUATU_S3_ENDPOINT: endpoint,
    GUATU_S3_BUCKET: bucket,
    GUATU_S3_REGION: region,
    GUATU_S3_KEY: key,
    GUATU_S3_SECRET: secret,
  } = env;
  const missing = Object.entries({ endpoint, bucket, region, key, secret })
    .filter(([, value]) => value === undefined)
    .map(([name]) => `GUATU_S3_${name.toUpperCase()}`);
  if (missing.length === 5) return undefined;
  if (env.GUATU_FILES !== undefined)
    throw new WrongSetting(
      "GUATU_FILES 和 GUATU_S3_…：照片要么放文件夹，要么放对象存储，只写一种。\n" +
        "(Photos lie in a folder or in a bucket: set one of the two.)",
    );
  if (!endpoint || !bucket || !region || !key || !secret)
    throw new WrongSetting(
      `照片放对象存储要五项都写，还缺 ${missing.join("、")}。\n(A bucket needs all five settings: these are missing.)`,
    );
  return { endpoint, bucket, region, key, secret };
}

/** Reads the settings. Throws WrongSetting that names each wrong variable. Empty variables count as not set. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
    throw new WrongSetting(`环境变量有误 (wrong settings):\n${lines.join("\n")}`);
  }
  const env = parsed.data;
  return {
    host: env.HOST,
    port: env.PORT,
    databaseUrl: env.DATABASE_URL,
    appUrl: env.GUATU_APP_URL,
    demoToday: env.GUATU_TODAY,
    demoPassword: env.GUATU_DEMO_PASSWORD ?? defaultDemoPassword,
    openDemo: env.GUATU_DEMO_PASSWORD === undefined,
    directory: env.GUATU_DIR,
    filesDirectory: env.GUATU_FILES ?? path.join(env.GUATU_DIR, "files"),
    bucket: bucketOf(env),
    restoreFrom: env.GUATU_FROM && restorable(env.GUATU_FROM, env.GUATU_DIR),
    logLevel: env.GUATU_LOG,
    secure: env.GUATU_SECURE === "1",
    onLoopback: loopback.includes(env.HOST),
  };
}
