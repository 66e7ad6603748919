import { IconCloudUp } from "@tabler/icons-react";
import { useState } from "react";
import { stateName } from "#data/domain/task.ts";
import { asProblem } from "../api/problem.ts";
import { enqueueChange } from "../outbox/api.ts";
import type { Entry } from "../outbox/entry.ts";
import { openOutbox, useOutbox } from "../outbox/state.ts";
import { Switch } from "../ui/switch.tsx";
import { type Choice, choicesOf, entriesOf, firstChoice, type Handled, reportOps } from "./report.ts";

/** Of one place: enough to name it in the outbox. */
export interface ReportedPlace {
  readonly feature: number;
  readonly name: string;
  readonly layer: string | null;
}

interface Report {
  readonly task: Handled | undefined;
  readonly choices: readonly Choice[];
  readonly choice: Choice | null;
  choose(id: Choice["id"]): void;
  readonly reason: string;
  say(reason: string): void;
  readonly progress: number;
  setProgress(progress: number): void;
  readonly way: Way;
  /** Said of this task and still on this machine, oldest first. */
  readonly waiting: readonly Entry[];
  /** Why the button cannot be pressed; null when it can. */
  readonly blocked: string | null;
  send(): void;
}

/** How the last report went. `queued`: safe here, and sent by itself later. */
type Way =
  | { readonly kind: "idle" }
  | { readonly kind: "sending" }
  /** `version`: of the task that it was said of; until a newer one is read, nothing more is offered. */
  | { readonly kind: "done"; readonly what: string; readonly version: number }
  | { readonly kind: "refused"; readonly id: string | null; readonly why: string };

const idle: Way = { kind: "idle" };

/** What is being said of one task: the choice, its words, and how the sending went. */
export function useReport(place: ReportedPlace, task: Handled | undefined): Report {
  const [said, setSaid] = useState<{ of: string; id: Choice["id"] } | null>(null);
  const [reason, say] = useState("");
  const [moved, setProgress] = useState<number | null>(null);
  const [way, setWay] = useState<Way>(idle);
  const entries = useOutbox((s) => s.entries);
  const waiting = task ? entriesOf(entries, task.task) : [];
  const settling = way.kind === "done" && way.version === task?.version;
  const choices = task && !settling ? choicesOf(task.state, task.steps) : [];
  // A choice is of the state it was made in: after the step it means nothing any more.
  const of = `${task?.task}/${task?.state}`;
  const choice =
    (said?.of === of && choices.find(({ id }) => id === said.id)) ||
    (task ? firstChoice(task.state, choices) : null);
  const progress = moved ?? task?.progress ?? 0;
  const blocked = blockedBy(choice, reason, task, progress);
  const deliver = async () => {
    if (!task || !choice || blocked !== null || way.kind === "sending") return;
    setWay({ kind: "sending" });
    try {
      const { id, outcome } = await enqueueChange({
        kind: "step",
        title: place.name,
        what: choice.button,
        layer: place.layer,
        subjects: [place.feature],
        changes: reportOps(task, choice, { reason, progress }),
        reason: choice.steps.length > 0 && reason.trim() ? reason.trim() : null,
        replaces: way.kind === "refused" ? way.id : null,
      });
      const ended = await outcome;
      if (ended.kind === "refused" || ended.kind === "conflict")
        return setWay({ kind: "refused", id, why: ended.problem.detail ?? ended.problem.title });
      say("");
      setProgress(null);
      setWay(
        ended.kind === "acknowledged" ? { kind: "done", what: choice.button, version: task.version } : idle,
      );
    } catch (error) {
      setWay({ kind: "refused", id: null, why: asProblem(error).message });
    }
  };
  return {
    task,
    choices,
    choice,
    choose: (id) => {
      setSaid({ of, id });
      if (way.kind !== "refused") setWay(idle);
    },
    reason,
    say,
    progress,
    setProgress,
    way,
    waiting,
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
  if (report.waiting.length > 0) return <Waiting entries={report.waiting} />;
  if (report.way.kind === "done" && report.way.version === task.version)
    return <p className="place-note">已记下，正在读新的状态。</p>;
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
      {report.way.kind === "refused" && (
        <p className="switch-problem" role="alert">
          {report.way.why}
        </p>
      )}
    </section>
  );
}

/** Nothing more is asked of this task until the server has it: the next step depends on its answer. */
function Waiting({ entries }: { entries: readonly Entry[] }) {
  const stopped = entries.find(({ state }) => state !== "waiting");
  const held = useOutbox((s) =>
    s.entries.some(({ id, state }) => state !== "waiting" && entries.some(({ after }) => after.includes(id))),
  );
  const told = entries.map(({ what }) => `“${what}”`).join("、");
  return (
    <button
      type="button"
      className="place-waits"
      data-stopped={stopped !== undefined || undefined}
      onClick={openOutbox}
    >
      <IconCloudUp size={18} stroke={1.75} aria-hidden="true" />
      {stopped
        ? `“${stopped.what}”没有发出去：${stopped.problem?.detail ?? stopped.problem?.title ?? "点开看原因"}`
        : held
          ? `${told}已存本机。前面有一项没发出去，点开处理好就接着发送。`
          : `${told}已存本机，连上后自动发送。`}
    </button>
  );
}

const waitsFor = ({ state }: Handled): string =>
  state === "review" ? "等牵头单位核查。" : state === "closed" ? "已经办完。" : "由办理单位来报。";

interface FootProps {
  readonly report: Report;
  /** Nothing can be reported of a past day. */
  readonly off: boolean;
  readonly to: readonly [number, number] | null;
  readonly name: string;
}

/** The two buttons under the thumb. */
export function ReportFoot({ report, off, to, name }: FootProps) {
  const { choice, blocked, way, waiting } = report;
  const sending = way.kind === "sending";
  return (
    <footer className="foot">
      {way.kind === "done" && (
        <p className="foot-done" role="status">
          已记下：{way.what}
        </p>
      )}
      <div>
        {to && (
          <a className="foot-button" href={wayTo(to, name)}>
            导航过去
          </a>
        )}
        {!off && waiting.length === 0 && report.choices.length > 0 && (
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
