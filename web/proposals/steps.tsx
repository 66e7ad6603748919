import { Input, Modal, Tooltip } from "antd";
import { useState } from "react";
import { type ProposalStep, proposalStepRule } from "#data/domain/proposal.ts";
import type { ProposalView } from "#data/domain/proposal-answers.ts";
import { useWho } from "../api/session.ts";
import { uuid4 } from "../editor/uid.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import { LineWanted, useLine } from "./line.tsx";
import { useProposalStep } from "./queries.ts";

/** What this person may do with it; a button that cannot be pressed says why. */
export function Steps({ view }: { view: ProposalView }) {
  const { who } = useWho();
  // A clerk whose town is asked sees the buttons and who may press them; nobody else is shown what is not theirs.
  const waits = view.towns.some(({ code, answer }) => code === who.town && answer === "waiting");
  const shown = view.steps.filter(
    ({ step, allowed }) =>
      allowed || (waits && view.state === "collecting" && (step === "agree" || step === "refuse")),
  );
  const [asking, setAsking] = useState<ProposalStep | null>(null);
  if (shown.length === 0) return null;
  return (
    <div className="proposal-steps">
      {shown.map(({ step, allowed, why }) => (
        <Tooltip key={step} title={why}>
          <button
            type="button"
            className={step === "agree" || step === "renew" ? "button primary" : "button"}
            aria-disabled={!allowed}
            onClick={() => allowed && setAsking(step)}
          >
            {proposalStepRule[step].name}
          </button>
        </Tooltip>
      ))}
      {asking && <StepDialog view={view} step={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

const explain: Record<ProposalStep, (view: ProposalView) => string> = {
  agree: ({ towns }) =>
    towns.filter(({ answer }) => answer === "waiting").length === 1
      ? "你们镇街是最后一家。同意后改动立即生效，记在涉及镇街的改动记录里。"
      : "代表你们镇街同意；其余镇街都同意后改动才生效。",
  refuse: () => "一家不同意，这件会签就结束，不会修改任何内容。发起的镇街会看到理由，可以改过再发起。",
  withdraw: () => "收回后不会修改任何内容；已经同意的也作废。",
  renew: () => "按现在的版本重新发起：上面“改后”的内容不变，其他镇街要重新同意。",
};

function StepDialog({ view, step, onClose }: { view: ProposalView; step: ProposalStep; onClose(): void }) {
  const deed = useProposalStep(view.id, step);
  const [key] = useState(uuid4);
  // Of the moment when the person pressed: what is read again behind the dialog was not agreed to.
  const [round] = useState(view.round);
  const [reason, setReason] = useState("");
  const up = useLine();
  const { name, needsReason } = proposalStepRule[step];
  const text = reason.trim();
  return (
    <Modal
      open
      title={`${name}：${view.title}`}
      okText={name}
      cancelText="先不"
      onCancel={onClose}
      onOk={() =>
        deed.mutate({ key, body: { round, ...(text && { reason: text }) } }, { onSuccess: onClose })
      }
      confirmLoading={deed.isPending}
      okButtonProps={{ disabled: !up || (needsReason && text === ""), danger: step === "refuse" }}
    >
      {!up && <LineWanted />}
      <p>{explain[step](view)}</p>
      <label className="proposal-reason" htmlFor="proposal-reason">
        <span>{needsReason ? "理由（必填）" : "说明（可不填）"}</span>
        <Input.TextArea
          id="proposal-reason"
          value={reason}
          maxLength={500}
          autoSize={{ minRows: 2, maxRows: 6 }}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {deed.error && <ErrorNote error={deed.error} />}
    </Modal>
  );
}
