import { useState } from "react";
import { lightName } from "#data/domain/light.ts";
import { stateName, stepRule, stepsFrom, type TaskStep, taskStates } from "#data/domain/task.ts";
import type { FeatureBody, TaskView } from "#data/domain/wire/feature.ts";
import { targets } from "#data/programme/targets.ts";
import { units } from "#data/programme/units.ts";
import { DueDate } from "../detail/due-date.tsx";
import { daysText } from "../ui/format.ts";
import type { StepOrder } from "./base.ts";
import { useEditor } from "./store.ts";

const leadName = (id: string): string => units.find((unit) => unit.id === id)?.short ?? id;

interface Props {
  /** Left out where there is nothing stored to move a due day of. */
  readonly feature: FeatureBody | undefined;
  readonly task: TaskView;
  readonly editable: boolean;
  /** Why no step can be sent now. */
  readonly blocked: string | null;
  onStep(order: StepOrder): void;
}

/** One task of the place: where it stands, progress, and the steps this person may take, with the reason where one is wanted. */
export function Flow({ feature, task, editable, blocked, onStep }: Props) {
  const target = targets.find((each) => each.no === task.target);
  const at = taskStates.indexOf(task.state);
  const steps = stepsFrom(task.state).map((step) => {
    const told = task.steps.find((each) => each.step === step);
    return { step, allowed: told?.allowed ?? false, why: told?.why };
  });
  return (
    <section className="edit-flow" aria-label={`任务 ${task.target}`}>
      <header>
        <b>
          任务 {task.target} {target?.short}
        </b>
        <span className={`edit-light edit-light-${task.light.light}`}>
          {lightName[task.light.light]} {daysText(task.state === "closed" ? null : task.light.days)}
        </span>
      </header>
      <p className="quiet">
        牵头 {leadName(task.lead)}
        {feature ? (
          <>
            {" "}
            · 期限 <DueDate feature={feature} task={task} />
          </>
        ) : (
          task.due && ` · 期限 ${task.due}`
        )}
      </p>
      <Progress task={task} editable={editable && task.state !== "closed"} />
      <ol className="edit-states">
        {taskStates.map((state, i) => (
          <li
            key={state}
            aria-current={state === task.state ? "step" : undefined}
            data-past={i < at || undefined}
          >
            {stateName[state]}
          </li>
        ))}
      </ol>
      <Steps steps={steps} blocked={blocked} onStep={(step, note) => onStep({ task: task.id, step, note })} />
    </section>
  );
}

function Progress({ task, editable }: { task: TaskView; editable: boolean }) {
  const value = useEditor((s) => s.sketch?.doc.progress[task.id] ?? task.progress);
  const stored = useEditor((s) => s.base?.doc.progress[task.id] ?? task.progress);
  const changed = value !== stored;
  const id = `progress-${task.id}`;
  return (
    <div className="form-field" data-changed={changed || undefined}>
      <div className="form-label">
        <label htmlFor={id}>进度</label>
        {changed && (
          <span className="tag-changed" title={`原来：${stored}%`}>
            已改
          </span>
        )}
      </div>
      <div className="form-control edit-progress">
        <input
          id={id}
          type="range"
          min={0}
          max={100}
          disabled={!editable}
          value={value}
          style={{ "--part": `${value}%` } as React.CSSProperties}
          onChange={(event) =>
            useEditor.getState().edit({ kind: "progress", task: task.id, value: Number(event.target.value) })
          }
        />
        <b className="figure">{value}%</b>
      </div>
    </div>
  );
}

interface StepsProps {
  readonly steps: readonly { readonly step: TaskStep; readonly allowed: boolean; readonly why?: string }[];
  readonly blocked: string | null;
  onStep(step: TaskStep, note: string | undefined): void;
}

function Steps({ steps, blocked, onStep }: StepsProps) {
  const [asking, setAsking] = useState<TaskStep | null>(null);
  const [note, setNote] = useState("");
  if (asking) {
    const { name, needsReason } = stepRule[asking];
    const missing = needsReason && note.trim() === "";
    return (
      <form
        className="edit-step-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (missing || blocked) return;
          onStep(asking, note.trim() || undefined);
          setAsking(null);
          setNote("");
        }}
      >
        <label htmlFor="edit-step-note">
          {needsReason ? "原因（必填，办理人会看到）" : "说明（可不填）"}
        </label>
        <textarea
          id="edit-step-note"
          className="form-input"
          rows={2}
          maxLength={500}
          value={note}
          // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
          autoFocus
          onChange={(event) => setNote(event.target.value)}
        />
        <div className="edit-row">
          <button type="button" className="edit-button" onClick={() => setAsking(null)}>
            不办了
          </button>
          <button type="submit" className="edit-button edit-primary" disabled={missing || blocked !== null}>
            {name}
          </button>
        </div>
        {(missing || blocked) && <p className="form-help">{blocked ?? "写明原因后才能提交"}</p>}
      </form>
    );
  }
  const reason = steps.find((each) => !each.allowed)?.why ?? null;
  return (
    <div className="edit-row edit-steps">
      {steps.map(({ step, allowed, why }) => (
        <button
          key={step}
          type="button"
          className="edit-button"
          disabled={!allowed || blocked !== null}
          title={why ?? blocked ?? undefined}
          onClick={() => setAsking(step)}
        >
          {stepRule[step].name}
        </button>
      ))}
      {(reason ?? blocked) && <p className="form-help">{reason ?? blocked}</p>}
    </div>
  );
}
