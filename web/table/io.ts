import type { ChangeOp } from "#data/domain/change.ts";
import { mostSelected } from "#data/domain/extent.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { layerById } from "#data/layers/registry.ts";
import { asProblem } from "../api/problem.ts";
import { useSession } from "../api/session.ts";
import { judged, type Planned } from "../bulk/plan.ts";
import { type Sent, sendMany, tryOut } from "../bulk/sending.ts";
import { showValue } from "../forms/value.ts";
import { discardEntries } from "../outbox/api.ts";
import { overlaid } from "../outbox/overlaid.ts";
import { useOutbox } from "../outbox/state.ts";
import { fetchSelection } from "../selection/picking.ts";
import { number } from "../ui/format.ts";
import { arranged, columnsOf, wholeView } from "./arrange.ts";
import { hiddenColumns } from "./hidden.ts";
import { findTable, type KeptTable, keepTable, tableKey } from "./keeping.ts";
import { attrsOf, enter, rebase, type Sheet, saved, sheetOf } from "./sheet.ts";
import { emptyTable, faultsOf, goToCell, useTable } from "./store.ts";

/** What a table shows: places by number, or what passes a filter. */
export type Source =
  | { readonly ids: readonly number[] }
  | { readonly filter: Readonly<Record<string, string>> };

const account = (): string => useSession.getState().session?.who.account ?? "";

/** Reads a layer's table, with what was entered before the page was left. `now` in milliseconds. */
export async function openTable(layerId: string, source: Source, now: number): Promise<void> {
  const layer = layerById(layerId);
  if (!layer) return;
  useTable.setState({ ...emptyTable });
  try {
    const kept = await findTable(tableKey(account(), layerId), now);
    const asked =
      "ids" in source ? { ids: [...source.ids] } : { filter: { ...source.filter, layers: layerId } };
    const answer =
      "ids" in source && source.ids.length === 0
        ? { rows: [], total: 0 }
        : await fetchSelection({ ...asked, full: true });
    const own = answer.rows.filter((row) => row.layer === layerId);
    const missing = (kept?.rows ?? []).map(({ id }) => id).filter((id) => !own.some((row) => row.id === id));
    const more = missing.length > 0 ? (await fetchSelection({ ids: missing, full: true })).rows : [];
    // What can be changed comes first.
    const rows = withUnsent([...more, ...own].sort((a, b) => Number(b.may) - Number(a.may)));
    const columns = columnsOf(layer);
    const view = { ...wholeView, hidden: hiddenColumns(layerId) };
    const sheet = kept ? restored(sheetOf(layer, rows), kept, rows) : sheetOf(layer, rows);
    useTable.setState({
      sheet,
      columns,
      view,
      frame: { ...arranged(sheet, columns, view), all: columns },
      mends: kept?.mends ?? null,
      restored: [...sheet.entered.values()].reduce((sum, entries) => sum + Object.keys(entries).length, 0),
      note:
        answer.total > mostSelected
          ? `共 ${number(answer.total)} 处，一张表至多 ${number(mostSelected)} 行，这里是前 ${number(own.length)} 处。用筛选缩小范围。`
          : null,
    });
  } catch (error) {
    useTable.setState({ problem: asProblem(error) });
  }
}

/** Rows with what of mine waits to be sent, so that nobody enters it twice. */
function withUnsent(rows: readonly SelectionRow[]): SelectionRow[] {
  const { entries } = useOutbox.getState();
  return rows.map((row) => (row.attrs ? { ...row, attrs: overlaid([row.id], row, entries).attrs } : row));
}

/** What was kept is entered over what it was entered over, and then merged with what is stored now. */
function restored(sheet: Sheet, kept: KeptTable, fresh: readonly SelectionRow[]): Sheet {
  const then = new Map(sheet.rows);
  for (const { id, version, attrs } of kept.rows) {
    const row = then.get(id);
    if (row) then.set(id, { ...row, version, attrs });
  }
  const cells = kept.rows.flatMap(({ id, entered }) =>
    Object.entries(entered).map(([field, value]) => ({ row: id, field, value })),
  );
  const before = enter({ ...sheet, rows: then }, cells, "恢复没保存的改动");
  return rebase(
    before,
    kept.rows.map(({ id }) => id).filter((id) => then.has(id)),
    fresh,
  );
}

/** Keeps what is entered in this browser. */
export async function keep(sheet: Sheet, now: number): Promise<void> {
  const rows = [...sheet.entered].flatMap(([id, entered]) => {
    const row = sheet.rows.get(id);
    return row ? [{ id, version: row.version, attrs: row.attrs ?? {}, entered }] : [];
  });
  try {
    const { mends } = useTable.getState();
    await keepTable({ key: tableKey(account(), sheet.layer.id), rows, at: now, mends });
    useTable.setState({ kept: true });
  } catch {
    useTable.setState({ kept: false });
  }
}

/** Reads rows anew and goes on from what they are now; tells when that changed something under the hand. */
export async function refresh(ids: readonly number[]): Promise<Sheet | null> {
  const { rows } = await fetchSelection({ ids: [...ids], full: true });
  const { sheet } = useTable.getState();
  if (!sheet) return null;
  const next = rebase(sheet, ids, withUnsent(rows));
  useTable.setState({ sheet: next });
  return next;
}

const fieldsOf = (sheet: Sheet, id: number): readonly [string, unknown][] =>
  Object.entries(sheet.entered.get(id) ?? {});

