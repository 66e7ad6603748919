import { expect, it } from "vitest";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { places, startApi } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";
import { createOf, openTaskforce, point, write } from "#tests/tiles/fixture.ts";

describeOnBothDatabases("programme after a write", (open) => {
  it("counts an edit in the very next answer, and not in an answer as known before it", async () => {
    const server = await startApi(open());
    try {
      const reader = await server.as("zhuanban");
      const token = await openTaskforce(open());
      await write(open().app, token, [createOf("finding", point(...places.zhujiajiao), "漕平路占道")]);
      const findings = async (query = "") => {
        const { body } = await reader.ask<ProgrammeAnswer>(`/api/programme/2025${query}`);
        return { of: body.metrics.find(({ code }) => code === "1.1")?.of, known: body.asOf.known };
      };
      const before = await findings();
      expect(before.of).toBe(1);
      await write(open().app, token, [createOf("finding", point(...places.xujing), "徐盈路乱停车")]);
      expect(await findings()).toEqual({ of: 2, known: before.known + 1 });
      expect((await findings(`?known=${before.known}`)).of).toBe(1);
    } finally {
      server.close();
    }
  });
});
