import { IconArrowBackUp, IconArrowForwardUp, IconDeviceFloppy, IconMap2 } from "@tabler/icons-react";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useMemo, useState } from "react";
import { roleRights } from "#data/domain/account.ts";
import { layerById, layers } from "#data/layers/registry.ts";
import { serverNow } from "../api/client.ts";
import { useLive } from "../api/live.ts";
import { useWho } from "../api/session.ts";
import { useSelection } from "../selection/store.ts";
import { UndoPair } from "../session/pair.tsx";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { useMedia } from "../ui/media.ts";
import { Clashes } from "./clashes.tsx";
import { Grid } from "./grid.tsx";
import { checkTable, keep, openTable, refresh, type Source } from "./io.ts";
import { SavePanel } from "./save-panel.tsx";
import { enteredCount, type Sheet } from "./sheet.ts";
import { faultsOf, goToCell, stepBack, stepOn, useTable } from "./store.ts";
import { ViewBar } from "./view-bar.tsx";
import "../forms/forms.css";
import "../bulk/bulk.css";
import "./table.css";

/** 表格编辑: one layer's places as rows, to and from Excel; nothing is saved before 保存 and its preview. */
export function TablePage() {
  const { who } = useWho();
  const narrow = useMedia("(max-width: 767px)");
  if (!roleRights[who.role].edit) return <Notice text="你的账号只能查看，表格编辑给经办、审核和专班用。" />;
  if (narrow)
    return (
      <Notice text="表格编辑要宽一点的屏幕。在电脑上打开同一个链接；手机上可以在列表里点“多选”，再批量修改。" />
    );
  return <Table />;
}

const Notice = ({ text }: { text: string }) => (
  <main className="table-notice">
    <p>{text}</p>
    <Link to="/" className="button">
      <IconMap2 size={17} stroke={1.75} aria-hidden="true" /> 回到地图
    </Link>
  </main>
);

function rowsText({ rows }: Sheet): string {
  const own = [...rows.values()].filter(({ may }) => may).length;
  return `${number(rows.size)} 行${own < rows.size ? `，${number(own)} 行归你修改` : ""}`;
}

const shelf = "guatu-table-ids";

/** The chosen places; after a reload, those that were chosen then. */
function pickedIds(): readonly number[] {
  const picked = [...useSelection.getState().picked.keys()];
  try {
    if (picked.length > 0) sessionStorage.setItem(shelf, JSON.stringify(picked));
    const kept: unknown = JSON.parse(sessionStorage.getItem(shelf) ?? "[]");
    return picked.length > 0 || !Array.isArray(kept) ? picked : kept.map(Number).filter(Number.isInteger);
  } catch {
    return picked;
  }
}