function planOf(sheet: Sheet): Planned[] {
  return [...sheet.entered.keys()].flatMap((id) => {
    const row = sheet.rows.get(id);
    if (!row) return [];
    const { fields } = sheet.layer;
    const parts = fieldsOf(sheet, id).map(([field, value]) => ({
      label: fields[field]?.label ?? field,
      before: showValue(fields[field], row.attrs?.[field]),
      after: showValue(fields[field], value),
    }));
    const ops: ChangeOp[] = [
      { op: "patch", feature: id, base: row.version, set: { ...sheet.entered.get(id) } },
    ];
    return [
      {
        row: { ...row, name: String(attrsOf(sheet, id).name ?? row.name) },
        kind: "change" as const,
        parts,
        ops,
      },
    ];
  });
}

/** Reads again what is to be changed, merges, and asks the server about each row; the preview then waits for 写入. Without a line it is what this page knows. */
export async function checkTable(told: string | null = null): Promise<void> {
  const { sheet, stage } = useTable.getState();
  if (!sheet || stage === "checking" || sheet.entered.size === 0) return;
  useTable.setState({ stage: "checking", problem: null, editing: null, note: told, unjudged: false });
  try {
    const next = await refresh([...sheet.entered.keys()]);
    if (!next) return;
    if (hasFault()) return;
    const plan = planOf(next);
    const outcomes = await tryOut(
      plan.flatMap(({ ops }) => ops),
      "",
    );
    useTable.setState({ plan: judged(plan, outcomes), stage: plan.length > 0 ? "preview" : "idle" });
  } catch (error) {
    const problem = asProblem(error);
    if (problem.status !== 0) return useTable.setState({ stage: "idle", problem });
    if (!hasFault()) useTable.setState({ plan: planOf(sheet), stage: "preview", unjudged: true });
  }
}

/** Leads to the first cell that cannot be saved as it is. */
function hasFault(): boolean {
  const [fault] = faultsOf(useTable.getState());
  if (!fault) return false;
  goToCell(fault.row, fault.field);
  useTable.setState({
    stage: "idle",
    note: "有格子要先改好：红色的是填错的，或别人刚改过的。",
  });
  return true;
}

/** Queues what the preview showed as changing, as one list; what is not taken stays entered. */
export async function writeTable(reason: string): Promise<void> {
  const { sheet, plan, stage, mends } = useTable.getState();
  const ready = plan.filter(({ kind }) => kind === "change");
  if (!sheet || stage !== "preview" || ready.length === 0) return;
  useTable.setState({ stage: "writing", problem: null });
  const ids = ready.map(({ row }) => row.id);
  let sent: Sent;
  try {
    sent = await sendMany({
      name: "表格保存",
      what: `${number(ready.reduce((sum, { parts }) => sum + parts.length, 0))} 格`,
      form: { kind: "table", layer: sheet.layer.id },
      parts: ready,
      reason,
      replaces: mends,
    });
  } catch (error) {
    return useTable.setState({ stage: "idle", problem: asProblem(error) });
  }
  if (sent.kind === "refused") {
    useTable.setState({ stage: "idle", mends: sent.id });
    return checkTable(
      sent.problem.status === 412
        ? "没有写入：刚有人改了其中几处。已重新读取并合并，请再看一遍。"
        : `没有写入：${sent.problem.detail ?? sent.problem.title}`,
    );
  }
  const through = sent.kind === "stored" ? sent.ids : ids;
  useTable.setState(({ sheet: now }) => ({
    sheet: now && saved(sent.kind === "queued" ? asSent(now, ids) : now, through),
    stage: "idle",
    plan: [],
    restored: 0,
    mends: null,
    note:
      sent.kind === "queued"
        ? `网络断了，${number(ids.length)} 处的改动存在本机的待发箱，连上后自动发送，不用重做。`
        : `已保存 ${number(through.length)} 处。左下角可以撤销。`,
  }));
  if (sent.kind === "queued") return;
  // What was not taken is still entered here, where it can be mended: it need not wait in the outbox too.
  if (sent.left) {
    await discardEntries([sent.left]);
    return checkTable(
      `已保存 ${number(through.length)} 处，另外 ${number(ids.length - through.length)} 处没有写入：`,
    );
  }
  await refresh(ids).catch(() => undefined);
}

/** The rows as they will be once the outbox got through. */
function asSent(sheet: Sheet, ids: readonly number[]): Sheet {
  const rows = new Map(sheet.rows);
  for (const id of ids) {
    const row = rows.get(id);
    if (row) rows.set(id, { ...row, attrs: { ...attrsOf(sheet, id) } });
  }
  return { ...sheet, rows };
}

/** Enters anew what was not taken of a list, over `rows`, what is stored now; the next save replaces the entry. Rejects when the browser keeps nothing. */
export async function mendTable(
  layer: string,
  changes: readonly ChangeOp[],
  rows: readonly SelectionRow[],
  mends: string,
  now: number,
): Promise<void> {
  const key = tableKey(account(), layer);
  const kept = await findTable(key, now);
  const sets = new Map(
    changes.flatMap((op) => (op.op === "patch" && op.set ? [[Number(op.feature), op.set] as const] : [])),
  );
  const entered = rows.map(({ id, version, attrs = {} }) => ({
    id,
    version,
    attrs,
    entered: { ...kept?.rows.find((row) => row.id === id)?.entered, ...sets.get(id) },
  }));
  const others = (kept?.rows ?? []).filter(({ id }) => !sets.has(id));
  await keepTable({ key, rows: [...others, ...entered], at: now, mends });
}
