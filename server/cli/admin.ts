import { parseArgs } from "node:util";
import { type Role, roleName, roles } from "#data/domain/account.ts";
import { AccountRefused, createAccount } from "#db/admin.ts";
import { readEnv } from "../env.ts";
import { openFilled } from "../filling.ts";
import { explainFailure, say } from "../terminal.ts";

const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);

/** `npm run admin:create [-- --login admin --name 系统管理员 --unit shuju --role admin]`: the first account, or another one. */
async function run(): Promise<void> {
  const { values } = parseArgs({
    options: {
      login: { type: "string", default: "admin" },
      name: { type: "string", default: "系统管理员" },
      unit: { type: "string", default: "shuju" },
      role: { type: "string", default: "admin" },
    },
  });
  const { role } = values;
  if (!isRole(role))
    throw new AccountRefused(
      `没有角色 ${role}；可用的是 ${roles.map((each) => `${each} ${roleName[each]}`).join("、")}。`,
    );
  const owner = await openFilled(readEnv(process.env), { filling: "empty", tell: say });
  try {
    const password = await createAccount(owner, { ...values, role });
    say(`账号 ${values.login}（${roleName[role]}）已创建，口令 ${password} ，只显示这一次。`);
  } finally {
    await owner.close();
  }
}

run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof AccountRefused ? error.message : explainFailure(error)}\n`);
  process.exit(1);
});
