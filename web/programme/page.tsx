import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import { type Light, lightName, lights } from "#data/domain/light.ts";
import type { OrgId } from "#data/domain/programme.ts";
import { dayNumber } from "#data/domain/time.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { markQuirks } from "#data/programme/plan-quirks.ts";
import { programme2025 } from "#data/programme/programme.ts";
import { inStead } from "../api/problem.ts";
import { useProgramme } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { StateMark } from "../legend/marks.tsx";
import { Ruler } from "../map/panels/ruler.tsx";
import { conclude } from "../screen/conclusion.ts";
import { TaskTile } from "../screen/tile.tsx";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { type ProgrammeSearch, parseProgrammeSearch, shownTargets } from "./filter.ts";
import { MetricColumns, MetricRow } from "./metric-row.tsx";
import { TargetCard } from "./target-card.tsx";
import { orgNames } from "./words.ts";
import "./page.css";
import "./target.css";
import "./metric.css";
import "./narrow.css";

/** 任务: the plan in its own order, every target and every number with its light and why. */
export function ProgrammePage() {
  const state = useProgrammeState();
  const { year, today } = useWho();
  const { search, asOf } = state;
  const query = useProgramme(year, asOf);
  const ruler = { day: dayNumber(search.at ?? today), search, patch: state.patch };
  return (
    <main className="programme">
      <div className="programme-ruler">
        <Ruler state={ruler} />
      </div>
      {inStead(query) && <ErrorNote error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && (
        <div className="programme-waiting">
          <Skeleton rows={3} height={28} />
          <Skeleton rows={6} height={96} />
        </div>
      )}
      {query.data && <Plan answer={query.data} search={search} patch={state.patch} asOf={asOf} />}
    </main>
  );
}

interface State {
  readonly search: ProgrammeSearch;
  readonly asOf: { readonly at?: string; readonly known?: string };
  patch(change: Partial<ProgrammeSearch>): void;
}

function useProgrammeState(): State {
  const raw = useSearch({ from: "/gate/desk/programme" });
  const navigate = useNavigate();
  const search = useMemo(() => parseProgrammeSearch(raw), [raw]);
  const { at, known } = search;
  const asOf = useMemo(() => ({ ...(at && { at }), ...(known && { known }) }), [at, known]);
  const patch = useCallback<State["patch"]>(
    (change) =>
      void navigate({
        to: "/programme",
        search: (old) => present({ ...old, ...change }),
        replace: true,
      }),
    [navigate],
  );
  return { search, asOf, patch };
}

const present = (search: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(search).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );

interface PlanProps {
  readonly answer: ProgrammeAnswer;
  readonly search: ProgrammeSearch;
  readonly asOf: State["asOf"];
  readonly patch: State["patch"];
}

