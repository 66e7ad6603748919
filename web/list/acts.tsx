import { IconSquareCheck, IconTableShare } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ListQuery } from "../api/queries.ts";
import type { MapState } from "../map/state.ts";
import { number } from "../ui/format.ts";

/** Chooses all that the list's filter means. */
export const pickAll = ({ listQuery }: MapState): void =>
  void import("../selection/picking.ts").then(({ filterOfList, pick }) =>
    pick({ filter: filterOfList(listQuery) }, "add"),
  );

/** What can be done with everything the list shows. */
export function ListActs({ state, total }: { state: MapState; total: number }) {
  const { at: _at, known: _known, layers: _layers, ...filter } = state.listQuery;
  return (
    <>
      <button
        type="button"
        className="list-tab"
        title={`全选符合筛选的 ${number(total)} 处（列表里 Ctrl+A）`}
        onClick={() => pickAll(state)}
      >
        <IconSquareCheck size={16} stroke={1.75} aria-hidden="true" /> 全选 {number(total)} 处
      </button>
      <Link to="/table" search={{ ...textsOf(filter), layer: state.shown[0] ?? "" }} className="list-tab">
        <IconTableShare size={16} stroke={1.75} aria-hidden="true" /> 表格编辑
      </Link>
    </>
  );
}

const textsOf = (query: ListQuery): Record<string, string> =>
  Object.fromEntries(
    Object.entries(query).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );
