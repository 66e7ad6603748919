import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { layerById } from "#data/layers/registry.ts";
import { allLeads } from "./metrics/define.ts";
import {
  appliesIn,
  countsForTown,
  headlineMetrics,
  looseMetrics,
  metricOf,
  metricsOfTarget,
  programme2025,
  programmeOf,
  scopeOf,
  targetOf,
  targetsLedBy,
  targetsOfCampaign,
} from "./programme.ts";
import { type MetricRow, metricTable } from "./source-reader.ts";
import { townOfId, towns } from "./towns.ts";
import { units } from "./units.ts";

const rows = metricTable(readFileSync(new URL("./metrics-source.txt", import.meta.url), "utf8"));
const { metrics, targets } = programme2025;
const pairs = rows.map((row) => ({ code: row.code, row, metric: metricOf(programme2025, row.code)! }));
const partsOf = (code: string) => metricOf(programme2025, code)?.parts ?? [];
const unbracketed = (name: string) => name.replace(/\(.*?\)|, by .*/g, "").replace(/\s/g, "");
const layerIds = /(?<!\.)\b[a-z]+_[a-z]+|signboard|nightscape|outfall|finding|compound/g;
const split = (cell: string, by: RegExp) => new Set(cell.split(by).map((s) => s.trim()));

/** The cell with "same" replaced by what the row above says. */
const inherited = (row: MetricRow, column: "due" | "lead"): string =>
  row[column] === "same" ? inherited(rows[rows.indexOf(row) - 1]!, column) : row[column];

/** What 目标值 says: null for —, else value and origin. */
function goalOf(cell: string) {
  if (cell.startsWith("—") && !cell.includes("内控")) return null;
  const origin = cell.includes("内控") ? "internal" : "plan";
  if (cell.startsWith("完成")) return { value: 1, origin };
  if (/全部测点|同期/.test(cell)) return { value: 100, origin };
  return { value: Number(cell.match(/\d+/)?.[0]), origin };
}

