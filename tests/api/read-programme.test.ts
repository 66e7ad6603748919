import { expect, it } from "vitest";
import type { Light } from "#data/domain/light.ts";
import { townIds } from "#data/domain/programme.ts";
import type { LayersAnswer, SummaryAnswer } from "#data/domain/wire/list.ts";
import type { MetricSeriesAnswer, ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { seed } from "#db/seed.ts";
import { startApi } from "#tests/support/api.ts";
import { describeOnBothDatabases } from "#tests/support/databases.ts";

/** demo-story §3. */
const targetLights: Record<Exclude<Light, "none">, number[]> = {
  done: [20],
  normal: [1, 3, 4, 6, 9, 10, 13, 14, 16, 17],
  warn: [2, 5, 8, 11, 15, 18],
  late: [7, 12, 19],
};

/** demo-story, last table: yellow and red lights of each town. */
const townLights: Record<string, readonly [warn: number, late: number]> = {
  yingpu: [2, 0],
  xiayang: [3, 0],
  xianghuaqiao: [3, 0],
  zhaoxiang: [3, 2],
  huaxin: [3, 3],
  xujing: [4, 4],
  chonggu: [1, 0],
  liantang: [2, 0],
  jinze: [2, 0],
  zhujiajiao: [3, 0],
  baihe: [3, 3],
};

describeOnBothDatabases("the programme over the demo year", (open) => {
  it("stands on 2025-09-15, and stood on past days, as the story tells", { timeout: 300_000 }, async () => {
    await seed(open().owner, { password: "test-password", today: "2025-09-15" });
    const server = await startApi(open());
    const reader = await server.as("zhuanban");
    const programme = async (query = "") =>
      (await reader.ask<ProgrammeAnswer>(`/api/programme/2025${query}`)).body;
    const metric = (answer: ProgrammeAnswer, code: string) =>
      answer.metrics.find((each) => each.code === code);
    const shown = (answer: ProgrammeAnswer, code: string) => {
      const { value, of } = metric(answer, code) ?? {};
      return [value, of];
    };
    const now = await programme();

    for (const [light, numbers] of Object.entries(targetLights))
      expect([light, now.targets.filter((each) => each.light === light).map(({ no }) => no)]).toEqual([
        light,
        numbers,
      ]);
    for (const [i, { code, lights }] of now.towns.entries())
      expect([code, lights.warn, lights.late]).toEqual([code, ...(townLights[townIds[i] ?? ""] ?? [])]);
    for (const { metric: plan, why } of now.metrics)
      expect([plan.code, why.length > 0]).toEqual([plan.code, true]);

    // 1.3 六化 is tracked without a goal: its zero does not pull the campaign down.
    expect(metric(now, "1.3")?.parts?.map(({ value, of }) => [value, of])).toEqual([
      [0, 14],
      [0, 6],
    ]);
    expect(Math.round(now.campaigns[0]?.percent ?? 0)).toBe(72);
    expect(shown(now, "1.1")).toEqual([1109, 1260]);
    expect(shown(now, "9.1")).toEqual([401, 438]);
    expect(shown(now, "14.1")).toEqual([126, null]);
    expect(shown(now, "15.1")).toEqual([12, 14]);
    expect(shown(now, "16.1")).toEqual([4, 6]);
    expect(shown(now, "19.1")).toEqual([104, 177]);
    expect(shown(now, "20.1")).toEqual([601, 619]);
    expect(metric(now, "20.2")).toMatchObject({ value: 1486, met: true, metLate: true, light: "done" });
    expect(metric(now, "20.2")?.months).toEqual([{ month: "2025-06", light: "late" }]);
    expect(metric(now, "20.1")?.metLate).toBeUndefined();
    expect(metric(now, "5.2")?.months?.find(({ month }) => month === "2025-07")?.light).toBe("late");
    expect(metric(now, "7.1")).toMatchObject({ value: 5, reference: 4, light: "late" });
    expect(metric(now, "P.1")).toMatchObject({ value: 1, of: 20 });

    const june = await programme("?at=2025-06-30&known=2025-06-30");
    expect([shown(june, "11.1"), shown(june, "20.2")]).toEqual([
      [10, 11],
      [1311, 1864],
    ]);
    const corrected = await programme("?at=2025-06-30&known=2025-07-05");
    expect([shown(corrected, "11.1"), shown(corrected, "20.2")]).toEqual([
      [9, 11],
      [1287, 1864],
    ]);
    const series = await reader.ask<MetricSeriesAnswer>("/api/programme/2025/metrics/14.1");
    expect(series.body.months.map(({ value }) => value).slice(2)).toEqual([12, 28, 46, 71, 90, 114, 126]);

    const leader = await server.as("leader");
    const { body: layers } = await leader.ask<LayersAnswer>("/api/layers");
    expect(layers.layers.find(({ id }) => id === "illegal_building")).toMatchObject({ countsOnly: true });
    const { body: summary } = await leader.ask<SummaryAnswer>("/api/summary?by=town&layers=illegal_building");
    for (const { lights } of summary.rows)
      for (const n of Object.values(lights)) expect(n === 0 || n >= 5).toBe(true);
    expect(summary.rows.some(({ hidden }) => hidden)).toBe(true);
    const own = await reader.ask<SummaryAnswer>("/api/summary?by=town&layers=illegal_building");
    expect(own.body.rows.reduce((sum, { total }) => sum + total, 0)).toBe(177 + 37);
    server.close();
  });
});
