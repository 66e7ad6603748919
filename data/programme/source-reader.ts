/** Readers of the two source documents beside this file, for the tests that hold the typed data to them. */

/** Words without whitespace and list marks, which the OCR put in at random. */
export const bare = (text: string): string => text.replace(/[\s*]/g, "");

export interface PlanRow {
  campaignName: string;
  no: number;
  text: string;
  leads: string;
  cooperating: string;
}

const columns = 6;

/** Cells of 任务分解表: a cell may run over lines, and row 15 over a page. */
export function planTable(plan: string): PlanRow[] {
  const lines = plan.slice(plan.indexOf("专项行动 序号\t")).split("\n").slice(1);
  const rows: string[][] = [];
  for (const line of lines) {
    const cells = line.split("\t");
    const begins = /^(?:\t\t|(?:_|=|11|[四五六七八九]|\+)\t)/.test(line);
    if (begins && cells[2] !== "") {
      rows.push(cells);
      continue;
    }
    const row = rows.at(-1);
    if (!row) continue;
    const at = begins ? 0 : row.length - 1;
    cells.forEach((cell, i) => {
      row[at + i] = (row[at + i] ?? "") + cell;
    });
  }
  return rows.map((cells) => {
    const [, campaignName = "", no = "", text = "", leads = "", cooperating = ""] = cells.map(bare);
    if (cells.length !== columns) throw new Error(`row ${no} has ${cells.length} cells, not ${columns}`);
    return { campaignName, no: Number(no), text, leads, cooperating };
  });
}

export interface MetricRow {
  code: string;
  star: boolean;
  name: string;
  kind: string;
  unit: string;
  goal: string;
  due: string;
  pace: string;
  lead: string;
  source: string;
}

/** Rows of the table of section 2 in metrics-source.txt. */
export const metricTable = (md: string): MetricRow[] =>
  md
    .slice(md.indexOf("## 2. Metrics"), md.indexOf("## 3."))
    .split("\n")
    .filter((line) => /^\| (?:P|C4|\d+)\.\d+ \|/.test(line))
    .map((line) => {
      const [code, star, name, kind, unit, goal, due, pace, lead, source] = line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.replaceAll("**", "").trim()) as [string, ...string[]];
      return { code, star: star === "★", name, kind, unit, goal, due, pace, lead, source } as MetricRow;
    });
