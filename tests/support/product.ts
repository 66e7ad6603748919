import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import path from "node:path";

/** The built product as a process of its own, as `npm start` runs it. */
export interface RunningProduct {
  readonly url: string;
  readonly child: ChildProcess;
  /** Everything it has printed so far. */
  readonly output: () => string;
  /** Ctrl+C, then waits until it has closed. */
  readonly stop: () => Promise<void>;
}

const startMilliseconds = 120_000;

/** Builds unless dist/ is already of these sources: what people get, not what a test environment would make of it. */
export function buildProduct(): void {
  const { VITEST: _vitest, TEST: _test, NODE_ENV: _mode, ...env } = process.env;
  execFileSync(process.execPath, ["server/build/build.mjs"], { stdio: "inherit", env });
}

/** Starts dist/server/main.js on a free port of the loopback. Rejects with its output when it does not come up. */
export async function startProduct(env: Readonly<Record<string, string>>): Promise<RunningProduct> {
  const child = spawn(process.execPath, [path.resolve("dist/server/main.js")], {
    env: { ...process.env, NODE_ENV: "production", HOST: "127.0.0.1", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const url = new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not up in time:\n${printed}`)), startMilliseconds);
    const hear = (chunk: Buffer) => {
      printed += chunk.toString();
      const address = /已启动\s+(http:\/\/\S+)/.exec(printed)?.[1];
      if (!address) return;
      clearTimeout(late);
      resolve(address);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("exit", (code) => {
      clearTimeout(late);
      reject(new Error(`ended with ${code}:\n${printed}`));
    });
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      if (child.exitCode !== null || child.signalCode !== null) return resolve();
      child.once("exit", () => resolve());
      child.kill("SIGINT");
    });
  return { url: await url, child, output: () => printed, stop };
}
