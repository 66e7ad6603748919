import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { StateMark } from "../../legend/marks.tsx";
import { kpisOf } from "../kpis.ts";
import { coloured, shareStyle } from "./look.ts";

/** Six numbers: icon and name, number and unit, a bar with its goal, the goal in words. */
export function Kpis({ answer }: { answer: ProgrammeAnswer }) {
  return (
    <ul className="wall-kpis" aria-label="关键数">
      {kpisOf(answer).map((kpi) => (
        <li key={kpi.code} className={`wall-kpi ${coloured(kpi.light)}`}>
          <h3>
            {kpi.light && <StateMark light={kpi.light} size={38} title />}
            {kpi.name}
          </h3>
          <p className="wall-kpi-value">
            <b className="figure">{kpi.value}</b>
            <span>{kpi.unit}</span>
          </p>
          <i className="wall-bar" style={shareStyle(kpi.share)}>
            {kpi.goal !== null && <i className="wall-goal" style={{ left: `${kpi.goal * 100}%` }} />}
          </i>
          <p className="wall-kpi-foot">
            <span className="wall-roomy">{kpi.foot}</span>
            <span className="wall-narrow">{kpi.brief}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
