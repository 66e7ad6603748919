import { programme2025 } from "#data/programme/programme.ts";
import { Mark } from "../../shell/mark.tsx";
import { type Anchor, productNow, shanghaiTime } from "../clock.ts";

interface HeaderProps {
  readonly anchor: Anchor;
  /** This machine's clock, ms. */
  readonly now: number;
  readonly stoppedAt: number | null;
}

/** Mark, title, day and clock; and since when the data stand still, when they do. */
export function Header({ anchor, now, stoppedAt }: HeaderProps) {
  const { year, month, date, weekday, time } = shanghaiTime(productNow(anchor, now));
  return (
    <header className="wall-header">
      <Mark size={84} />
      <h1>{programme2025.title}</h1>
      <p className="wall-when">
        {stoppedAt !== null && (
          <strong role="status" className="wall-stopped">
            数据停在 <b className="figure">{shanghaiTime(productNow(anchor, stoppedAt)).time}</b>
          </strong>
        )}
        <span>
          {year} 年 {month} 月 {date} 日
        </span>
        <span>{weekday}</span>
        <b className="figure wall-clock">{time}</b>
      </p>
    </header>
  );
}
