import { Link } from "@tanstack/react-router";
import { Input } from "antd";
import { useState } from "react";
import { type DutyRow, type DutyWord, dutyWordRule, stanceOf } from "#data/domain/duty.ts";
import { layerById } from "#data/layers/registry.ts";
import { uuid4 } from "../editor/uid.ts";
import { LayerGlyph } from "../legend/marks.tsx";
import { townName } from "../list/columns.tsx";
import { useAsking } from "../outbox/asking.ts";
import { UnsentMark } from "../outbox/unsent-mark.tsx";
import { ErrorNote } from "../shell/page-states.tsx";
import { moment } from "../ui/format.ts";
import { useSayDuty } from "./queries.ts";
import { stanceSentence, usualReason, whereabouts } from "./words.ts";

/** What is being written: a decision for a town, or the own town's word. */
type Act =
  | { readonly kind: "decide"; readonly town: string }
  | { readonly kind: "say"; readonly word: DutyWord };

const same = (a: Act | null, b: Act): boolean => JSON.stringify(a) === JSON.stringify(b);

/** One place with what was said about it and what the reader may do. */
export function DutyItem({ row, own }: { row: DutyRow; own: string | null }) {
  const layer = layerById(row.layer);
  const [act, setAct] = useState<Act | null>(null);
  const turn = (next: Act) => setAct(same(act, next) ? null : next);
  const stance = stanceSentence(row);
  return (
    <li className="duty-row">
      <Link to="/" search={{ sel: String(row.id), layers: row.layer }} className="duty-place">
        {layer && <LayerGlyph layer={layer} size={16} />}
        <b>{row.name || layer?.name}</b>
        <UnsentMark feature={row.id} />
        <span className="quiet">
          {layer?.name} · <span className="figure">{row.no}</span>
        </span>
      </Link>
      <div className="duty-said">
        <span>
          {whereabouts(row)}
          {row.duty && !row.decided && <span className="duty-old">　原定{townName(row.duty)}，图形改过</span>}
        </span>
        {stance && (
          <b className="duty-stance" data-stance={stanceOf(row.words)}>
            {stance}
          </b>
        )}
        {row.words.map(({ town, word, at, reason }) => (
          <span key={town} className="quiet">
            {townName(town)} {dutyWordRule[word].name} <span className="figure">{moment(at)}</span>
            {reason && `：${reason}`}
          </span>
        ))}
      </div>
      <span className="duty-towns">
        {own !== null &&
          row.may.map((word) => (
            <Choice
              key={word}
              pressed={same(act, { kind: "say", word })}
              onPress={() => turn({ kind: "say", word })}
            >
              {dutyWordRule[word].name}
            </Choice>
          ))}
        {row.decides &&
          row.towns.map(({ code }) => (
            <Choice
              key={code}
              pressed={same(act, { kind: "decide", town: code })}
              onPress={() => turn({ kind: "decide", town: code })}
            >
              定为{townName(code)}
            </Choice>
          ))}
      </span>
      {act?.kind === "decide" && (
        <Decide key={act.town} row={row} town={act.town} onClose={() => setAct(null)} />
      )}
      {act?.kind === "say" && <Say key={act.word} row={row} word={act.word} onClose={() => setAct(null)} />}
    </li>
  );
}

function Choice({
  pressed,
  onPress,
  children,
}: {
  pressed: boolean;
  onPress(): void;
  children: React.ReactNode;
}) {
  return (
    <button type="button" className="button" aria-pressed={pressed} onClick={onPress}>
      {children}
    </button>
  );
}

/** The reason is written already; one press more and it is recorded. */
function Decide({ row, town, onClose }: { row: DutyRow; town: string; onClose(): void }) {
  const asking = useAsking(onClose);
  return (
    <ReasonForm
      first={usualReason(row)}
      needed
      busy={asking.busy}
      error={asking.error ?? null}
      label={`确认属地为${townName(town)}`}
      onClose={asking.close}
      onSend={(reason) =>
        void asking.send({
          title: row.name || row.no,
          what: `责任属地定为${townName(town)}`,
          layer: row.layer,
          subjects: [row.id],
          changes: [{ op: "patch", feature: row.id, base: row.version, duty: town }],
          reason,
        })
      }
    />
  );
}

function Say({ row, word, onClose }: { row: DutyRow; word: DutyWord; onClose(): void }) {
  const say = useSayDuty();
  const [key] = useState(uuid4);
  return (
    <ReasonForm
      first=""
      needed={dutyWordRule[word].needsReason}
      busy={say.isPending}
      error={say.error}
      label={dutyWordRule[word].deed}
      onClose={onClose}
      onSend={(reason) =>
        say.mutate(
          { feature: row.id, base: row.version, word, ...(reason ? { reason } : {}), key },
          { onSuccess: onClose },
        )
      }
    />
  );
}

interface ReasonFormProps {
  readonly first: string;
  readonly needed: boolean;
  readonly busy: boolean;
  readonly error: unknown;
  readonly label: string;
  onSend(reason: string): void;
  onClose(): void;
}

function ReasonForm({ first, needed, busy, error, label, onSend, onClose }: ReasonFormProps) {
  const [reason, setReason] = useState(first);
  const missing = needed && reason.trim() === "";
  return (
    <form
      className="duty-confirm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) onSend(reason.trim());
      }}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <Input
        autoFocus
        aria-label="理由"
        placeholder={needed ? "理由，相邻镇街和牵头单位看得到" : "理由，可不填"}
        value={reason}
        maxLength={500}
        onChange={(event) => setReason(event.target.value)}
      />
      <button type="submit" className="button duty-primary" disabled={missing || busy}>
        {label}
      </button>
      <button type="button" className="button" onClick={onClose}>
        先不
      </button>
      {error !== null && error !== undefined && <ErrorNote error={error} />}
    </form>
  );
}
