import type { RecentAnswer } from "#data/domain/wire/live.ts";
import { StateMark } from "../../legend/marks.tsx";
import { tickerItem } from "../ticker.ts";

/** 刚刚 and the last changes. What does not fit whole is left out; a new one pushes the others on. */
export function Ticker({ recent, today }: { recent: RecentAnswer | null; today: number }) {
  const items = recent?.changes.map((change) => tickerItem(change, today)) ?? [];
  return (
    <section className="wall-ticker" aria-label="刚刚" aria-live="off">
      <h2>刚刚</h2>
      <ol>
        {items.length === 0 && <li className="wall-quiet">还没有变更</li>}
        {items.map((item) => (
          <li key={item.key}>
            <time className="figure">{item.time}</time>
            {item.light && <StateMark light={item.light} size={34} title />}
            <b>{item.place}</b>
            <span>{item.name}</span>
            <span>{item.what}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
