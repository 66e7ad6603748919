import { IconClock } from "@tabler/icons-react";
import { Segmented } from "antd";
import { type KeyboardEvent, type PointerEvent, useRef, useState } from "react";
import { dateOf, dayNumber } from "#data/domain/time.ts";
import { useActivity } from "../../api/queries.ts";
import { useWho } from "../../api/session.ts";
import { dayInSentence } from "../../ui/format.ts";
import type { MapSearch } from "../search-params.ts";
import { dayAfterKey, dayAt, densityBars, shareOf, type Year, yearOf } from "./timeline.ts";
import "./ruler.css";

/** What of a page's address the ruler reads and writes. */
export interface RulerState {
  /** Day number looked at. */
  readonly day: number;
  readonly search: Pick<MapSearch, "at" | "known">;
  patch(change: Pick<MapSearch, "at" | "known">): void;
}

/** 截至: the day the map, the counts and the lights are of. Drag it or use the arrow keys. */
export function Ruler({ state }: { state: RulerState }) {
  const { today: todayText, year: yearNo } = useWho();
  const year = yearOf(yearNo);
  const today = dayNumber(todayText);
  const [dragged, setDragged] = useState<number | null>(null);
  const day = dragged ?? state.day;
  const past = day !== today;

  const settle = (next: number) => {
    setDragged(null);
    const at = next === today ? undefined : dateOf(next);
    state.patch({ at, known: at && state.search.known ? at : undefined });
  };
  const knownThen = state.search.known !== undefined;

  return (
    <section className="ruler card" aria-label="截至">
      <div className="ruler-day">
        <IconClock size={17} stroke={1.75} aria-hidden="true" />
        <span>截至</span>
        <b className="figure">{dateOf(day)}</b>
        {past ? (
          <button type="button" className="ruler-back" onClick={() => settle(today)}>
            回到今天
          </button>
        ) : (
          <span className="ruler-today">今天</span>
        )}
      </div>
      <Track year={year} day={day} today={today} onDrag={setDragged} onSettle={settle} />
      {past && state.search.at && (
        <Segmented
          size="small"
          aria-label="按哪时的记录"
          value={knownThen ? "then" : "now"}
          onChange={(value) => state.patch({ known: value === "then" ? state.search.at : undefined })}
          options={[
            { value: "now", label: "按现在所知" },
            { value: "then", label: "按当时所知" },
          ]}
        />
      )}
    </section>
  );
}

interface TrackProps {
  readonly year: Year;
  readonly day: number;
  readonly today: number;
  readonly onDrag: (day: number) => void;
  readonly onSettle: (day: number) => void;
}

function Track({ year, day, today, onDrag, onSettle }: TrackProps) {
  const track = useRef<HTMLDivElement>(null);
  const yearNo = Number(dateOf(year.first).slice(0, 4));
  const activity = useActivity(yearNo).data;
  const bars = densityBars(activity?.days ?? [], year, today);
  const deadlines = deadlineTicks(activity?.deadlines ?? [], year);
  const percent = (share: number) => `${(share * 100).toFixed(3)}%`;

  const dayOf = (event: PointerEvent) => {
    const { left, width } = track.current!.getBoundingClientRect();
    return dayAt((event.clientX - left) / width, year, today);
  };
  const onDown = (event: PointerEvent) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    onDrag(dayOf(event));
  };
  const onMove = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) onDrag(dayOf(event));
  };
  const onKey = (event: KeyboardEvent) => {
    const next = dayAfterKey(event.key, event.shiftKey, day, year, today);
    if (next === null) return;
    event.preventDefault();
    onSettle(next);
  };
  return (
    <div className="ruler-main">
      <div
        ref={track}
        className="ruler-track"
        role="slider"
        tabIndex={0}
        aria-label="截至哪一天"
        aria-valuemin={year.first}
        aria-valuemax={today}
        aria-valuenow={day}
        aria-valuetext={dateOf(day)}
        onPointerDown={onDown}
        onPointerMove={onMove}
        onPointerUp={(event) => onSettle(dayOf(event))}
        onKeyDown={onKey}
      >
        {bars.map((bar) => (
          <i
            key={bar.from}
            className="ruler-bar"
            style={{
              left: percent(bar.from),
              width: `calc(${percent(bar.to - bar.from)} - 1.5px)`,
              height: `${2 + bar.height * 18}px`,
            }}
          />
        ))}
        <i
          className="ruler-future"
          style={{ left: percent((today - year.first + 1) / (year.last - year.first + 1)) }}
        />
        {deadlines.map((deadline) => (
          <i
            key={deadline.date}
            className="ruler-deadline"
            style={{ left: percent(deadline.share) }}
            title={deadline.title}
          >
            {deadline.label && <span>{deadline.label}</span>}
          </i>
        ))}
        <i className="ruler-knob" style={{ left: percent(shareOf(day, year)) }} />
      </div>
      <ol className="ruler-months" aria-hidden="true">
        {months.map((month) => (
          <li key={month}>
            {month}
            <span>月</span>
          </li>
        ))}
      </ol>
    </div>
  );
}

const months = Array.from({ length: 12 }, (_, i) => i + 1);

/** One tick a date; only the two busiest dates before the year's end carry words. */
function deadlineTicks(deadlines: readonly { readonly date: string; readonly label: string }[], year: Year) {
  const byDate = new Map<string, string[]>();
  for (const { date, label } of deadlines) byDate.set(date, [...(byDate.get(date) ?? []), label]);
  const within = [...byDate].filter(([date]) => dayNumber(date) >= year.first && dayNumber(date) < year.last);
  const worded = [...within].sort((a, b) => b[1].length - a[1].length).slice(0, 2);
  return within.map(([date, labels]) => ({
    date,
    share: shareOf(dayNumber(date), year),
    title: `${dayInSentence(date)}到期：${labels.join("；")}`,
    label: worded.some(([d]) => d === date) ? `${date.slice(5)} 节点` : null,
  }));
}
