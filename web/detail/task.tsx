import { Button, Input, Modal, Tooltip } from "antd";
import { useState } from "react";
import { stateName, stepRule, stepsFrom, type TaskStep, taskStates } from "#data/domain/task.ts";
import type { TaskView } from "#data/domain/wire.ts";
import { targets } from "#data/programme/targets.ts";
import { useTaskStep } from "../api/queries.ts";
import { unitName } from "../list/columns.tsx";
import { ErrorNote } from "../shell/page-states.tsx";

/** One task of a place: whose target, who leads and helps, when due, how far, and the next step. */
export function TaskPart({ task, past }: { task: TaskView; past: boolean }) {
  const target = targets.find(({ no }) => no === task.target % 100);
  const helpers = [target?.cooperatingText].filter(Boolean).join("");
  const { light } = task.light;
  return (
    <section className="task" aria-label={`目标任务 ${task.target % 100}`}>
      <dl className="facts">
        <div>
          <dt>目标任务</dt>
          <dd>
            <b className="figure">{task.target % 100}</b>　{target?.short}
          </dd>
        </div>
        <div>
          <dt>牵头单位</dt>
          <dd>{unitName(task.lead) || task.lead}</dd>
        </div>
        {helpers && (
          <div>
            <dt>配合单位</dt>
            <dd>{helpers}</dd>
          </div>
        )}
        <div>
          <dt>期限</dt>
          <dd className="figure">{task.due ?? "方案没有写"}</dd>
        </div>
        <div>
          <dt>进度</dt>
          <dd className="task-progress">
            <i className={`task-bar light-${light}`}>
              <i style={{ width: `${task.progress}%` }} />
            </i>
            <b className="figure">{task.progress}%</b>
          </dd>
        </div>
      </dl>
      <Flow task={task} />
      {!past && <Steps task={task} />}
    </section>
  );
}

function Flow({ task }: { task: TaskView }) {
  const reached = taskStates.indexOf(task.state);
  return (
    <ol className="flow" aria-label="流转">
      {taskStates.map((state, i) => (
        <li
          key={state}
          className={i < reached ? "past" : i === reached ? "now" : ""}
          aria-current={i === reached ? "step" : undefined}
        >
          {stateName[state]}
        </li>
      ))}
    </ol>
  );
}

function Steps({ task }: { task: TaskView }) {
  const [asking, setAsking] = useState<TaskStep | null>(null);
  const possible = stepsFrom(task.state).map((step) => ({
    step,
    verdict: task.steps.find((s) => s.step === step) ?? { step, allowed: false, why: "现在不能走这一步" },
  }));
  const refused = possible.filter(({ verdict }) => !verdict.allowed);
  return (
    <div className="steps">
      {possible.map(({ step, verdict }) =>
        verdict.allowed ? (
          <Button
            key={step}
            type={step === "reject" || step === "withdraw" || step === "reopen" ? "default" : "primary"}
            onClick={() => setAsking(step)}
          >
            {stepRule[step].name}
          </Button>
        ) : (
          <Tooltip key={step} title={verdict.why}>
            <Button disabled>{stepRule[step].name}</Button>
          </Tooltip>
        ),
      )}
      {refused[0] && <p className="quiet steps-why">{refused[0].verdict.why}</p>}
      {asking && <StepDialog task={task} step={asking} onClose={() => setAsking(null)} />}
    </div>
  );
}

/** Asks for the reason where the plan wants one; the key is made once, so a resend after a lost answer is the same deed. */
function StepDialog({ task, step, onClose }: { task: TaskView; step: TaskStep; onClose: () => void }) {
  const [reason, setReason] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const move = useTaskStep();
  const rule = stepRule[step];
  const ready = !rule.needsReason || reason.trim() !== "";
  const send = () =>
    move.mutate(
      { task, step, key, ...(reason.trim() ? { reason: reason.trim() } : {}) },
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      title={rule.name}
      okText={rule.name}
      cancelText="先不"
      onCancel={onClose}
      onOk={send}
      confirmLoading={move.isPending}
      okButtonProps={{ disabled: !ready }}
    >
      <p>
        现在是“{stateName[task.state]}”。{rule.needsReason ? "请写明原因，对方会看到。" : "可以写一句说明。"}
      </p>
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={500}
        showCount
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        aria-label={rule.needsReason ? "原因" : "说明"}
        placeholder={rule.needsReason ? "原因（必填）" : "说明"}
      />
      {move.error && <ErrorNote error={move.error} />}
    </Modal>
  );
}