describe("every row of the metrics table", () => {
  test("the codes are the table's, in its order", () => {
    expect(rows.length).toBeGreaterThan(80);
    expect(metrics.map((m) => m.code)).toEqual(rows.map((r) => r.code));
  });

  test.each(pairs)("$code: name, ★, kind, unit and direction", ({ row, metric }) => {
    const stated = metric.parts ?? [metric];
    expect(unbracketed(metric.name)).toBe(unbracketed(row.name));
    expect(metric.star).toBe(row.star);
    expect(new Set([metric.kind, ...stated.map((s) => s.kind)])).toEqual(
      split(row.kind.replace("↓", ""), /[/;]/),
    );
    expect(metric.down ?? false).toBe(row.kind.includes("↓"));
    const written = row.unit.replace(/\(.*?\)/, "").replace("–", "");
    if (written)
      expect(new Set(stated.map((s) => s.unit).filter(Boolean))).toEqual(split(written, /[,;]|(?<=条)\//));
  });

  test.each(pairs)("$code: goal and its origin", ({ row, metric }) => {
    const goal = goalOf(row.goal);
    if (goal === null) expect(metric.goal).toBeNull();
    else expect(metric.goal).toMatchObject(goal);
    const pieces = row.goal.match(/\(≥(\d+) 件\)/)?.[1];
    expect(metric.goal?.pieces).toBe(pieces && Number(pieces));
    expect(metric.yearEnd).toBe(row.star && row.goal.startsWith("—"));
  });

  test.each(pairs)("$code: pace and due", ({ row, metric }) => {
    const due = inherited(row, "due");
    expect(metric.pace).toBe(row.pace === "–" ? null : row.pace[0]);
    const date = due.match(/\d\d-\d\d(?=\s|$)/)?.[0] ?? (due.startsWith("年末") ? "12-31" : null);
    expect(metric.due.date).toBe(date && `2025-${date}`);
    const period = { 周: "week", 月: "month", 季: "quarter" }[due[0] ?? ""];
    if (period) expect(metric.due.period).toBe(period);
    const basis = due.match(/明|推|无|(?<= )年/)?.[0];
    if (basis) expect(metric.due.basis).toBe(basis);
    else expect(metric.due.basis).not.toBe("明");
  });

  test.each(pairs)("$code: lead and its basis", ({ row, metric }) => {
    const [, who = "", basis] = inherited(row, "lead").match(/(?:unassigned.*?; )?(\S+) ([表文推])/) ?? [];
    const leads =
      who === "各牵头单位"
        ? allLeads
        : who === "五家联合"
          ? targetOf(programme2025, 20)?.leads
          : units.filter((u) => u.short === who).map((u) => u.id);
    expect(metric.leads).toEqual(leads);
    expect(metric.leadBasis).toBe(basis);
  });

  test.each(pairs)("$code: source", ({ row, metric }) => {
    const kinds = metric.source.map((s) => s.kind);
    expect(kinds.includes("import")).toBe(row.source.includes("导"));
    expect(kinds.includes("event")).toBe(row.source.includes("事"));
    expect(kinds.includes("report")).toBe(row.source.includes("报"));
    const ids = row.source.replace("façade hazard", "facade_hazard").match(layerIds);
    const layers = metric.source.flatMap((s) => (s.kind === "layer" ? s.layer : []));
    expect(new Set(layers)).toEqual(new Set(ids));
  });
});

describe("parts", () => {
  test("the first repeats the metric's own kind, unit and goal", () => {
    for (const m of metrics.filter((m) => m.parts))
      expect.soft(m.parts?.[0]).toMatchObject({ kind: m.kind, unit: m.unit, goal: m.goal });
  });

  test("rows with several numbers keep each: places and metres, sites and stations, households and buildings", () => {
    expect(partsOf("16.2").map((p) => [p.unit, p.goal?.value])).toEqual([
      ["个", 100],
      ["m", undefined],
    ]);
    expect(partsOf("1.5").map((p) => p.goal?.value)).toEqual([3, 3]);
    expect(partsOf("9.1").map((p) => p.name)).toEqual(["小区排查率", "楼栋排查率"]);
  });

  test("田间窝棚 is led by 农业农村委, as an inference", () => {
    expect(partsOf("1.4").find((p) => p.name === "田间窝棚")).toMatchObject({
      leads: ["nongye"],
      leadBasis: "推",
    });
  });
});

describe("layers", () => {
  test("each layer a metric is computed from is in the registry and serves that target", () => {
    for (const m of metrics)
      for (const id of m.source.flatMap((s) =>
        s.kind === "layer" ? s.layer : s.kind === "import" ? (s.layer ?? []) : [],
      )) {
        expect.soft(layerById(id), `${m.code} ${id}`).toBeDefined();
        expect.soft(layerById(id)?.targets, `${m.code} ${id}`).toContain(m.target);
      }
  });
});

describe("dates", () => {
  test("three dates are written, on four metrics; 明 elsewhere is the year or a period", () => {
    const written = metrics.filter((m) => m.due.basis === "明");
    expect(written.filter((m) => m.due.date && m.due.date !== "2025-12-31").map((m) => m.code)).toEqual([
      "11.1",
      "12.1",
      "20.1",
      "20.2",
    ]);
    expect(written.filter((m) => m.due.date === "2025-12-31").map((m) => m.code)).toEqual(["P.1", "4.2"]);
    expect(written.filter((m) => m.due.date === null).map((m) => m.code)).toEqual([
      "5.2",
      "9.4",
      "17.4",
      "20.3",
    ]);
  });

  test("38 and 274 have no written date: 待确认", () => {
    const open = metrics.filter((m) => m.due.needsConfirm);
    expect(open.map((m) => [m.code, m.due.basis, m.due.alternative])).toEqual([
      ["17.1", "推", "2025-06-30"],
      ["17.2", "推", "2025-06-30"],
    ]);
  });
});

describe("不适用 is not zero", () => {
  const nowhere = () => false;
  const everywhere = () => true;
  const where = (code: string) =>
    towns
      .filter((t) => appliesIn(scopeOf(programme2025, metricOf(programme2025, code)!), t.code, nowhere))
      .map((t) => t.short);

  test("夜景 is 夏阳's, 西井河 朱家角's, and five towns have no rail station", () => {
    expect(where("12.1")).toEqual(["夏阳"]);
    expect(where("16.1")).toEqual(["朱家角"]);
    const without = towns.filter((t) => !where("15.1").includes(t.short)).map((t) => t.short);
    expect(new Set(without)).toEqual(new Set(["香花桥", "练塘", "华新", "重固", "白鹤"]));
  });

  test("薄弱区域 applies only where the list holds one", () => {
    const scope = targetOf(programme2025, 11)!.scope;
    const listed = (layer: string) => layer === "weak_area";
    expect(appliesIn(scope, "310118109", nowhere)).toBe(false);
    expect(appliesIn(scope, "310118109", listed)).toBe(true);
  });

  test("a town is judged on thirteen targets, and on stations, 薄弱区域 and 西井河 where it has them", () => {
    const judged = (id: Parameters<typeof townOfId>[0], weak: boolean) =>
      targets.filter((t) => countsForTown(t, townOfId(id).code, weak ? everywhere : nowhere)).length;
    expect(judged("chonggu", false)).toBe(13);
    expect(judged("jinze", false)).toBe(14);
    expect(judged("xiayang", true)).toBe(15);
    expect(judged("zhujiajiao", true)).toBe(16);
  });
});

describe("lookups", () => {
  test("metrics are found by target, by campaign and by lead", () => {
    expect(metricsOfTarget(programme2025, 11).map((m) => m.code)).toEqual(["11.1", "11.2", "11.3"]);
    expect(headlineMetrics(programme2025, 9).map((m) => m.code)).toEqual(["9.1", "9.2", "9.3"]);
    expect(looseMetrics(programme2025, 4).map((m) => m.code)).toEqual(["C4.1", "C4.2", "C4.3"]);
    expect(targetsOfCampaign(programme2025, 2).map((t) => t.no)).toEqual([4, 5, 6, 7, 8]);
    expect(targetsLedBy(programme2025, "chengguan").map((t) => t.no)).toEqual([6, 7, 13, 19]);
    expect(programmeOf(2025)).toBe(programme2025);
    expect(programmeOf(2026)).toBeUndefined();
  });
});
