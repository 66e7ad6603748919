import { Link } from "@tanstack/react-router";
import { type LightCounts, lightName, lights } from "#data/domain/light.ts";
import type { Target } from "#data/domain/programme.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { layers } from "#data/layers/registry.ts";
import { markQuirks } from "#data/programme/plan-quirks.ts";
import type { AsOfQuery } from "../api/queries.ts";
import { StateBar, StateMark } from "../legend/marks.tsx";
import { TaskTile } from "../screen/tile.tsx";
import { number } from "../ui/format.ts";
import { MetricColumns, MetricRow } from "./metric-row.tsx";
import { leadWords } from "./words.ts";

interface TargetCardProps {
  readonly target: Target;
  readonly answer: ProgrammeAnswer;
  readonly asOf: AsOfQuery;
}

/** A target in the plan's own words, who does it, where it stands and why, and the metrics under it. */
export function TargetCard({ target, answer, asOf }: TargetCardProps) {
  const status = answer.targets.find(({ no }) => no === target.no);
  const rows = answer.metrics.filter(({ metric }) => metric.target === target.no);
  if (!status) return null;
  return (
    <article className="target" id={`target-${target.no}`} tabIndex={-1} aria-label={`任务 ${target.no}`}>
      <header className="target-head">
        <TaskTile no={target.no} light={status.light} />
        <div>
          <h3>{markQuirks(target.text)}</h3>
          <dl className="target-who">
            <div>
              <dt>牵头</dt>
              <dd>{leadWords(target)}</dd>
            </div>
            <div>
              <dt>配合</dt>
              <dd>{target.cooperatingText || "—"}</dd>
            </div>
            <div>
              <dt>期限</dt>
              <dd className="figure">{status.due ?? "—"}</dd>
            </div>
          </dl>
        </div>
        <div className="target-light">
          <p>
            <StateMark light={status.light} size={18} />
            <b className={`is-${status.light}`}>{lightName[status.light]}</b>
            {status.percent !== null && <span className="figure quiet">{number(status.percent, 1)}%</span>}
          </p>
          <p className="quiet">{status.why}</p>
          <Tasks no={target.no} counts={status.lights} asOf={asOf} />
        </div>
      </header>
      <ul className="metrics">
        <MetricColumns />
        {rows.map((row) => (
          <MetricRow key={row.code} row={row} year={answer.year} asOf={asOf} />
        ))}
      </ul>
    </article>
  );
}

/** Its tasks on the map by light; a target that no layer serves says so instead of 0. */
function Tasks({ no, counts, asOf }: { no: number; counts: LightCounts; asOf: AsOfQuery }) {
  const own = layers.filter((layer) => layer.targets.includes(no));
  if (own.length === 0) return <p className="quiet">不落图，按填报评灯</p>;
  const total = lights.reduce((sum, light) => sum + counts[light], 0);
  return (
    <p className="target-tasks">
      {total > 0 && <StateBar counts={counts} width={96} height={8} />}
      <span>{total === 0 ? "还没有落图的任务" : `${number(total)} 件`}</span>
      <Link
        to="/"
        search={{ layers: own.map((layer) => layer.id).join(","), target: String(no), ...asOf }}
        aria-label={`看地图：任务 ${no}`}
      >
        看地图
      </Link>
    </p>
  );
}
