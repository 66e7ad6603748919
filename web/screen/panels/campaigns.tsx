import { type Light, lightName } from "#data/domain/light.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { campaigns } from "#data/programme/campaigns.ts";
import { targets } from "#data/programme/targets.ts";
import { StateMark } from "../../legend/marks.tsx";
import { number } from "../../ui/format.ts";
import { TaskTile } from "../tile.tsx";
import { coloured, shareStyle } from "./look.ts";

/** The ten campaigns with their tasks as tiles, how far they are, and a base bar. */
export function Campaigns({ answer }: { answer: ProgrammeAnswer }) {
  const lightOf = (no: number): Light => answer.targets.find((target) => target.no === no)?.light ?? "none";
  return (
    <ol className="wall-campaigns" aria-label="十大专项行动">
      {campaigns.map(({ no, numeral, short }) => {
        const status = answer.campaigns.find((campaign) => campaign.no === no);
        const own = targets.filter((target) => target.campaign === no);
        const percent = status?.percent ?? null;
        return (
          <li key={no} className={`wall-campaign ${coloured(status?.light)}`}>
            <span className="serif wall-numeral">{numeral}</span>
            <span className="wall-campaign-name">{short}</span>
            <span className="wall-tiles">
              {own.map((target) => (
                <TaskTile key={target.no} no={target.no} light={lightOf(target.no)} />
              ))}
            </span>
            <span className="wall-percent">
              {percent === null ? (
                "—"
              ) : (
                <>
                  <b className="figure">{number(percent)}</b>
                  <small>%</small>
                </>
              )}
            </span>
            <i className="wall-base" style={shareStyle((percent ?? 0) / 100)} />
          </li>
        );
      })}
    </ol>
  );
}

const countOrder: readonly Light[] = ["done", "normal", "warn", "late"];

/** 完成 4, 正常 12 …: the twenty targets by light. 未开始 only when there is one. */
export function Counts({ answer }: { answer: ProgrammeAnswer }) {
  const count = (light: Light) => answer.targets.filter((target) => target.light === light).length;
  const shown = count("none") > 0 ? [...countOrder, "none" as const] : countOrder;
  return (
    <ul className="wall-counts" aria-label="目标任务">
      {shown.map((light) => (
        <li key={light} className={count(light) === 0 ? "wall-count is-zero" : "wall-count"}>
          <b className="figure" style={{ color: `var(--state-${light}-fill)` }}>
            {count(light)}
          </b>
          <span className="wall-count-name">
            <StateMark light={light} size={40} /> {lightName[light]}
          </span>
        </li>
      ))}
    </ul>
  );
}