function Plan({ answer, search, asOf, patch }: PlanProps) {
  const shown = shownTargets(programme2025.targets, answer, search);
  const filtered = search.light !== undefined || search.lead !== undefined;
  const overall = answer.metrics.filter(({ metric }) => metric.campaign === null);
  return (
    <>
      <Head answer={answer} />
      <Filters answer={answer} search={search} patch={patch} shown={shown.length} />
      {shown.length === 0 && (
        <p className="programme-none">
          没有符合筛选的任务。
          <button
            type="button"
            className="link-button"
            onClick={() => patch({ light: undefined, lead: undefined })}
          >
            看全部 {programme2025.targets.length} 项
          </button>
        </p>
      )}
      {programme2025.campaigns.map((campaign) => {
        const own = shown.filter((target) => target.campaign === campaign.no);
        const status = answer.campaigns.find(({ no }) => no === campaign.no);
        const loose = answer.metrics.filter(
          ({ metric }) => metric.campaign === campaign.no && metric.target === null,
        );
        if (own.length === 0) return null;
        return (
          <section key={campaign.no} className="campaign" aria-label={campaign.name}>
            <header className="campaign-head">
              <h2>
                <span className="serif campaign-numeral">{campaign.numeral}</span>
                {campaign.name}
              </h2>
              <p className="campaign-leads">
                <span className="quiet">牵头</span> {orgNames(campaign.leads)}
              </p>
              {status && (
                <p className="campaign-status">
                  <StateMark light={status.light} size={16} title />
                  <b className="figure">{status.percent === null ? "—" : `${number(status.percent, 1)}%`}</b>
                </p>
              )}
            </header>
            <details className="campaign-text">
              <summary>方案原文</summary>
              <p>{markQuirks(campaign.text)}</p>
              <p>{markQuirks(campaign.measures)}</p>
            </details>
            {own.map((target) => (
              <TargetCard key={target.no} target={target} answer={answer} asOf={asOf} />
            ))}
            {loose.length > 0 && !filtered && (
              <article className="target" aria-label="不挂任务的指标">
                <h3 className="target-loose">方案在本专项里另写的数</h3>
                <ul className="metrics">
                  <MetricColumns />
                  {loose.map((row) => (
                    <MetricRow key={row.code} row={row} year={answer.year} asOf={asOf} />
                  ))}
                </ul>
              </article>
            )}
          </section>
        );
      })}
      {!filtered && overall.length > 0 && (
        <section className="campaign" aria-label="工程总体">
          <header className="campaign-head">
            <h2>工程总体</h2>
          </header>
          <article className="target">
            <ul className="metrics">
              <MetricColumns />
              {overall.map((row) => (
                <MetricRow key={row.code} row={row} year={answer.year} asOf={asOf} />
              ))}
            </ul>
          </article>
        </section>
      )}
      <p className="programme-foot quiet">
        灯和百分比由系统按规则 L-01、L-02
        计算（内控），不是方案的考核结论。〔原文如此〕标的是方案文本里不清楚的字句，照录不改。
      </p>
    </>
  );
}

/** One plain sentence, then the twenty as tiles: a click leads to the target. */
function Head({ answer }: { answer: ProgrammeAnswer }) {
  const { counts, late } = conclude(answer);
  const goTo = (no: number) => {
    const target = document.getElementById(`target-${no}`);
    const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    target?.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "start" });
    target?.focus({ preventScroll: true });
  };
  return (
    <header className="programme-head">
      <h1>
        {counts}
        {late && <span className="is-late">{late}</span>}
      </h1>
      <ol className="programme-tiles" aria-label="二十项目标任务">
        {answer.targets.map(({ no, light }) => (
          <li key={no}>
            <button type="button" onClick={() => goTo(no)} aria-label={`到任务 ${no}，${lightName[light]}`}>
              <TaskTile no={no} light={light} />
            </button>
          </li>
        ))}
      </ol>
    </header>
  );
}

interface FiltersProps {
  readonly answer: ProgrammeAnswer;
  readonly search: ProgrammeSearch;
  readonly patch: State["patch"];
  readonly shown: number;
}

const leads = [...new Set(programme2025.targets.flatMap((target) => target.leads))];

function Filters({ answer, search, patch, shown }: FiltersProps) {
  const count = (light: Light) => answer.targets.filter((target) => target.light === light).length;
  return (
    <fieldset className="programme-filters" aria-label="筛选">
      {lights.map((light) => (
        <button
          key={light}
          type="button"
          className={count(light) === 0 ? "dim" : ""}
          aria-pressed={search.light === light}
          onClick={() => patch({ light: search.light === light ? undefined : light })}
        >
          <StateMark light={light} size={14} />
          {lightName[light]} <b className="figure">{count(light)}</b>
        </button>
      ))}
      <label>
        <span className="quiet">牵头</span>
        <select
          value={search.lead ?? ""}
          onChange={({ target }) => patch({ lead: target.value || undefined })}
        >
          <option value="">全部单位</option>
          {leads.map((unit) => (
            <option key={unit} value={unit}>
              {orgNames([unit as OrgId])}
            </option>
          ))}
        </select>
      </label>
      <span className="quiet">
        显示 {shown} / {programme2025.targets.length} 项
      </span>
    </fieldset>
  );
}
