import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { stateName } from "#data/domain/task.ts";
import type { ChangesReply, MyTask } from "#data/domain/wire.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { send } from "../api/client.ts";
import { asProblem, type ProblemError } from "../api/problem.ts";
import { uuid4 } from "../editor/uid.ts";
import { dayInSentence, moment } from "../ui/format.ts";
import { Switch } from "../ui/switch.tsx";
import { type Choice, choicesOf, firstChoice, type Handled, reportOps } from "./report.ts";

interface Report {
  readonly task: Handled | undefined;
  readonly choices: readonly Choice[];
  readonly choice: Choice | null;
  choose(id: Choice["id"]): void;
  readonly reason: string;
  say(reason: string): void;
  readonly progress: number;
  setProgress(progress: number): void;
  readonly sending: boolean;
  readonly problem: ProblemError | null;
  readonly done: string | null;
  /** Why the button cannot be pressed; null when it can. */
  readonly blocked: string | null;
  send(): void;
}

/** What is being said of one task: the choice, its words, and how the sending went. */
export function useReport(
  feature: number,
  name: string,
  layer: LayerDef | undefined,
  task: Handled | undefined,
): Report {
  const client = useQueryClient();
  const [said, setSaid] = useState<{ of: string; id: Choice["id"] } | null>(null);
  const [reason, say] = useState("");
  const [moved, setProgress] = useState<number | null>(null);
  const [key, setKey] = useState(uuid4);
  const [way, setWay] = useState<{ sending: boolean; problem: ProblemError | null; done: string | null }>({
    sending: false,
    problem: null,
    done: null,
  });
  void [feature, name, layer];
  const choices = task ? choicesOf(task.state, task.steps) : [];
  // A choice is of the state it was made in: after the step it means nothing any more.
  const of = `${task?.task}/${task?.state}`;
  const choice =
    (said?.of === of && choices.find(({ id }) => id === said.id)) ||
    (task ? firstChoice(task.state, choices) : null);
  const progress = moved ?? task?.progress ?? 0;
  const blocked = blockedBy(choice, reason, task, progress);
  const deliver = async () => {
    if (!task || !choice || blocked !== null || way.sending) return;
    setWay({ sending: true, problem: null, done: null });
    try {
      const changes = reportOps(task, choice, { reason, progress });
      await send<ChangesReply>("/api/changes", {
        method: "POST",
        body: { changes },
        headers: { "Idempotency-Key": key },
      });
      await client.invalidateQueries({ queryKey: ["feature"] });
      void client.invalidateQueries();
      setKey(uuid4());
      say("");
      setProgress(null);
      setWay({ sending: false, problem: null, done: `已记下：${choice.button}` });
    } catch (error) {
      setWay({ sending: false, problem: asProblem(error), done: null });
    }
  };
  return {
    task,
    choices,
    choice,
    choose: (id) => {
      setSaid({ of, id });
      setKey(uuid4());
      setWay({ sending: false, problem: null, done: null });
    },
    reason,
    say,
    progress,
    setProgress,
    ...way,
    blocked,
    send: () => void deliver(),
  };
}

function blockedBy(
  choice: Choice | null,
  reason: string,
  task: Handled | undefined,
  progress: number,
): string | null {
  if (!choice) return "先选一个结果";
  if (choice.needsReason && reason.trim() === "") return "请写明原因";
  const isProgress = choice.id === "doing" && choice.steps.length === 0;
  return isProgress && progress === task?.progress && reason.trim() === "" ? "先改进度，或写一句" : null;
}

const parts = [0, 25, 50, 75, 100];

/** 改状态: one switch; what a choice asks for opens under it. */
export function StateSwitch({ report }: { report: Report }) {
  const { task, choices, choice } = report;
  if (!task) return null;
  if (choices.length === 0)
    return (
      <p className="place-note">
        现在是“{stateName[task.state]}”，进度 {task.progress}%。{waitsFor(task)}
      </p>
    );
  const isProgress = choice?.id === "doing" && choice.steps.length === 0;
  return (
    <section className="switch" aria-label="改状态">
      <div className="switch-line">
        <span className="switch-name">改状态</span>
        <Switch
          label="改状态"
          options={choices}
          value={choice?.id ?? null}
          onChange={(id) => report.choose(id)}
        />
      </div>
      {isProgress && (
        <Switch
          label="进度"
          options={parts.map((part) => ({ id: part, word: `${part}%` }))}
          value={report.progress}
          onChange={report.setProgress}
        />
      )}
      {(choice?.needsReason || isProgress) && (
        <textarea
          className="switch-reason"
          rows={2}
          maxLength={400}
          aria-label={choice?.needsReason ? "原因" : "说明"}
          placeholder={choice?.needsReason ? "写明原因，对方会看到" : "说明，可以不写"}
          value={report.reason}
          onChange={({ currentTarget }) => report.say(currentTarget.value)}
        />
      )}
      {report.problem && (
        <p className="switch-problem" role="alert">
          {report.problem.message}
        </p>
      )}
    </section>
  );
}

const waitsFor = ({ state }: Handled): string =>
  state === "review" ? "等牵头单位核查。" : state === "closed" ? "已经办完。" : "由办理单位来报。";

export function Returned({ returned }: { returned: NonNullable<MyTask["returned"]> }) {
  return (
    <div className="place-returned">
      <i aria-hidden="true" />
      <p>
        <b>{dayInSentence(moment(returned.at).slice(0, 10))}　核查退回</b>
        <span className="quiet">　{returned.unit}</span>
      </p>
      {returned.reason && <p>{returned.reason}</p>}
    </div>
  );
}

interface FootProps {
  readonly report: Report;
  /** Nothing can be reported of a past day. */
  readonly off: boolean;
  readonly to: readonly [number, number] | null;
  readonly name: string;
}

/** The two buttons under the thumb. */
export function ReportFoot({ report, off, to, name }: FootProps) {
  const { choice, blocked, sending, done } = report;
  return (
    <footer className="foot">
      {done && (
        <p className="foot-done" role="status">
          {done}
        </p>
      )}
      <div>
        {to && (
          <a className="foot-button" href={wayTo(to, name)}>
            导航过去
          </a>
        )}
        {!off && report.choices.length > 0 && (
          <button
            type="button"
            className="foot-button foot-main"
            disabled={blocked !== null || sending}
            onClick={report.send}
          >
            {sending ? "正在提交" : blocked !== null ? blocked : choice?.button}
          </button>
        )}
      </div>
    </footer>
  );
}

/** The phone's own map app, by WGS84 as RFC 5870 says; Apple's takes another word. No position leaves for a third party. */
function wayTo([lon, lat]: readonly [number, number], name: string): string {
  const at = `${lat.toFixed(6)},${lon.toFixed(6)}`;
  return /iPhone|iPad/.test(navigator.userAgent)
    ? `maps:?daddr=${at}&q=${encodeURIComponent(name)}`
    : `geo:${at}?q=${at}(${encodeURIComponent(name)})`;
}
