import { IconChevronDown, IconChevronRight } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { lightName } from "#data/domain/light.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import type { AsOfQuery } from "../api/queries.ts";
import { StateMark } from "../legend/marks.tsx";
import { percent } from "../ui/format.ts";
import { Series } from "./series.tsx";
import { dueWords, metricWords, sourceWords, valueText } from "./words.ts";

interface MetricRowProps {
  readonly row: ProgrammeAnswer["metrics"][number];
  readonly year: number;
  readonly asOf: AsOfQuery;
}

/** One metric: what it is, where it stands, when it is due, its light and why; opens to its months. */
export function MetricRow({ row, year, asOf }: MetricRowProps) {
  const [open, setOpen] = useState(false);
  const { metric, light } = row;
  const words = metricWords(metric, row);
  const due = dueWords(metric.due);
  const Chevron = open ? IconChevronDown : IconChevronRight;
  return (
    <li className={open ? "metric open" : "metric"} id={`metric-${metric.code}`}>
      <div className="metric-line">
        <button type="button" className="metric-name" aria-expanded={open} onClick={() => setOpen(!open)}>
          <Chevron size={14} stroke={1.75} aria-hidden="true" />
          <span className="figure metric-code">{metric.code}</span>
          <span>
            {metric.star && (
              <abbr className="metric-star" title="主指标：★全部达到，任务才算完成">
                ★
              </abbr>
            )}
            {metric.name}
          </span>
        </button>
        <span className="metric-value">
          <b className="figure">{words.value}</b>
          {words.percent && <span className="figure metric-percent">{words.percent}</span>}
        </span>
        <span className="metric-goal">
          <span className="metric-label">目标</span>
          {words.internal && <span className="tag-internal">内控</span>}
          {words.goal}
        </span>
        <span className="metric-due">
          <span className="metric-label">期限</span>
          <span className="figure">{due.date}</span> <span className="quiet">{due.basis}</span>
        </span>
        <span className="metric-light">
          {light && <StateMark light={light} size={14} />}
          <b className={light ? `is-${light}` : "quiet"}>{light ? lightName[light] : "不评灯"}</b>
          <span className="quiet">{row.why}</span>
        </span>
        <span className="metric-source quiet">
          {sourceWords(metric.source)}
          {row.behind && (
            <Link
              to="/"
              search={{ layers: row.behind.layer, target: row.behind.target?.toString(), ...asOf }}
              aria-label={`看地图：${metric.name}`}
            >
              看地图
            </Link>
          )}
        </span>
      </div>
      {row.months && <Months months={row.months} />}
      {open && (
        <div className="metric-more">
          {row.parts && (
            <dl className="metric-parts">
              {row.parts.map((part, i) => (
                <div key={part.key}>
                  <dt>{part.name}</dt>
                  <dd className="figure">
                    {valueText(metric.parts?.[i] ?? metric, part)}
                    {part.percent !== null && part.of !== 0 && ` · ${percent(part.percent)}`}
                  </dd>
                </div>
              ))}
            </dl>
          )}
          {metric.note && <p className="quiet">{metric.note}</p>}
          <Series year={year} metric={metric} asOf={asOf} />
        </div>
      )}
    </li>
  );
}

/** Months already judged: a past month keeps its colour. */
function Months({ months }: { months: NonNullable<MetricRowProps["row"]["months"]> }) {
  return (
    <ol className="metric-months" aria-label="各月亮灯">
      {months.map(({ month, light }) => (
        <li key={month} title={`${month} ${light ? lightName[light] : "未评"}`}>
          {light ? <StateMark light={light} size={11} title /> : <i className="metric-unjudged" />}
          <span className="quiet">
            {month.length === 7 ? `${Number(month.slice(5))} 月` : month.slice(5)}
          </span>
        </li>
      ))}
    </ol>
  );
}

/** What the columns are, where there are columns. Each cell says it again for who cannot see them. */
export function MetricColumns() {
  return (
    <li className="metric-line metric-columns" aria-hidden="true">
      <span>指标</span>
      <span>现在</span>
      <span>目标</span>
      <span>期限</span>
      <span>灯和原因</span>
      <span>来源</span>
    </li>
  );
}
