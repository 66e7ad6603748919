import { Link } from "@tanstack/react-router";
import { Input, Select } from "antd";
import { useState } from "react";
import { roleRights } from "#data/domain/account.ts";
import { borderMetres, type DutyRow } from "#data/domain/duty.ts";
import { layerById } from "#data/layers/registry.ts";
import { towns } from "#data/programme/towns.ts";
import { useWho } from "../api/session.ts";
import { LayerGlyph } from "../legend/marks.tsx";
import { townName } from "../list/columns.tsx";
import { useDeed } from "../outbox/deed.ts";
import { useOutbox } from "../outbox/state.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { useDuty } from "./queries.ts";
import { usualReason, whereabouts } from "./words.ts";
import "./duty.css";

/** 责任属地待确认: what lies at the line between towns, and for the 专班 the way to say which one answers for it. */
export function DutyPanel() {
  const { who } = useWho();
  const [town, setTown] = useState<string>();
  const names = roleRights[who.role].everywhere;
  const { data, error, refetch } = useDuty(town);
  return (
    <div className="duty">
      <div className="duty-bar">
        <p className="quiet">
          离镇界 {borderMetres} 米内（内控）或跨镇界、还没有确认责任属地的。图形改过以后要重新确认。
          {!names && "由专班确认；有不同意见请联系专班。"}
        </p>
        {names && (
          <Select
            allowClear
            aria-label="镇街"
            placeholder="全部镇街"
            value={town}
            onChange={setTown}
            options={towns.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
      </div>
      {error && !data && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} height={44} />}
      {data?.rows.length === 0 && <p className="borders-empty">镇界附近没有要确认责任属地的。</p>}
      {data && data.rows.length > 0 && (
        <>
          <p className="quiet">
            共 <b className="figure">{number(data.total)}</b> 处
            {data.total > data.rows.length && `，先列最近镇界的 ${data.rows.length} 处`}
          </p>
          <ul>
            {data.rows.map((row) => (
              <Row key={row.id} row={row} names={names} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}

function Row({ row, names }: { row: DutyRow; names: boolean }) {
  const layer = layerById(row.layer);
  const [chosen, setChosen] = useState<string | null>(null);
  const waits = useOutbox((s) => s.entries.find(({ subjects }) => subjects.includes(row.id)));
  return (
    <li className="duty-row">
      <Link to="/" search={{ sel: String(row.id), layers: row.layer }} className="duty-place">
        {layer && <LayerGlyph layer={layer} size={16} />}
        <b>{row.name || layer?.name}</b>
        <span className="quiet">
          {layer?.name} · <span className="figure">{row.no}</span>
        </span>
      </Link>
      <span>
        {whereabouts(row)}
        {row.duty && <span className="duty-old">　原定{townName(row.duty)}，图形改过</span>}
      </span>
      {waits && <span className="duty-waits">{waits.what}，还没发出去</span>}
      {names && (
        <span className="duty-towns">
          {row.towns.map(({ code }) => (
            <button
              key={code}
              type="button"
              className="button"
              aria-pressed={chosen === code}
              onClick={() => setChosen(chosen === code ? null : code)}
            >
              定为{townName(code)}
            </button>
          ))}
        </span>
      )}
      {chosen && <Confirm key={chosen} row={row} duty={chosen} onClose={() => setChosen(null)} />}
    </li>
  );
}

/** The reason is written already; one press more and it is recorded. */
function Confirm({ row, duty, onClose }: { row: DutyRow; duty: string; onClose(): void }) {
  const deed = useDeed(onClose);
  const [reason, setReason] = useState(() => usualReason(row));
  const send = () =>
    void deed.send({
      title: row.name || row.no,
      what: `责任属地定为${townName(duty)}`,
      layer: row.layer,
      subjects: [row.id],
      changes: [{ op: "patch", feature: row.id, base: row.version, duty }],
      reason: reason.trim(),
    });
  return (
    <form
      className="duty-confirm"
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() !== "") send();
      }}
    >
      <Input
        autoFocus
        aria-label="理由"
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <button type="submit" className="button duty-primary" disabled={reason.trim() === "" || deed.busy}>
        确认属地为{townName(duty)}
      </button>
      <button
        type="button"
        className="button"
        onClick={() => {
          deed.giveUp();
          onClose();
        }}
      >
        先不
      </button>
      {deed.error !== undefined && <ErrorNote error={deed.error} />}
    </form>
  );
}
