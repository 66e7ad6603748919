import { beforeEach, expect, test } from "vitest";
import { startApi, type TestServer } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { fillUpTo } from "#tests/support/many.ts";
import { pacesOf } from "#tests/support/questions.ts";

/** `GUATU_SCALE=100000` fills so many; else enough to tell a question that looks at every place from one that does not. */
const many = Number(process.env.GUATU_SCALE ?? 20_000);
const few = many / 10;
/** Below so many ms a ratio tells of the machine. */
const tellable = 20;
/** Times as long, on a machine that is loaded by others; what looks at all for each would be a hundred. */
const most = { counted: 40, found: 8 } as const;

describeOnBothDatabases("ten times as many places", (open) => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startApi(open());
    return () => server.close();
  });

  test("what an index finds costs about the same, what is counted grows no faster than what there is", async () => {
    const db = open();
    const [account] = await db.owner.sql<{ id: number }[]>`select id from account where login = 'zhuanban'`;
    await fillUpTo(db, account?.id ?? 0, few);
    const small = await pacesOf(server, 3);
    await fillUpTo(db, account?.id ?? 0, many);
    const large = await pacesOf(server, 3);
    const rows = [...small].map(([name, { ms, grows }]) => ({
      name,
      grows,
      ms,
      later: large.get(name)?.ms ?? Number.NaN,
    }));
    const lines = rows.map(
      ({ name, ms, later }) =>
        `    ${name.padEnd(12, "　")} ${ms.toFixed(0).padStart(6)} : ${later.toFixed(0).padStart(6)}   × ${(later / ms).toFixed(1)}`,
    );
    process.stdout.write(`  ${db.app.kind}, ms with ${few} : ${many} places\n${lines.join("\n")}\n`);
    const tooSlow = rows.filter(
      ({ ms, later, grows }) => !(later < most[grows ? "counted" : "found"] * Math.max(ms, tellable)),
    );
    expect(tooSlow).toEqual([]);
  });
});
