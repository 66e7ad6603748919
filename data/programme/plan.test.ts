import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { Programme, Town, townCodes, townIds, Unit, unitIds } from "#data/domain/programme.ts";
import { markQuirks, planQuirks } from "./plan-quirks.ts";
import { metricOf, programme2025, targetOf } from "./programme.ts";
import { bare, planTable } from "./source-reader.ts";
import { towns } from "./towns.ts";
import { unitOf, units } from "./units.ts";

const plan = readFileSync(new URL("./work-plan.txt", import.meta.url), "utf8");
const words = bare(plan);
const rows = planTable(plan);
const { campaigns, targets, metrics } = programme2025;
const section = (from: string, to: string) => words.slice(words.indexOf(from), words.indexOf(to));

describe("the shape", () => {
  test("the programme satisfies its own schema", () => {
    expect(Programme.parse(programme2025)).toEqual(programme2025);
    expect(units.map((u) => Unit.parse(u).id)).toEqual([...unitIds]);
    expect(towns.map((t) => Town.parse(t).code)).toEqual([...townCodes]);
    expect(towns.map((t) => t.id)).toEqual([...townIds]);
  });

  test("three 街道 and eight 镇", () => {
    expect(towns.filter((t) => t.kind === "街道").map((t) => t.short)).toEqual(["夏阳", "盈浦", "香花桥"]);
    expect(towns.filter((t) => t.kind === "镇")).toHaveLength(8);
  });

  test("metric codes and part keys are unique", () => {
    const codes = metrics.flatMap((m) => [m.code, ...(m.parts ?? []).map((p) => `${m.code}.${p.key}`)]);
    expect(new Set(codes).size).toBe(codes.length);
  });

  test("every target has a headline metric", () => {
    for (const t of targets) expect(metrics.some((m) => m.target === t.no && m.star)).toBe(true);
  });
});

describe("units", () => {
  test("each is named in the plan as we name it", () => {
    for (const u of units) expect.soft(words).toContain(u.name);
  });

  test("the members of the 专班 are those of section 二, and 组织部, 编办, 信访办 are not among them", () => {
    const sentence = words.match(/由(区城管执法局)牵头.*?主要成员单位包括(.*?)以及各镇、街道/);
    const written = [sentence?.[1], ...(sentence?.[2] ?? "").split("、")];
    const members = units.filter((u) => u.member && u.id !== "zhuanban").map((u) => u.name);
    expect(new Set(members)).toEqual(new Set(written));
  });
});

describe("campaigns", () => {
  test.each(campaigns)("$numeral $short stands in both sections in these words", (c) => {
    const head = `(${c.numeral})${c.name}。`;
    expect(section("一、目标体系", "二、工作体系")).toContain(head + c.text);
    const leads = c.leads.map((id) => unitOf(id).short).join("、");
    expect(section("二、工作体系", "三、政策体系")).toContain(`${head}${c.measures}(牵头单位:${leads})`);
  });
});

describe("targets: every row of 任务分解表", () => {
  test("the table has twenty rows, numbered 1 to 20", () => {
    expect(rows.map((r) => r.no)).toEqual(targets.map((t) => t.no));
    expect(rows).toHaveLength(20);
  });

  test.each(rows)("row $no: words and cooperating units as written", (row) => {
    const target = targetOf(programme2025, row.no);
    expect(target?.text).toBe(row.text);
    expect(target?.cooperatingText).toBe(row.cooperating);
  });

  test("each target belongs to the campaign whose name stands above it", () => {
    let above = "";
    for (const row of rows) {
      above = row.campaignName || above;
      const campaign = campaigns.find((c) => c.no === targetOf(programme2025, row.no)?.campaign);
      expect(campaign?.name).toBe(above);
    }
  });

  test.each(rows)("row $no: the lead is the cell's, and only a blank cell was resolved", (row) => {
    const target = targetOf(programme2025, row.no);
    expect(target?.mergedLead).toBe(row.leads === "");
    if (row.leads) expect(target?.leads.map((id) => unitOf(id).short).join("、")).toBe(row.leads);
  });

  test("merged cells: 2,3←1; 5←4; 7←6; 10,12←11; 15←14", () => {
    const merged = targets.filter((t) => t.mergedLead).map((t) => [t.no, ...t.leads]);
    expect(merged).toEqual([
      [2, "lvhua"],
      [3, "lvhua"],
      [5, "lvhua"],
      [7, "chengguan"],
      [10, "lvhua"],
      [12, "lvhua"],
      [15, "jianguan"],
    ]);
  });

  test("cooperating units are exactly those the cell names", () => {
    for (const t of targets) {
      const rest = t.cooperatingText
        .replace(/各镇、街道$/, "")
        .replace(t.cooperatingOthers ?? "", "")
        .split(/[、,]/)
        .filter((name) => name && !towns.some((town) => town.name === name));
      expect.soft(t.cooperating.map((id) => unitOf(id).short)).toEqual(rest);
      expect.soft(t.cooperatingTowns === "all").toBe(t.cooperatingText.endsWith("各镇、街道"));
      if (t.cooperatingTowns === "all") continue;
      const named = towns.filter((town) => t.cooperatingText.includes(town.name)).map((town) => town.code);
      expect.soft(t.cooperatingTowns).toEqual(named);
    }
  });

  test("row 20 is joint and cut off: the document ends inside its last cell", () => {
    const cut = targets.filter((t) => t.cut);
    expect(cut.map((t) => t.no)).toEqual([20]);
    expect(targets.filter((t) => t.joint).map((t) => t.no)).toEqual([20]);
    expect(words.endsWith(cut[0]?.cooperatingText ?? "?")).toBe(true);
  });
});

