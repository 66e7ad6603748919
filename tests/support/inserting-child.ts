import { openDatabase } from "#db/open.ts";

/** Inserts rows into the directory given as argument and says each number once it is acknowledged; ends by being killed. */
const database = await openDatabase({ directory: process.argv[2] ?? "", role: "owner" });
process.stdout.write("open\n");
for (let n = 1; ; n += 1) {
  await database.sql`insert into kept (n) values (${n})`;
  process.stdout.write(`${n}\n`);
}
