import { showValue } from "../forms/value.ts";
import { number } from "../ui/format.ts";
import { attrsOf, choose, type Sheet } from "./sheet.ts";
import { useTable } from "./store.ts";

const atOnce = 3;

/** Cells that somebody changed too (a colleague, or oneself in another window): what it was, what each side made of it, and the choice. */
export function Clashes({ sheet }: { sheet: Sheet }) {
  const all = [...sheet.clashes].flatMap(([row, fields]) =>
    Object.entries(fields).map(([field, clash]) => ({ row, field, ...clash })),
  );
  if (all.length === 0) return null;
  const settle = (row: number, field: string, side: "mine" | "theirs") =>
    useTable.setState(({ sheet: now }) => ({ sheet: now && choose(now, row, field, side) }));
  return (
    <ul className="table-clashes" aria-label="两边改到了同一格" role="alert">
      {all.slice(0, atOnce).map(({ row, field, base, theirs }) => {
        const def = sheet.layer.fields[field];
        const attrs = attrsOf(sheet, row);
        return (
          <li key={`${row} ${field}`}>
            <span>
              <b>{String(attrs.name ?? "")}</b> 的{def?.label}：原来“{showValue(def, base)}”，刚被改成“
              {showValue(def, theirs)}”，你改成“{showValue(def, attrs[field])}”
            </span>
            <button type="button" className="button" onClick={() => settle(row, field, "mine")}>
              用我的
            </button>
            <button type="button" className="button" onClick={() => settle(row, field, "theirs")}>
              用对方的
            </button>
          </li>
        );
      })}
      {all.length > atOnce && <li>另有 {number(all.length - atOnce)} 格，选完上面的再显示</li>}
    </ul>
  );
}
