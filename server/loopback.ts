import { type Env, WrongSetting } from "./env.ts";

/** Everybody knows the default password: with it a demo is for this machine alone. */
export function refuseOpenDemo(env: Env): void {
  if (env.openDemo && !env.onLoopback)
    throw new WrongSetting(
      `演示账号还用着默认口令，不能在 ${env.host} 上对外提供服务。\n` +
        "请先设置 GUATU_DEMO_PASSWORD（至少 8 个字符）再启动，或者用 HOST=127.0.0.1。\n" +
        "(Demo accounts still have the default password: set GUATU_DEMO_PASSWORD, or keep HOST on loopback.)",
    );
}