function Table() {
  const search: Record<string, string> = useSearch({ from: "/gate/desk/table" });
  const navigate = useNavigate();
  const key = JSON.stringify(search);
  const { sheet, frame, problem, note, stage, kept, restored } = useTable();
  const [heads, setHeads] = useState(true);
  const { picked, layer: wanted } = search;
  const layer = layerById(wanted ?? "");
  const open = useMemo(() => {
    const { layer: id = "", picked: chosen, ...filter }: Record<string, string> = JSON.parse(key);
    const source: Source = chosen ? { ids: pickedIds() } : { filter };
    return () => openTable(id, source, serverNow());
  }, [key]);
  useEffect(() => void open(), [open]);
  useKept(sheet);
  useFollowed(sheet);
  const entered = sheet ? enteredCount(sheet) : 0;
  const faults = sheet ? faultsOf(useTable.getState()) : [];
  if (!layer) return <Notice text="没有指定图层。在地图的列表里点“表格编辑”，或先选几处。" />;
  return (
    <main className="table-page" data-own-undo>
      <header className="table-bar">
        <Link to="/" search={{ layers: layer.id }} className="button">
          <IconMap2 size={17} stroke={1.75} aria-hidden="true" /> 回到地图
        </Link>
        <h1>
          表格编辑
          <select
            className="form-input"
            aria-label="图层"
            value={layer.id}
            disabled={entered > 0}
            title={entered > 0 ? "先保存或撤销这张表的改动" : undefined}
            onChange={({ target }) =>
              void navigate({ to: "/table", search: { ...search, layer: target.value } })
            }
          >
            {layers.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </select>
          {sheet && <span className="quiet">{rowsText(sheet)}</span>}
        </h1>
        <Steps sheet={sheet} />
        <label className="table-heads">
          <input type="checkbox" checked={heads} onChange={({ target }) => setHeads(target.checked)} />
          复制带表头和编号
        </label>
        <span className="bar-gap" />
        {faults.length > 0 && (
          <button
            type="button"
            className="table-faults"
            onClick={() => goToCell(faults[0]!.row, faults[0]!.field)}
          >
            {number(faults.length)} 格要改好
          </button>
        )}
        <button
          type="button"
          className="bulk-go"
          disabled={entered === 0 || faults.length > 0 || stage !== "idle"}
          onClick={() => void checkTable()}
        >
          <IconDeviceFloppy size={17} stroke={1.75} aria-hidden="true" />{" "}
          {stage === "checking" ? "正在核对" : `保存 ${number(entered)} 项改动`}
        </button>
      </header>
      {restored > 0 && entered > 0 && (
        <p className="table-note" role="status">
          上次没有保存的 {number(restored)} 项改动还在，已恢复。
          <button type="button" className="link-button" onClick={() => void discard(open)}>
            丢弃这些改动
          </button>
        </p>
      )}
      {!kept && (
        <p className="table-note" role="alert">
          这个浏览器存不下草稿。刷新前先保存，否则没保存的会丢。
        </p>
      )}
      {note && (
        <p className="table-note" role="status">
          {note}
        </p>
      )}
      {problem && <ErrorNote error={problem} onRetry={sheet ? undefined : () => void open()} />}
      {sheet && <Clashes sheet={sheet} />}
      {!sheet && !problem && <Skeleton rows={14} height={26} />}
      {sheet &&
        (sheet.rows.size === 0 ? (
          <p className="list-empty">
            {picked ? `选中的里面没有${layer.name}。` : `没有符合筛选的${layer.name}。`}
            回到地图换一个筛选，或另选几处。
          </p>
        ) : (
          <>
            <ViewBar sheet={sheet} />
            {frame.rows.length > 0 ? (
              <Grid sheet={sheet} heads={heads} />
            ) : (
              <p className="list-empty">没有符合的行。换个词，或点“全部显示”。</p>
            )}
          </>
        ))}
      <footer className="table-foot">
        <UndoPair />
        <p className="quiet">
          直接打字或按 Enter 修改，Tab 到下一格，Ctrl+C、Ctrl+V 与 Excel 互贴，Ctrl+D 向下填充，Ctrl+Z
          撤销，Ctrl+S 保存
        </p>
      </footer>
      {(stage === "preview" || stage === "writing") && <SavePanel />}
    </main>
  );
}

async function discard(open: () => Promise<void>): Promise<void> {
  const { sheet } = useTable.getState();
  if (!sheet) return;
  await keep({ ...sheet, entered: new Map() }, serverNow());
  await open();
}

function Steps({ sheet }: { sheet: Sheet | null }) {
  const last = sheet?.done.at(-1);
  const next = sheet?.undone.at(-1);
  return (
    <span className="table-steps">
      <button
        type="button"
        className="icon-button"
        disabled={!last}
        title={last && `撤销：${last.name}`}
        aria-label={last ? `撤销：${last.name}` : "撤销"}
        onClick={stepBack}
      >
        <IconArrowBackUp size={18} stroke={1.75} />
      </button>
      <button
        type="button"
        className="icon-button"
        disabled={!next}
        title={next && `重做：${next.name}`}
        aria-label={next ? `重做：${next.name}` : "重做"}
        onClick={stepOn}
      >
        <IconArrowForwardUp size={18} stroke={1.75} />
      </button>
    </span>
  );
}

const pauseMs = 250;

/** What is entered is on disk a moment later, and at once when the page is left. */
function useKept(sheet: Sheet | null): void {
  const entered = sheet?.entered;
  useEffect(() => {
    if (!sheet || !entered) return;
    const write = () => void keep(sheet, serverNow());
    const timer = window.setTimeout(write, pauseMs);
    window.addEventListener("pagehide", write);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener("pagehide", write);
    };
  }, [sheet, entered]);
}

/** Rows that somebody else changes are read again while the table is open. */
function useFollowed(sheet: Sheet | null): void {
  const news = useLive((s) => s.news);
  useEffect(() => {
    const { sheet: now, stage } = useTable.getState();
    if (!now || !news || stage === "writing") return;
    const ids =
      news.changes === null
        ? [...now.rows.keys()]
        : [
            ...new Set(
              news.changes
                .filter(({ kind, id }) => kind === "feature" && now.rows.has(id))
                .map(({ id }) => id),
            ),
          ];
    if (ids.length > 0) void refresh(ids).catch(() => undefined);
  }, [news]);
  useEffect(() => {
    if (sheet) useTable.setState(({ frame }) => ({ frame: { ...frame } }));
  }, [sheet]);
}
