import { useQuery } from "@tanstack/react-query";
import { type Light, lightName } from "#data/domain/light.ts";
import type { Metric } from "#data/domain/programme.ts";
import type { MetricSeriesAnswer } from "#data/domain/wire/programme.ts";
import { address, send } from "../api/client.ts";
import { inStead } from "../api/problem.ts";
import type { AsOfQuery } from "../api/queries.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number, percent } from "../ui/format.ts";

interface SeriesProps {
  readonly year: number;
  readonly metric: Metric;
  readonly asOf: AsOfQuery;
}

/** A metric through the year: a bar a month in the light it had then, the number over it. */
export function Series({ year, metric, asOf }: SeriesProps) {
  const answer = useQuery({
    queryKey: ["programme", year, "series", metric.code, asOf],
    queryFn: ({ signal }) =>
      send<MetricSeriesAnswer>(address(`/api/programme/${year}/metrics/${metric.code}`, { ...asOf }), {
        signal,
      }),
  });
  if (inStead(answer)) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton rows={1} height={96} />;
  const { months } = answer.data;
  if (months.every((month) => month.value === null)) return <p className="quiet">各月都还没有数据。</p>;
  const isRate = months.some((month) => month.percent !== null);
  const told = (month: (typeof months)[number]) => (isRate ? month.percent : month.value);
  const most = Math.max(
    isRate ? 100 : (metric.goal?.value ?? 0),
    ...months.map((month) => told(month) ?? 0),
    1,
  );
  return (
    <ol className="series" aria-label={`${metric.name}，各月末`}>
      {months.map((month) => {
        const value = told(month);
        const text = value === null ? "—" : isRate ? percent(value) : number(value, 1);
        return (
          <li key={month.month} title={month.why}>
            <span className="figure">{text}</span>
            <span className="series-track">
              {value !== null && (
                <i
                  className={`series-bar ${barClass(month.light)}`}
                  style={{ height: `${Math.max(2, (value / most) * 100)}%` }}
                />
              )}
            </span>
            <span className="quiet">{Number(month.month.slice(5))} 月</span>
            <span className="out-of-sight">{month.light ? lightName[month.light] : "不评灯"}</span>
          </li>
        );
      })}
    </ol>
  );
}

const barClass = (light: Light | null): string => (light === null ? "is-plain" : `is-${light}`);