/** Passage of the plan, the metric (and part) that carries its number, and that number. */
const carried: [passage: string, code: string, value: number][] = [
  ["推动20项目标任务100%完成", "P.1", 20],
  ["等24项政策", "P.10.a", 24],
  ["形成10处主要绿化景观节点提升建设方案", "2.1", 10],
  ["5处城市绿化主题景点建设", "2.2", 5],
  ["2次全覆盖检查", "4.2", 2],
  ["不少于8次", "6.2", 8],
  ["废弃混凝土100%规范处置或就地利用", "8.1", 100],
  ["在监工程100%签订处置合同", "8.2", 100],
  ["高坠隐患排查率达到100%", "9.1", 100],
  ["推动市督办案件整治整改率达到100%", "10.1", 100],
  ["完成市督办案件整治工作,整改率达到100%", "10.1", 100],
  ["完成户外招牌广告安全隐患整改150处", "10.2", 150],
  ["完成户外招牌安全抽检1200块", "10.3", 1200],
  ["消除11处薄弱区域", "11.1", 11],
  ["锁定全区薄弱区域11处", "11.1", 11],
  ["薄弱区域专项联合整治3次", "11.2", 3],
  ["通过2处夜景提升", "12.1", 2],
  ["户外广告依法开展整治,完成率达100%", "13.1", 100],
  ["问题清单开展整治,完成率达100%", "13.2", 100],
  ["开展城市清洁行动12次", "C4.1", 12],
  ["门责告知履约率实现100%", "C4.2", 100],
  ["不少于30条", "C4.3", 30],
  ["新增180个共享停车位", "14.1", 180],
  ["设置1道围隔", "16.4", 1],
  ["3道生物基网", "16.5", 3],
  ["38件停车问题信访投诉化解率达到90%以上", "17.1", 90],
  ["274件12345热线工单化解率达到70%以上", "17.2", 70],
  ["新增归集数字体征一级指标20个以上", "18.2", 20],
  ["(智慧电梯)、民生安全(智慧水表)预警推送率100%", "18.3", 100],
  ["(智慧电梯)、民生安全(智慧水表)预警推送率100%", "18.4", 100],
  ["619件信访投诉化解率达到90%以上", "20.1", 90],
  ["1864件12345热线工单化解率达到70%以上", "20.2", 70],
  ["每月开展一次联合检查", "5.2", 1],
  ["每季度召开工作例会或者现场推进会", "P.4", 1],
  ["每周召开线上会议", "17.4.a", 1],
  ["每周收取主责单位任务推进明细", "17.4.b", 1],
  ["每月召开青浦区党建引领", "20.3", 1],
];

/** Written dates, which stand on `due` instead of a goal. */
const dated: [passage: string, codes: string[], date: string][] = [
  ["6月底前完成薄弱区域整治工作", ["11.1"], "2025-06-30"],
  ["9月底前完成G50青浦新城出入口、夏阳湖周边区域的景观照明改造提升工作", ["12.1"], "2025-09-30"],
  ["在6月底前推动", ["20.1", "20.2"], "2025-06-30"],
];

