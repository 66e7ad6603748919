import { useState } from "react";
import { type Light, lightName, warnDays } from "#data/domain/light.ts";
import { dayNumber } from "#data/domain/time.ts";
import type { FeatureView, TaskView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { StateMark } from "../legend/marks.tsx";
import { daysText } from "../ui/format.ts";

const rank = (task: TaskView) => (task.state === "closed" ? 1e7 : 0) + (task.due ? dayNumber(task.due) : 1e6);

/** The task that stands for the feature: open before closed, earliest due first. */
export const leadingTaskOf = ({ tasks }: Pick<FeatureView, "tasks">): TaskView | undefined =>
  [...tasks].sort((a, b) => rank(a) - rank(b))[0];

interface LightCardProps {
  readonly light: Light;
  readonly task: TaskView | undefined;
  readonly layer: LayerDef | undefined;
}

/** Mark, state, days, one reason; 为什么 opens the rule and its inputs. */
export function LightCard({ light, task, layer }: LightCardProps) {
  const [open, setOpen] = useState(false);
  const days = task && light !== "done" ? daysText(task.light.days) : "";
  return (
    <section className={`light-card light-${light}`} aria-label={`状态：${lightName[light]}`}>
      <div className="light-line">
        <StateMark light={light} size={26} />
        <b className="light-word">{lightName[light]}</b>
        {days && <span className="light-days">{days}</span>}
        <button
          type="button"
          className="link-button light-why"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          为什么
        </button>
      </div>
      <p>{task?.light.why ?? "这一处现在没有要办的任务。"}</p>
      {open && (
        <dl className="light-rule">
          <div>
            <dt>规则</dt>
            <dd>
              L-01（内控）：已销项为完成；过了期限未销项为滞后；离期限 {warnDays}{" "}
              天以内为预警；未动工为未开始；其余正常。
            </dd>
          </div>
          <div>
            <dt>期限</dt>
            <dd>
              <span className="figure">{task?.due ?? "方案没有写"}</span>
              {task?.due && (layer?.due === task.due ? "，方案写明" : "")}
            </dd>
          </div>
          <div>
            <dt>不认可</dt>
            <dd>属于数据有误的，由属地或牵头单位在“编辑”里改正；属于历史有误的，请专班更正。</dd>
          </div>
        </dl>
      )}
    </section>
  );
}
