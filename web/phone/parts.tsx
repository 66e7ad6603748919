import { IconDots } from "@tabler/icons-react";
import { Dropdown } from "antd";
import { Suspense, useState } from "react";
import { roleRights } from "#data/domain/account.ts";
import { inStead } from "../api/problem.ts";
import { useList } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { townName } from "../list/columns.tsx";
import type { MapState } from "../map/state.ts";
import type { Box } from "../map/town-boxes.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { usePreferences } from "../shell/preferences.ts";
import { moment, number } from "../ui/format.ts";
import { OpenPlaces } from "./open-places.tsx";
import { PhoneTasks } from "./tasks.tsx";

const ChangesPanel = part(() => import("../changes/panel.tsx").then((m) => m.ChangesPanel));

type Part = "tasks" | "places" | "changes" | "deleted";
const partName: Record<Part, string> = {
  tasks: "我的任务",
  places: "图上没办完的",
  changes: "改动记录",
  deleted: "已删除的",
};

interface PartsProps {
  readonly state: MapState;
  readonly onShow: (box: Box) => void;
}

/** What the sheet holds while no place is chosen: my tasks first, the rest behind one button. */
export function PhoneParts({ state, onShow }: PartsProps) {
  const [part, setPart] = useState<Part>("tasks");
  const menu = <PartMenu part={part} onPart={setPart} />;
  if (part === "tasks") return <PhoneTasks state={state} menu={menu} />;
  return (
    <>
      <header className="tasks-head">
        <h1>{partName[part]}</h1>
        {menu}
      </header>
      {part === "places" && <OpenPlaces state={state} />}
      {part === "deleted" && <DeletedPlaces state={state} />}
      {part === "changes" && (
        <Suspense fallback={<Skeleton rows={6} height={40} />}>
          <ChangesPanel state={state} onShow={onShow} />
        </Suspense>
      )}
    </>
  );
}

function PartMenu({ part, onPart }: { part: Part; onPart: (part: Part) => void }) {
  const { who } = useWho();
  const { large, toggleLarge } = usePreferences();
  // Deleted places are told to who could bring them back.
  const parts: readonly Part[] = roleRights[who.role].edit
    ? ["tasks", "places", "changes", "deleted"]
    : ["tasks", "places", "changes"];
  const items = [
    ...parts.map((key) => ({ key, label: partName[key], onClick: () => onPart(key) })),
    { type: "divider" as const },
    { key: "large", label: large ? "关掉大字模式" : "大字模式", onClick: toggleLarge },
  ];
  return (
    <Dropdown
      menu={{ items, selectedKeys: [part], className: "phone-menu" }}
      trigger={["click"]}
      placement="bottomRight"
    >
      <button type="button" className="tasks-menu" aria-label="看别的">
        <IconDots size={22} stroke={1.75} />
      </button>
    </Dropdown>
  );
}

function DeletedPlaces({ state }: { state: MapState }) {
  const answer = useList({ ...state.asOf, town: state.search.town, deleted: "1", sort: "-id", limit: 200 });
  if (inStead(answer)) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton rows={6} height={40} />;
  if (answer.data.rows.length === 0) return <p className="list-empty">没有删除过的。</p>;
  return (
    <>
      <p className="tasks-count quiet">{number(answer.data.total)} 处，点开可以恢复</p>
      <ul className="tasks-list">
        {answer.data.rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className="task-row"
              onClick={() => state.patch({ sel: String(row.id) }, { push: true })}
            >
              <span className="task-row-text">
                <span className="task-row-line">
                  <b>{row.name}</b>
                  <span className="quiet">{townName(row.town)}</span>
                </span>
                {row.deletion && (
                  <span className="quiet">
                    <span className="figure">{moment(row.deletion.at)}</span>　{row.deletion.unit}
                    {row.deletion.reason && `　${row.deletion.reason}`}
                  </span>
                )}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
