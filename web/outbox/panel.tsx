import { IconWifiOff } from "@tabler/icons-react";
import type { Entry } from "./entry.ts";
import { mendWord, useMending } from "./mending.ts";
import { DoneRow, deedText, StateIcon, useJustDone, useStill, useWay } from "./rows.tsx";
import { openOutbox, useOutbox } from "./state.ts";
import "./outbox.css";

/** 待发箱 beside 撤销记录: what is on its way, what was just acknowledged, and what has to be mended. */
export function OutboxPanel() {
  const entries = useOutbox((s) => s.entries);
  const done = useJustDone();
  const still = useStill();
  if (entries.length === 0 && done.length === 0) return null;
  return (
    <section className="outbox card" aria-label="待发箱">
      <header>
        <h2>待发箱 {entries.length > 0 && <span className="figure quiet">{entries.length}</span>}</h2>
        {still && (
          <span className="outbox-still" role="status">
            <IconWifiOff size={15} stroke={1.75} aria-hidden="true" /> {still}
          </span>
        )}
        {entries.length > 0 && (
          <button type="button" className="link-button" onClick={openOutbox}>
            全部
          </button>
        )}
      </header>
      <ol>
        {[...done].reverse().map((each) => (
          <DoneRow key={each.id} done={each} />
        ))}
        {entries.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </ol>
    </section>
  );
}

function Row({ entry }: { entry: Entry }) {
  const way = useWay(entry);
  const mend = useMending();
  const word = mendWord(entry);
  const stopped = entry.state !== "waiting";
  const text = stopped ? (entry.problem?.detail ?? entry.problem?.title) : deedText(entry);
  return (
    <li className="outbox-row" data-state={entry.state}>
      <StateIcon entry={entry} />
      <span className="outbox-what" title={`${entry.title} ${text}`}>
        {entry.kind === "photo" && !stopped ? text : entry.title}
      </span>
      {(stopped || entry.kind !== "photo") && <span className="outbox-deed">{text}</span>}
      {stopped ? (
        // Beside the editor there is no room for reasons: what cannot be mended in one place opens in the list.
        <button
          type="button"
          className="outbox-mend"
          onClick={() => void (word === null || entry.many ? openOutbox() : mend(entry))}
        >
          {entry.many || word === null ? "看原因" : word}
        </button>
      ) : (
        <span className="outbox-way figure">{way}</span>
      )}
    </li>
  );
}