/** Numbers that are names: a hotline, a road, a release, a document, a year. */
const names = [
  "318国道",
  "降低信访和12345投诉率",
  "推进12345热线",
  "数字体征平台3.0",
  "(2024-2026年)",
  "青府办发[2024]30号",
  "沪府令57号",
  "2025年,实施",
  "到2027年,每年实施",
  "2025年目标任务",
];

const goalAt = (code: string) => {
  const [head, no, key] = code.split(".");
  const metric = metricOf(programme2025, `${head}.${no}`);
  return key ? metric?.parts?.find((p) => p.key === key)?.goal : metric?.goal;
};

describe("every number of the text", () => {
  test.each(carried)("“%s” is carried by %s as %d, as the plan's", (passage, code, value) => {
    expect(words).toContain(passage);
    expect(goalAt(code)).toMatchObject({ value, origin: "plan", op: ">=" });
  });

  test.each(dated)("“%s” is the date of %s", (passage, codes, date) => {
    expect(words).toContain(passage);
    for (const code of codes) expect(metricOf(programme2025, code)?.due).toEqual({ date, basis: "明" });
  });

  test("no number is left over once these passages and the names are taken out", () => {
    const prose = words.slice(0, words.indexOf("附件城市精细化管理提升工程任务分解表"));
    const table = rows.map((r) => r.text).join("\n");
    const known = [...carried.map(([p]) => p), ...dated.map(([p]) => p), ...names];
    const left = known
      .sort((a, b) => b.length - a.length)
      .reduce((text, passage) => text.replaceAll(passage, "…"), `${prose}\n${table}`);
    expect(left.match(/.{0,8}(?:\d+|每[周月季]).{0,8}/g) ?? []).toEqual([]);
  });

  test("no metric claims a number as the plan's beyond these passages and the written duties without one", () => {
    const unnumbered = [
      "P.2",
      "P.3",
      "P.8",
      "5.3",
      "9.1.a",
      "9.1.b",
      "9.4",
      "17.4",
      "18.1",
      "20.4",
      "20.4.a",
      "P.10",
    ];
    const claims = metrics.flatMap((m) => [
      ...(m.goal?.origin === "plan" ? [m.code] : []),
      ...(m.parts ?? []).filter((p) => p.goal?.origin === "plan").map((p) => `${m.code}.${p.key}`),
    ]);
    expect(new Set(claims)).toEqual(new Set([...carried.map(([, code]) => code), ...unnumbered]));
  });

  test("a goal or base of the plan is shown in the plan's own words; an internal one says 内控", () => {
    for (const m of metrics)
      for (const stated of [m, ...(m.parts ?? [])]) {
        if (stated.goal?.origin === "internal") expect.soft(stated.goal.text).toMatch(/^内控：/);
        else if (stated.goal) expect.soft(words).toContain(stated.goal.text);
        if (stated.base?.origin === "plan") expect.soft(words).toContain(stated.base.text);
      }
  });

  test("the frozen lists are 619, 1864, 38 and 274, and the pieces a percentage asks for round up", () => {
    const lists = ["20.1", "20.2", "17.1", "17.2"].map((code) => metricOf(programme2025, code));
    expect(lists.map((m) => m?.base?.value)).toEqual([619, 1864, 38, 274]);
    for (const m of lists)
      expect(m?.goal?.pieces).toBe(Math.ceil(((m?.base?.value ?? 0) * (m?.goal?.value ?? 0)) / 100));
  });
});

describe("policies and quirks", () => {
  test("two of 24 policies are named, the rest is not invented", () => {
    expect(programme2025.policyTotal).toBe(24);
    expect(programme2025.policies.map((p) => `《${p.title}》(${p.docNo})`).join("、")).toBe(
      words.match(/依据(《.*?)等24项政策/)?.[1],
    );
  });

  test("every quirk stands in the source, and the unclear words are shown with 〔原文如此〕", () => {
    for (const q of planQuirks) expect.soft(words).toContain(q.written);
    expect(markQuirks(campaigns[0]?.text ?? "")).toContain("智慧城程管理平台〔原文如此〕建设");
    expect(markQuirks(campaigns[2]?.measures ?? "")).toContain("房屋的坠隐患〔原文如此〕排查");
  });
});
