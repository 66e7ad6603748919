import { type Light, lights } from "#data/domain/light.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { towns } from "#data/programme/towns.ts";
import { StateMark } from "../../legend/marks.tsx";

/** 绿 on a wall is whatever gives no cause to ask: 正常 and 完成. */
const colours = ["late", "warn", "normal"] as const satisfies readonly Light[];
type Town = ProgrammeAnswer["towns"][number];

/** 滞后 first, then who has most of it: the order in which a leader asks. */
export const townOrder = (towns: readonly Town[]): Town[] =>
  [...towns].sort(
    (a, b) =>
      lights.indexOf(a.light) - lights.indexOf(b.light) ||
      b.lights.late - a.lights.late ||
      b.lights.warn - a.lights.warn ||
      a.code.localeCompare(b.code),
  );

/** Each town's light, and its tasks by light: no scores, until one is published. */
export function Towns({ answer }: { answer: ProgrammeAnswer }) {
  return (
    <section className="wall-towns" aria-label="镇街亮灯">
      <header>
        <h2>镇街亮灯</h2>
        <span className="wall-towns-key">
          <i className="wall-key is-late" />红 <i className="wall-key is-warn" />黄{" "}
          <i className="wall-key is-normal" />绿
        </span>
      </header>
      <ol>
        {townOrder(answer.towns).map((town) => (
          <TownRow key={town.code} town={town} />
        ))}
      </ol>
    </section>
  );
}

function TownRow({ town: { code, light, lights: own } }: { town: Town }) {
  const counts = { late: own.late, warn: own.warn, normal: own.normal + own.done };
  const said = `红 ${counts.late}，黄 ${counts.warn}，绿 ${counts.normal}`;
  return (
    <li className="wall-town">
      <StateMark light={light} size={38} title />
      <span className="wall-town-name">{towns.find((town) => town.code === code)?.name}</span>
      <span className="wall-town-bar" role="img" aria-label={said}>
        {colours
          .filter((each) => counts[each] > 0)
          .map((each) => (
            <i key={each} className={`is-${each}`} style={{ flexGrow: counts[each] }} />
          ))}
      </span>
      <span className="figure wall-town-counts" aria-hidden="true">
        <b className={counts.late > 0 ? "is-late" : "is-zero"}>{counts.late}</b>
        <b className={counts.warn > 0 ? "is-warn" : "is-zero"}>{counts.warn}</b>
        <b>{counts.normal}</b>
      </span>
    </li>
  );
}
