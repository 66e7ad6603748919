import type { ChangeOp } from "#data/domain/change.ts";
import { mostSelected } from "#data/domain/extent.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { layerById } from "#data/layers/registry.ts";
import { asProblem } from "../api/problem.ts";
import { useSession } from "../api/session.ts";
import { judged, type Planned } from "../bulk/plan.ts";
import { tryOut, writeAll } from "../bulk/sending.ts";
import { showValue } from "../forms/value.ts";
import { fetchSelection } from "../selection/picking.ts";
import { deedOf } from "../session/names.ts";
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
    const rows = [...more, ...own].sort((a, b) => Number(b.may) - Number(a.may));
    const columns = columnsOf(layer);
    const view = { ...wholeView, hidden: hiddenColumns(layerId) };
    const sheet = kept ? restored(sheetOf(layer, rows), kept, rows) : sheetOf(layer, rows);
    useTable.setState({
      sheet,
      columns,
      view,
      frame: { ...arranged(sheet, columns, view), all: columns },
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
    await keepTable({ key: tableKey(account(), sheet.layer.id), rows, at: now });
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
  const next = rebase(sheet, ids, rows);
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

/** Reads again what is to be changed, merges, and asks the server about each row; the preview then waits for 写入. */
export async function checkTable(told: string | null = null): Promise<void> {
  const { sheet, stage } = useTable.getState();
  if (!sheet || stage === "checking" || sheet.entered.size === 0) return;
  useTable.setState({ stage: "checking", problem: null, editing: null, note: told });
  try {
    const next = await refresh([...sheet.entered.keys()]);
    if (!next) return;
    const [fault] = faultsOf(useTable.getState());
    if (fault) {
      goToCell(fault.row, fault.field);
      return useTable.setState({
        stage: "idle",
        note: "有格子要先改好：红色的是填错的，或别人刚改过的。",
      });
    }
    const plan = planOf(next);
    const outcomes = await tryOut(
      plan.flatMap(({ ops }) => ops),
      "",
    );
    useTable.setState({ plan: judged(plan, outcomes), stage: plan.length > 0 ? "preview" : "idle" });
  } catch (error) {
    useTable.setState({ stage: "idle", problem: asProblem(error) });
  }
}

/** Writes what the preview showed as changing, as one list. */
export async function writeTable(reason: string): Promise<void> {
  const { sheet, plan, stage } = useTable.getState();
  const ready = plan.filter(({ kind }) => kind === "change");
  if (!sheet || stage !== "preview" || ready.length === 0) return;
  useTable.setState({ stage: "writing", problem: null });
  const ids = ready.map(({ row }) => row.id);
  const ops = ready.flatMap((one) => one.ops);
  const title = ready.length === 1 ? ready[0]!.row.name : `${ready.length} 处`;
  try {
    await writeAll(ops, reason, deedOf(ops, { title, layer: sheet.layer }));
  } catch (error) {
    const problem = asProblem(error);
    useTable.setState({ stage: "idle" });
    if (problem.status === 412)
      return checkTable("没有写入：刚有人改了其中几处。已重新读取并合并，请再看一遍。");
    return useTable.setState({ problem });
  }
  useTable.setState(({ sheet: now }) => ({
    sheet: now && saved(now, ids),
    stage: "idle",
    plan: [],
    restored: 0,
    note: `已保存 ${number(ids.length)} 处。左下角可以撤销。`,
  }));
  await refresh(ids).catch(() => undefined);
}
