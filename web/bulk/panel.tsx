import { IconX } from "@tabler/icons-react";
import { useCallback, useEffect, useMemo, useState } from "react";
import { mostSelected } from "#data/domain/extent.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { layers } from "#data/layers/registry.ts";
import { asProblem, ProblemError } from "../api/problem.ts";
import { openOutbox } from "../outbox/state.ts";
import { readRows } from "../selection/known.ts";
import { useSelection } from "../selection/store.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { useFilled } from "./filled.ts";
import { BulkForm } from "./form.tsx";
import { type BulkSpec, judged, type Planned, planBulk, specText } from "./plan.ts";
import { PlanList } from "./plan-list.tsx";
import { sendMany, tooMany, tryOut } from "./sending.ts";
import "../forms/forms.css";
import "./bulk.css";

/** What is being done: filling in, asking the server, looking at what it said (or that it cannot be asked), writing. */
type Stage = "form" | "checking" | "checked" | "unjudged" | "writing";

/** 批量修改: one change for everything that is chosen, looked at place by place before it is written. */
export function BulkPanel() {
  const picked = useSelection((s) => s.picked);
  const [rows, setRows] = useState<readonly SelectionRow[] | null>(null);
  const form = useFilled(rows);
  const { spec, reason, mends, missing } = form;
  const [stage, setStage] = useState<Stage>("form");
  const [checked, setChecked] = useState<readonly Planned[]>([]);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const close = (told: string | null = null) => useSelection.setState({ acting: null, note: told });

  const read = useCallback(async () => {
    const ids = [...useSelection.getState().picked.keys()];
    try {
      const { rows: found } = await readRows(ids, "full");
      setProblem(null);
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
    form.put({ spec: next });
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
      const cut = asProblem(error);
      setChecked(from);
      if (cut.status !== 0) setProblem(cut);
      setStage(cut.status === 0 ? "unjudged" : "form");
    }
  };
  const readAgain = async (from: readonly Planned[], what: string) => {
    const before = new Map(from.map(({ row }) => [row.id, row.version]));
    const found = await read();
    if (!found) return setStage("form");
    const moved = found.filter((row) => before.has(row.id) && before.get(row.id) !== row.version);
    const told = namesOf(moved.map(({ name }) => name));
    await check(
      planBulk(found, spec),
      `${what}${told || "有几处"}刚被别人改了，下面已是新读到的内容，请再看一遍。`,
    );
  };
  const write = async () => {
    setStage("writing");
    setProblem(null);
    setNote(null);
    try {
      const sent = await sendMany({
        name: "批量修改",
        what: specText(spec, kinds),
        form: { kind: "bulk", spec },
        parts: ready,
        reason: reason.trim(),
        replaces: mends,
      });
      if (sent.kind === "refused") {
        form.put({ mends: sent.id });
        if (sent.problem.status === 412) return await readAgain(checked, "没有写入：");
        setProblem(new ProblemError(sent.problem));
        return setStage("checked");
      }
      await form.done();
      if (sent.kind === "stored" && sent.left) openOutbox();
      close(sent.kind === "queued" ? queuedNote(ready.length) : null);
    } catch (error) {
      setProblem(asProblem(error));
      setStage("checked");
    }
  };
  const looked = stage === "checked" || stage === "unjudged" || stage === "writing";

  return (
    <aside className="bulk card" aria-label="批量修改" data-own-undo>
      <header className="bulk-head">
        <h2>批量修改</h2>
        <p className="quiet">
          {number(picked.size)} 处，至多 {number(mostSelected)} 处；能改的一次写入，其余写明原因
        </p>
        <button
          type="button"
          className="icon-button bulk-close"
          aria-label="关闭批量修改"
          onClick={() => void form.close().then(() => close())}
        >
          <IconX size={18} stroke={1.75} />
        </button>
      </header>
      <div className="bulk-body">
        {form.restored && (
          <p className="bulk-note bulk-back" role="status">
            {mends
              ? "没发出去的改动按现在的内容重新列出，写入后代替待发箱里的那一项。"
              : "上次没写完的批量修改还在，已恢复。"}
            {missing.length > 0 && `${namesOf(missing)}已被删除，恢复以后才能改，这次不在里面。`}
            <button type="button" className="link-button" onClick={() => void form.clear()}>
              清空
            </button>
          </p>
        )}
        {form.lost && (
          <p className="bulk-note" role="alert">
            这个浏览器存不下草稿。刷新前先写完，否则填的会丢。
          </p>
        )}
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
              onChange={({ target }) => form.put({ reason: target.value })}
            />
          </label>
        )}
        {note && (
          <p className="bulk-note" role="alert">
            {note}
          </p>
        )}
        {stage === "unjudged" && (
          <p className="bulk-note" role="alert">
            网络断了，服务器还没有核对，下面是按本机读到的内容算的。可以先存进待发箱：连上后自动核对再发，能改的写入，改不了的留在待发箱里，写明原因。
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
        {looked ? (
          <button
            type="button"
            className="bulk-go"
            disabled={ready.length === 0 || stage === "writing"}
            onClick={() => void write()}
          >
            {stage === "writing"
              ? "正在写入"
              : `${stage === "unjudged" ? "先存下" : "改"}这 ${number(ready.length)} 处`}
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

/** “甲”、“乙”; of more than three the first ones and the count. */
function namesOf(names: readonly string[]): string {
  const told = names.map((name) => `“${name}”`);
  return told.length > 3 ? `${told.slice(0, 3).join("、")}等 ${told.length} 处` : told.join("、");
}

const queuedNote = (places: number): string =>
  `网络断了，${number(places)} 处的改动存在本机的待发箱，连上后自动发送，不用重做。`;
