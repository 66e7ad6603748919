import type { ReactNode } from "react";
import { lightName } from "#data/domain/light.ts";
import { stateName } from "#data/domain/task.ts";
import type { ListRow } from "#data/domain/wire/list.ts";
import { layerById } from "#data/layers/registry.ts";
import { towns } from "#data/programme/towns.ts";
import { units } from "#data/programme/units.ts";
import { LayerGlyph, StateMark } from "../legend/marks.tsx";
import { UnsentMark } from "../outbox/unsent-mark.tsx";
import { moment } from "../ui/format.ts";

export interface Column {
  readonly id: string;
  readonly title: string;
  /** Key of `sort`; left out: not sortable. */
  readonly sort?: string;
  readonly width: string;
  readonly cell: (row: ListRow) => ReactNode;
}

export const townName = (code: string | null): string =>
  code === null ? "跨镇街" : (towns.find((town) => town.code === code)?.short ?? code);
export const unitName = (id: string | null): string => units.find((unit) => unit.id === id)?.short ?? "";

/** The table of the list drawer; order and widths as people read it left to right. */
export const columns: readonly Column[] = [
  {
    id: "light",
    title: "状态",
    sort: "light",
    width: "92px",
    cell: (row) => (
      <span className="list-light">
        <StateMark light={row.light} size={13} /> {lightName[row.light]}
      </span>
    ),
  },
  {
    id: "name",
    title: "名称",
    sort: "name",
    width: "minmax(180px, 2.2fr)",
    cell: (row) => (
      <>
        <b>{row.name}</b>
        <UnsentMark feature={row.id} />
      </>
    ),
  },
  {
    id: "due",
    title: "期限",
    sort: "due",
    width: "100px",
    cell: (row) => (
      <span className={row.light === "late" ? "figure list-late" : "figure"}>{row.due ?? ""}</span>
    ),
  },
  {
    id: "target",
    title: "任务",
    width: "52px",
    cell: (row) => <span className="figure">{row.target ?? ""}</span>,
  },
  {
    id: "layer",
    title: "图层",
    width: "132px",
    cell: (row) => {
      const layer = layerById(row.layer);
      return (
        <span className="list-light quiet">
          {layer && <LayerGlyph layer={layer} size={15} />} {layer?.name}
        </span>
      );
    },
  },
  { id: "town", title: "镇街", sort: "town", width: "84px", cell: (row) => townName(row.town) },
  { id: "state", title: "流转", width: "76px", cell: (row) => (row.state ? stateName[row.state] : "") },
  { id: "lead", title: "牵头单位", width: "100px", cell: (row) => unitName(row.lead) },
  {
    id: "progress",
    title: "进度",
    width: "60px",
    cell: (row) => <span className="figure">{row.progress === null ? "" : `${row.progress}%`}</span>,
  },
];

const kept = (...ids: readonly string[]): Column[] =>
  columns.filter(({ id }) => ids.includes(id)).map(({ sort: _, ...column }) => column);

/** The same for the deleted ones: no light and no task any more, but who took them away and why. */
export const deletedColumns: readonly Column[] = [
  ...kept("name", "layer", "town"),
  {
    id: "deleted-at",
    title: "删除时间",
    width: "140px",
    cell: (row) => <span className="figure">{row.deletion && moment(row.deletion.at)}</span>,
  },
  { id: "deleted-by", title: "删除单位", width: "120px", cell: (row) => row.deletion?.unit },
  {
    id: "deleted-why",
    title: "理由",
    width: "minmax(140px, 2fr)",
    cell: (row) => row.deletion?.reason ?? <span className="quiet">没有写</span>,
  },
];

export const gridOf = (shown: readonly Column[]): string => shown.map((column) => column.width).join(" ");
