import { Modal } from "antd";
import { useCallback, useEffect, useState } from "react";
import type { SelectionRow } from "#data/domain/selection.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { asProblem, ProblemError } from "../api/problem.ts";
import { BulkForm } from "../bulk/form.tsx";
import { type BulkSpec, judged, type Planned, planBulk, specText } from "../bulk/plan.ts";
import { PlanList } from "../bulk/plan-list.tsx";
import { sendMany, tryOut } from "../bulk/sending.ts";
import { discardEntries } from "../outbox/api.ts";
import { fetchSelection } from "../selection/picking.ts";
import { deedOf } from "../session/names.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { consequences, extentOf, firstSpec, heldBack, partsOfWhole } from "./whole.ts";
import "../forms/forms.css";
import "../bulk/bulk.css";
import "./whole.css";

interface WholeProps {
  readonly layer: LayerDef;
  /** The field that names the whole, and the name. */
  readonly field: string;
  readonly name: string;
  onClose(): void;
}

type Stage = "form" | "checking" | "checked" | "writing";

/** 改整条道路: every segment of one road at once, whatever town it lies in; one changeset, or nothing. */
export function WholeDialog({ layer, field, name, onClose }: WholeProps) {
  const [rows, setRows] = useState<readonly SelectionRow[] | null>(null);
  const [spec, setSpec] = useState<BulkSpec>({ layer: layer.id, fields: [], task: {} });
  const [reason, setReason] = useState("");
  const [stage, setStage] = useState<Stage>("form");
  const [plan, setPlan] = useState<readonly Planned[]>([]);
  const [problem, setProblem] = useState<ProblemError | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const [mends, setMends] = useState<string | null>(null);

  const read = useCallback(async () => {
    setProblem(null);
    try {
      const answer = await fetchSelection({ filter: { layers: layer.id }, full: true });
      setRows(answer.rows);
      return answer.rows;
    } catch (error) {
      setProblem(asProblem(error));
      return null;
    }
  }, [layer]);
  useEffect(() => {
    void read().then((found) => found && setSpec(firstSpec(layer, partsOfWhole(found, field, name))));
  }, [read, layer, field, name]);

  const parts = partsOfWhole(rows ?? [], field, name);
  const draft = planBulk(parts, spec);
  const shown = stage === "form" || stage === "checking" ? draft : plan;
  const ready = shown.filter(({ kind }) => kind === "change");
  const held = heldBack(layer, shown);
  const busy = stage === "checking" || stage === "writing";

  const check = async (from: readonly Planned[]) => {
    setStage("checking");
    setProblem(null);
    try {
      const outcomes = await tryOut(
        from.flatMap(({ ops }) => ops),
        reason.trim(),
      );
      if (outcomes.some((outcome) => !outcome.ok && outcome.code === "stale")) return await again();
      setPlan(judged(from, outcomes));
      setStage("checked");
    } catch (error) {
      setProblem(asProblem(error));
      setStage("form");
    }
  };
  /** Somebody saved one of the parts since it was read: read anew, and looked at again before anything is written. */
  const again = async () => {
    await read();
    setStage("form");
    setNote("有路段刚被别人改了，下面已是新读到的内容，请再看一遍。");
  };
  const write = async () => {
    setStage("writing");
    setProblem(null);
    const ops = ready.flatMap((one) => one.ops);
    try {
      const sent = await sendMany({
        name: `改整条道路 ${name}`,
        what: specText(spec, [layer]),
        form: { kind: "whole" },
        parts: ready,
        reason: reason.trim(),
        deed: deedOf(ops, { title: `${name} ${ready.length} ${layer.unit}`, layer }),
        replaces: mends,
      });
      if (sent.kind !== "refused") return onClose();
      setMends(sent.id);
      if (sent.problem.status === 412) return await again();
      setProblem(new ProblemError(sent.problem));
    } catch (error) {
      setProblem(asProblem(error));
    }
    setStage("checked");
  };
  /** Who leaves after a refusal has read it and gives the change up. */
  const leave = () => {
    if (mends) void discardEntries([mends]);
    onClose();
  };

  return (
    <Modal
      open
      width={640}
      title={`改整条道路：${name}`}
      onCancel={leave}
      cancelText="先不"
      okText={
        stage === "checked" || stage === "writing"
          ? `改这 ${number(ready.length)} ${layer.unit}`
          : "预览并核对"
      }
      onOk={() => void (stage === "checked" ? write() : check(draft))}
      confirmLoading={busy}
      okButtonProps={{ disabled: ready.length === 0 || held !== null || reason.trim() === "" }}
    >
      <div className="whole">
        {!rows && !problem && <Skeleton rows={8} height={26} />}
        {rows && (
          <>
            <p>{extentOf(layer, name, parts)}。各段一起改，记成一次变更；线位仍在每一段里改。</p>
            <ul className="whole-parts">
              {parts.map(({ id, name: title, may, why }) => (
                <li key={id} data-refused={!may || undefined} title={why}>
                  {title}
                </li>
              ))}
            </ul>
            <BulkForm
              kinds={[layer]}
              rows={parts}
              spec={spec}
              disabled={busy}
              onChange={(next) => {
                setSpec(next);
                setStage("form");
                setNote(null);
              }}
            />
            {consequences(layer, rows, name, spec).map((sentence) => (
              <p key={sentence} className="bulk-note">
                {sentence}
              </p>
            ))}
            <label className="bulk-reason">
              修改的理由 <span className="quiet">（必填，写进每一段的历史，各镇街看得到）</span>
              <textarea
                className="form-input"
                rows={2}
                maxLength={500}
                value={reason}
                onChange={({ target }) => setReason(target.value)}
              />
            </label>
            {(stage !== "form" || ready.length > 0) && <PlanList plan={shown} />}
            {stage === "checked" && !held && <p className="quiet">服务器已核对，可以写入。</p>}
            {held && (
              <p className="bulk-note" role="alert">
                {held}
              </p>
            )}
          </>
        )}
        {note && (
          <p className="bulk-note" role="alert">
            {note}
          </p>
        )}
        {problem && <ErrorNote error={problem} onRetry={rows ? undefined : () => void read()} />}
      </div>
    </Modal>
  );
}
