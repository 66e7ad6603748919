import type { Server } from "node:http";
import { DatabaseUnavailable, DirectoryInUse } from "#db/errors.ts";
import { todayOf } from "./clock.ts";
import type { Deps } from "./deps.ts";
import { WrongSetting } from "./env.ts";
import { demoAccounts } from "./session/accounts.ts";

export const say = (line: string): void => {
  process.stdout.write(`  ${line}\n`);
};

/** The last lines of a start: where it is, and who can sign in. */
export async function printWelcome({ db, env, clock, demo }: Deps, server: Server): Promise<void> {
  const bound = server.address();
  const port = typeof bound === "object" && bound ? bound.port : env.port;
  const host = env.host.includes(":") ? `[${env.host}]` : env.host;
  const lines = ["", `青浦挂图已启动  http://${host}:${port}`];
  if (demo) {
    const password = env.openDemo ? env.demoPassword : "（GUATU_DEMO_PASSWORD 里设置的口令）";
    lines.push(
      `演示数据，今天是 ${todayOf(clock)}。演示账号，口令都是 ${password} ：`,
      ...(await accountLines(db)),
    );
  } else lines.push("没有演示数据。第一个账号用 npm run admin:create 创建。");
  lines.push("按 Ctrl+C 关闭。", "");
  for (const line of lines) say(line);
}

async function accountLines(db: Deps["db"]): Promise<string[]> {
  const byRole = new Map<string, string[]>();
  for (const { roleName, account } of await demoAccounts(db))
    byRole.set(roleName, [...(byRole.get(roleName) ?? []), account]);
  return [...byRole].map(([role, accounts]) => `  ${role}  ${accounts.join(" ")}`);
}

/** Why the product did not start, for whoever sits at the terminal. */
export function explainFailure(error: unknown): string {
  if (error instanceof WrongSetting) return error.message;
  if (error instanceof DirectoryInUse)
    return `数据目录已被另一个正在运行的青浦挂图占用，请先关闭它（在它的窗口按 Ctrl+C），或者用 GUATU_DIR 换一个目录。\n(${error.message})`;
  if (error instanceof DatabaseUnavailable)
    return `连不上数据库，请检查 DATABASE_URL 和数据库是否在运行。\n(${error.message})`;
  if (error instanceof Error && "code" in error && error.code === "EADDRINUSE")
    return "端口已被占用，请用 PORT 换一个端口，例如 PORT=8081 npm start。\n(The port is in use.)";
  if (error instanceof Error && "code" in error && error.code === "EACCES")
    return "没有权限使用这个端口，请用 PORT 换一个 1024 以上的端口。\n(The port needs privileges.)";
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
