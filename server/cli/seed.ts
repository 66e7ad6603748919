import { readEnv } from "../env.ts";
import { openFilled } from "../filling.ts";
import { explainFailure, say } from "../terminal.ts";

/** `npm run seed [-- --empty]`: fills a new database before its first start; `--empty` leaves the demo out. */
async function run(): Promise<void> {
  const unknown = process.argv.slice(2).filter((word) => word !== "--empty");
  if (unknown.length > 0) throw new Error(`不认识 ${unknown.join(" ")}；可用的只有 --empty。`);
  const filling = process.argv.includes("--empty") ? "empty" : "demo";
  let told = false;
  const tell = (line: string) => {
    told = true;
    say(line);
  };
  const owner = await openFilled(readEnv(process.env), { filling, tell });
  const [row] = await owner.sql<{ accounts: number }[]>`select count(*)::int as accounts from account`;
  await owner.close();
  if (filling === "empty")
    say(
      row?.accounts === 0
        ? "规划、镇街和图层已写好，没有演示数据。第一个账号用 npm run admin:create 创建。"
        : `这个数据库里已经有 ${row?.accounts} 个账号，没有改动。要从头开始，请换一个空的数据库。`,
    );
  else say(told ? "演示数据已写好。" : "这个数据库已经写过数据，没有改动。");
}

run().catch((error: unknown) => {
  process.stderr.write(`${explainFailure(error)}\n`);
  process.exit(1);
});
