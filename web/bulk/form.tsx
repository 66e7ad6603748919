import { IconPlus, IconX } from "@tabler/icons-react";
import { type ComponentType, useId } from "react";
import type { FieldDef } from "#data/domain/field.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import { stepRule, type TaskStep } from "#data/domain/task.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { type WidgetProps, widgets } from "../forms/widgets.tsx";
import { number } from "../ui/format.ts";
import { type BulkSpec, type FieldAct, type FieldWay, sharedFields, type TaskAct } from "./plan.ts";

interface FormProps {
  /** Layers of the selection. */
  readonly kinds: readonly LayerDef[];
  readonly rows: readonly SelectionRow[];
  readonly spec: BulkSpec;
  readonly disabled: boolean;
  onChange(spec: BulkSpec): void;
}

/** Which layer, which fields become what, and what happens to the tasks. */
export function BulkForm({ kinds, rows, spec, disabled, onChange }: FormProps) {
  const id = useId();
  const offered = sharedFields(kinds.filter((layer) => spec.layer === null || layer.id === spec.layer));
  const left = offered.filter(([field]) => !spec.fields.some((act) => act.field === field));
  const put = (fields: readonly FieldAct[]) => onChange({ ...spec, fields });
  return (
    <fieldset className="bulk-form" disabled={disabled}>
      {kinds.length > 1 && (
        <div className="form-field">
          <label htmlFor={`${id}-layer`}>改哪些</label>
          <select
            id={`${id}-layer`}
            className="form-input"
            value={spec.layer ?? ""}
            onChange={({ target }) => onChange({ ...spec, layer: target.value || null, fields: [] })}
          >
            <option value="">全部 {number(rows.length)} 处（各图层都有的字段）</option>
            {kinds.map((layer) => (
              <option key={layer.id} value={layer.id}>
                只改{layer.name} {number(rows.filter((row) => row.layer === layer.id).length)} 处
              </option>
            ))}
          </select>
        </div>
      )}
      {spec.fields.map((act) => {
        const field = offered.find(([one]) => one === act.field)?.[1];
        return (
          field && (
            <ActRow
              key={act.field}
              act={act}
              field={field}
              disabled={disabled}
              onChange={(next) => put(spec.fields.map((one) => (one.field === act.field ? next : one)))}
              onRemove={() => put(spec.fields.filter((one) => one.field !== act.field))}
            />
          )
        );
      })}
      {left.length > 0 && (
        <div className="form-field bulk-add">
          <IconPlus size={16} stroke={1.75} aria-hidden="true" />
          <select
            className="form-input"
            aria-label="要改的字段"
            value=""
            onChange={({ target }) => put([...spec.fields, { field: target.value, way: "set" }])}
          >
            <option value="">{spec.fields.length === 0 ? "选要改的字段" : "再改一个字段"}</option>
            {left.map(([field, { label }]) => (
              <option key={field} value={field}>
                {label}
              </option>
            ))}
          </select>
        </div>
      )}
      <TaskPart rows={rows} task={spec.task} onChange={(task) => onChange({ ...spec, task })} />
    </fieldset>
  );
}

const wayName: Record<FieldWay, string> = { set: "改成", clear: "清空", add: "加上", take: "去掉" };

interface ActProps {
  readonly act: FieldAct;
  readonly field: FieldDef;
  readonly disabled: boolean;
  onChange(act: FieldAct): void;
  onRemove(): void;
}

function ActRow({ act, field, disabled, onChange, onRemove }: ActProps) {
  const id = useId();
  const Widget = widgets[field.kind] as ComponentType<WidgetProps>;
  const ways: readonly FieldWay[] = [
    "set",
    ...(field.kind === "choices" ? (["add", "take"] as const) : []),
    ...(field.required ? [] : (["clear"] as const)),
  ];
  return (
    <div className="form-field bulk-act">
      <div className="bulk-act-head">
        <label htmlFor={id}>{field.label}</label>
        <span className="bulk-ways">
          {ways.map((way) => (
            <button
              key={way}
              type="button"
              aria-pressed={act.way === way}
              onClick={() => onChange({ ...act, way })}
            >
              {wayName[way]}
            </button>
          ))}
        </span>
        <button type="button" className="icon-button" aria-label={`不改${field.label}`} onClick={onRemove}>
          <IconX size={16} stroke={1.75} />
        </button>
      </div>
      {act.way !== "clear" && (
        <Widget
          id={id}
          field={field}
          value={act.value}
          disabled={disabled}
          invalid={false}
          describedBy={undefined}
          onChange={(value) => onChange({ ...act, value })}
        />
      )}
    </div>
  );
}

interface TaskProps {
  readonly rows: readonly SelectionRow[];
  readonly task: TaskAct;
  onChange(task: TaskAct): void;
}

function TaskPart({ rows, task, onChange }: TaskProps) {
  const id = useId();
  const allowed = (step: TaskStep) =>
    rows.filter((row) => row.tasks?.some((one) => one.steps.some((s) => s.step === step && s.allowed)))
      .length;
  const steps = (Object.keys(stepRule) as TaskStep[]).map((step) => ({ step, n: allowed(step) }));
  const put = (change: Partial<TaskAct>) =>
    onChange(
      Object.fromEntries(Object.entries({ ...task, ...change }).filter(([, value]) => value !== undefined)),
    );
  return (
    <details className="bulk-task" open={Object.keys(task).length > 0 || undefined}>
      <summary>任务：走一步、报进度、改期限</summary>
      <div className="form-field">
        <label htmlFor={`${id}-step`}>走一步</label>
        <select
          id={`${id}-step`}
          className="form-input"
          value={task.step ?? ""}
          onChange={({ target }) => put({ step: (target.value || undefined) as TaskStep | undefined })}
        >
          <option value="">不走</option>
          {steps.map(({ step, n }) => (
            <option key={step} value={step} disabled={n === 0}>
              {stepRule[step].name}（{number(n)} 处可以）
            </option>
          ))}
        </select>
      </div>
      {task.step && (
        <div className="form-field">
          <label htmlFor={`${id}-note`}>
            办理说明{stepRule[task.step].needsReason ? "（必填，对方会看到）" : ""}
          </label>
          <input
            id={`${id}-note`}
            className="form-input"
            maxLength={500}
            value={task.note ?? ""}
            onChange={({ target }) => put({ note: target.value || undefined })}
          />
        </div>
      )}
      <div className="bulk-pair">
        <div className="form-field">
          <label htmlFor={`${id}-progress`}>进度（%）</label>
          <input
            id={`${id}-progress`}
            className="form-input figure"
            type="number"
            min={0}
            max={100}
            step={1}
            value={task.progress ?? ""}
            onChange={({ target }) => {
              const typed = Math.round(Number(target.value));
              put({ progress: target.value === "" ? undefined : Math.max(0, Math.min(100, typed)) });
            }}
          />
        </div>
        <div className="form-field">
          <label htmlFor={`${id}-due`}>期限</label>
          <input
            id={`${id}-due`}
            className="form-input figure"
            type="date"
            value={task.due ?? ""}
            onChange={({ target }) => put({ due: target.value || undefined })}
          />
        </div>
      </div>
    </details>
  );
}
