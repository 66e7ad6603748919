import { Button, Tooltip } from "antd";
import { Suspense, useEffect, useState } from "react";
import { stateName, stepRule, stepsFrom, type TaskStep, taskStates } from "#data/domain/task.ts";
import type { FeatureBody, TaskView } from "#data/domain/wire/feature.ts";
import { targets } from "#data/programme/targets.ts";
import { unitName } from "../list/columns.tsx";
import { part } from "../shell/part.ts";
import { DueDate } from "./due-date.tsx";
import { ReturnedNote } from "./returned.tsx";

const dialog = () => import("./step-dialog.tsx");
const StepDialog = part(() => dialog().then((m) => m.StepDialog));

interface TaskPartProps {
  readonly feature: FeatureBody;
  readonly task: TaskView;
  readonly past: boolean;
  /** There is no 整治后 photo of it. */
  readonly lacksAfter: boolean;
}

/** One task of a place: whose target, who leads and helps, when due, how far, and the next step. */
export function TaskPart({ feature, task, past, lacksAfter }: TaskPartProps) {
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
          <dd>
            <DueDate feature={feature} task={task} />
          </dd>
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
      {task.returned && <ReturnedNote returned={task.returned} />}
      {!past && <Steps feature={feature} task={task} lacksAfter={lacksAfter} />}
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

function Steps({ feature, task, lacksAfter }: Omit<TaskPartProps, "past">) {
  const [asking, setAsking] = useState<TaskStep | null>(null);
  const possible = stepsFrom(task.state).map((step) => ({
    step,
    verdict: task.steps.find((s) => s.step === step) ?? { step, allowed: false, why: "现在不能走这一步" },
  }));
  const may = possible.some(({ verdict }) => verdict.allowed);
  useEffect(() => {
    // At hand when the line is gone.
    if (may) void dialog().catch(() => undefined);
  }, [may]);
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
      {asking && (
        <Suspense fallback={null}>
          <StepDialog
            feature={feature}
            task={task}
            step={asking}
            lacksAfter={lacksAfter}
            onClose={() => setAsking(null)}
          />
        </Suspense>
      )}
    </div>
  );
}
