import { IconX } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { mostSelected } from "#data/domain/extent.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { layerById, layers } from "#data/layers/registry.ts";
import { asProblem, type ProblemError } from "../api/problem.ts";
import { fetchSelection } from "../selection/picking.ts";
import { useSelection } from "../selection/store.ts";
import { deedOf } from "../session/names.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { BulkForm } from "./form.tsx";
import { type BulkSpec, judged, type Planned, planBulk } from "./plan.ts";
import { PlanList } from "./plan-list.tsx";
import { tooMany, tryOut, writeAll } from "./sending.ts";
import "../forms/forms.css";
import "./bulk.css";

const empty: BulkSpec = { layer: null, fields: [], task: {} };

/** What is being done: filling in, asking the server, looking at what it said, writing. */
type Stage = "form" | "checking" | "checked" | "writing";

/** 批量修改: one change for everything that is chosen, looked at place by place before it is written. */
export function BulkPanel() {
  const picked = useSelection((s) => s.picked);
  const [rows, setRows] = useState<readonly SelectionRow[] | null>(null);
  const [spec, setSpec] = useState(empty);
  const [reason, setReason] = useState("");
  const [stage, setStage] = useState<Stage>("form");
  const [checked, setChecked] = useState<readonly Planned[]>([]);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const close = () => useSelection.setState({ acting: null });

  const read = useCallback(async () => {
    const ids = [...useSelection.getState().picked.keys()];
    try {
      const { rows: found } = await fetchSelection({ ids, full: true });
      setRows(found);
      return found;
    } catch (error) {
      setProblem(asProblem(error));
      return null;
    }
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another selection is read anew
  useEffect(() => {
    setStage("form");
    void read();
  }, [read, picked]);

  const kinds = layers.filter((layer) => rows?.some((row) => row.layer === layer.id));
  const plan = useMemo(() => (rows ? planBulk(rows, spec) : []), [rows, spec]);
  const shown = stage === "form" || stage === "checking" ? plan : checked;
  const ready = shown.filter(({ kind }) => kind === "change");
  const refused = shown.filter(({ kind }) => kind === "refused");
  const ops = ready.flatMap((one) => one.ops);
  const change = (next: BulkSpec) => {
    setSpec(next);
    setStage("form");
    setProblem(null);
    setNote(null);
  };

  const check = async (from: readonly Planned[], told: string | null = null) => {
    setStage("checking");
    setProblem(null);
    setNote(told);
    try {
      const outcomes = await tryOut(
        from.flatMap((one) => one.ops),
        reason.trim(),
      );
      // What somebody saved since it was read is read again, once; nobody's change is written over unseen.
      const stale = told === null && outcomes.some((outcome) => !outcome.ok && outcome.code === "stale");
      if (stale) return await readAgain(from, "");
      setChecked(judged(from, outcomes));
      setStage("checked");
    } catch (error) {
      setProblem(asProblem(error));
      setStage("form");
    }
  };
  const readAgain = async (from: readonly Planned[], what: string) => {
    const before = new Map(from.map(({ row }) => [row.id, row.version]));
    const found = await read();
    if (!found) return setStage("form");
    const moved = found.filter((row) => before.has(row.id) && before.get(row.id) !== row.version);
    const names = moved.map(({ name }) => `“${name}”`);
    const told = names.length > 3 ? `${names.slice(0, 3).join("、")}等 ${names.length} 处` : names.join("、");
    await check(
      planBulk(found, spec),
      `${what}${told || "有几处"}刚被别人改了，下面已是新读到的内容，请再看一遍。`,
    );
  };
  const write = async () => {
    setStage("writing");
    setProblem(null);
    setNote(null);
    const [first] = ready;
    const title = ready.length === 1 ? (first?.row.name ?? "") : `${ready.length} 处`;
    try {
      await writeAll(ops, reason.trim(), deedOf(ops, { title, layer: layerById(first?.row.layer ?? "") }));
      close();
    } catch (error) {
      const refusal = asProblem(error);
      if (refusal.status === 412) return readAgain(checked, "没有写入：");
      setProblem(refusal);
      setStage("checked");
    }
  };

  return (
    <aside className="bulk card" aria-label="批量修改" data-own-undo>
      <header className="bulk-head">
        <h2>批量修改</h2>
        <p className="quiet">
          {number(picked.size)} 处，一次至多 {number(mostSelected)} 处；写入时要么全部成功，要么一处不动
        </p>
        <button type="button" className="icon-button bulk-close" aria-label="关闭批量修改" onClick={close}>
          <IconX size={18} stroke={1.75} />
        </button>
      </header>
      <div className="bulk-body">
        {!rows && !problem && <Skeleton rows={8} height={26} />}
        {rows && (
          <BulkForm kinds={kinds} rows={rows} spec={spec} disabled={stage === "writing"} onChange={change} />
        )}
        {rows && (
          <label className="bulk-reason">
            修改的理由 <span className="quiet">（写进每一处的历史）</span>
            <textarea
              className="form-input"
              rows={2}
              maxLength={500}
              value={reason}
              onChange={({ target }) => setReason(target.value)}
            />
          </label>
        )}
        {note && (
          <p className="bulk-note" role="alert">
            {note}
          </p>
        )}
        {problem && <ErrorNote error={problem} onRetry={rows ? undefined : () => void read()} />}
        {rows && (plan.some(({ kind }) => kind === "change") || stage !== "form" || refused.length > 0) && (
          <PlanList plan={shown} />
        )}
      </div>
      <footer className="bulk-foot">
        <p role="status">
          会改 <b className="figure">{number(ready.length)}</b> 处
          {refused.length > 0 && `，跳过 ${number(refused.length)} 处不能改的`}
          {stage === "checked" && "，服务器已核对"}
        </p>
        {stage === "checked" || stage === "writing" ? (
          <button
            type="button"
            className="bulk-go"
            disabled={ready.length === 0 || stage === "writing"}
            onClick={() => void write()}
          >
            {stage === "writing" ? "正在写入" : `改这 ${number(ready.length)} 处`}
          </button>
        ) : (
          <button
            type="button"
            className="bulk-go"
            disabled={ready.length === 0 || stage === "checking" || tooMany(ops)}
            onClick={() => void check(plan)}
          >
            {stage === "checking" ? "正在核对" : "预览并核对"}
          </button>
        )}
        {tooMany(ops) && <p className="bulk-note">改动超过 {number(mostSelected)} 项，请少选几处。</p>}
      </footer>
    </aside>
  );
}
