/** Text as Excel and WPS put it on the clipboard: cells by tab, rows by line end, a cell with either of them in quotes. */
export function parseTsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at <= text.length) {
    const [cell, end] = text[at] === '"' ? quoted(text, at) : plain(text, at);
    row.push(cell);
    const mark = text[end];
    if (mark === "\t") {
      at = end + 1;
      continue;
    }
    rows.push(row);
    row = [];
    at = end + (mark === "\r" && text[end + 1] === "\n" ? 2 : 1);
    // Excel ends the last row too: what follows is no empty row.
    if (at >= text.length) break;
  }
  return rows;
}

const endOfCell = /[\t\r\n]/g;

function plain(text: string, from: number): [string, number] {
  endOfCell.lastIndex = from;
  const end = endOfCell.exec(text)?.index ?? text.length;
  return [text.slice(from, end), end];
}

/** A quote that is not closed, or that something follows, was only a quote. */
function quoted(text: string, from: number): [string, number] {
  let at = from + 1;
  for (;;) {
    const close = text.indexOf('"', at);
    if (close < 0) return plain(text, from);
    if (text[close + 1] === '"') {
      at = close + 2;
      continue;
    }
    const next = text[close + 1];
    if (next !== undefined && !"\t\r\n".includes(next)) return plain(text, from);
    return [
      text
        .slice(from + 1, close)
        .replaceAll('""', '"')
        .replaceAll("\r\n", "\n"),
      close + 1,
    ];
  }
}

/** The same the other way, as Excel reads it. */
export const formatTsv = (rows: readonly (readonly string[])[]): string =>
  rows
    .map((row) =>
      row.map((cell) => (/["\t\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"),
    )
    .join("\r\n");
