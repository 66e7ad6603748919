import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { asProblem, shortRequest } from "../api/problem.ts";
import { moment } from "../ui/format.ts";
import { countText } from "./counts.ts";
import { alsoDiscarded, discard, retry } from "./engine.ts";
import type { Entry } from "./entry.ts";
import { Members } from "./members.tsx";
import { mendWord, useMending } from "./mending.ts";
import { DoneRow, deedText, StateIcon, useJustDone, useStill, useWay } from "./rows.tsx";
import { useOutbox } from "./state.ts";
import "./outbox.css";

/** All that this account has not got through, each with its reason and what can be done. */
export function OutboxDrawer({ onClose }: { onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const entries = useOutbox((s) => s.entries);
  const loose = useOutbox((s) => s.loose.size);
  const done = useJustDone();
  const still = useStill();
  const waiting = entries.filter(({ state }) => state === "waiting");
  useEffect(() => {
    const { current } = dialog;
    if (!current?.open) current?.showModal();
    current?.addEventListener("close", onClose);
    return () => current?.removeEventListener("close", onClose);
  }, [onClose]);
  return (
    <dialog
      ref={dialog}
      className="outbox-drawer"
      aria-label="待发箱"
      // The dark round it closes it, as everywhere.
      onPointerDown={({ target, currentTarget }) => target === currentTarget && currentTarget.close()}
    >
      <div className="outbox-sheet">
        <header>
          <h2>待发箱</h2>
          <button
            type="button"
            className="icon-button"
            aria-label="关闭待发箱"
            onClick={() => dialog.current?.close()}
          >
            <IconX size={20} stroke={1.75} />
          </button>
        </header>
        {loose > 0 && (
          <p className="outbox-note" role="alert">
            这台浏览器存不下新的内容（空间满了，或是无痕窗口），有 {loose}{" "}
            项只在这个页面里。发完以前别关页面。
          </p>
        )}
        <p className="outbox-summary">
          {entries.length === 0
            ? "都发出去了，没有待发的。"
            : `${countText(entries)}存在本机，关掉浏览器也不会丢。${still ? `${still}。` : ""}`}
          {waiting.length > 0 && (
            <button
              type="button"
              className="link-button"
              onClick={() => void retry(waiting.map(({ id }) => id))}
            >
              现在发
            </button>
          )}
        </p>
        <ol>
          {done.map((each) => (
            <DoneRow key={each.id} done={each} />
          ))}
          {entries.map((entry) => (
            <Row key={entry.id} entry={entry} onLeave={() => dialog.current?.close()} />
          ))}
        </ol>
      </div>
    </dialog>
  );
}

function Row({ entry, onLeave }: { entry: Entry; onLeave: () => void }) {
  const [asking, setAsking] = useState(false);
  const way = useWay(entry);
  const mend = useMending();
  const entries = useOutbox((s) => s.entries);
  const first = entries.find(({ id, state }) => entry.after.includes(id) && state !== "waiting");
  const stopped = entry.state !== "waiting";
  const { problem, many, revert } = entry;
  const word = mendWord(entry);
  const part = useOutbox((s) => s.sending[entry.id]);
  const [failure, setFailure] = useState<string | null>(null);
  const go = () => {
    setFailure(null);
    mend(entry).then(onLeave, (error: unknown) =>
      setFailure(`现在打不开：${asProblem(error).message}这一项还在，连上后再按。`),
    );
  };
  return (
    <li className="outbox-item" data-state={entry.state}>
      <p className="outbox-row" data-state={entry.state}>
        <StateIcon entry={entry} />
        <b className="outbox-what">{entry.title}</b>
        <span className="outbox-way figure">{way}</span>
      </p>
      <p className="quiet">
        {deedText(entry)}　<span className="figure">{moment(new Date(entry.createdAt).toISOString())}</span>
      </p>
      {typeof part === "number" && <progress className="outbox-part" max={1} value={part} />}
      {many && stopped && <Members members={many.members} />}
      {revert && stopped && (
        <p className="quiet">在“改动记录”里可以连同后来的改动一起撤回，或直接修改那几处。</p>
      )}
      {problem && !(many && stopped && many.members.some(({ why }) => why)) && (
        <p className={stopped ? "outbox-why" : "quiet"} data-state={entry.state}>
          {problem.detail ?? problem.title}
          {problem.errors?.slice(1).map((error) => (
            <span key={error.at + error.message} className="outbox-line">
              {error.message}
            </span>
          ))}
          {entry.state === "refused" && problem.request && (
            <span className="quiet" title={problem.request}>
              {" "}
              编号 {shortRequest(problem.request)}
            </span>
          )}
        </p>
      )}
      {failure && (
        <p className="outbox-why" role="alert">
          {failure}
        </p>
      )}
      {first && (
        <p className="quiet">
          等“{first.title} {first.what}”处理好再发。
        </p>
      )}
      {asking ? (
        <Giving entry={entry} onDone={() => setAsking(false)} />
      ) : (
        <p className="outbox-actions">
          {word && (
            <button type="button" className="link-button" onClick={go}>
              {word}
            </button>
          )}
          {(stopped || problem) && (
            <button type="button" className="link-button" onClick={() => void retry([entry.id])}>
              重试
            </button>
          )}
          <button type="button" className="link-button" onClick={() => setAsking(true)}>
            放弃
          </button>
        </p>
      )}
    </li>
  );
}

/** Loss is asked about, and named. */
function Giving({ entry, onDone }: { entry: Entry; onDone: () => void }) {
  const also = alsoDiscarded(entry.id);
  return (
    <div className="outbox-giving" role="alertdialog" aria-label="放弃这一项">
      <p>
        放弃后“{entry.title} {entry.what}”就没有了，没法找回。
        {also.length > 0 &&
          `建立在它上面的 ${also.length} 项也一起放弃：${also.map(({ what }) => what).join("、")}。`}
      </p>
      <p className="outbox-actions">
        <button
          type="button"
          className="link-button outbox-danger"
          onClick={() => void discard([entry.id]).then(onDone)}
        >
          放弃{also.length > 0 ? ` ${also.length + 1} 项` : ""}
        </button>
        <button type="button" className="link-button" onClick={onDone}>
          留着
        </button>
      </p>
    </div>
  );
}
