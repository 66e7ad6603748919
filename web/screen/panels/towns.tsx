import { type Light, lightName, lights } from "#data/domain/light.ts";
import type { ProgrammeAnswer } from "#data/domain/wire.ts";
import { townOf } from "#data/programme/towns.ts";
import { StateMark } from "../../legend/marks.tsx";

const counted = ["late", "warn", "normal", "done"] as const satisfies readonly Light[];
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
  const total = counted.reduce((sum, each) => sum + own[each], 0);
  const said = counted.map((each) => `${lightName[each]} ${own[each]}`).join("，");
  return (
    <li className="wall-town">
      <StateMark light={light} size={38} title />
      <span className="wall-town-name">{townOf(code as Parameters<typeof townOf>[0]).name}</span>
      <span className="wall-town-bar" role="img" aria-label={said}>
        {counted
          .filter((each) => own[each] > 0)
          .map((each) => (
            <i key={each} className={`is-${each}`} style={{ flexGrow: own[each] / Math.max(1, total) }} />
          ))}
      </span>
      <span className="figure wall-town-counts" aria-hidden="true">
        <b className={own.late > 0 ? "is-late" : "is-zero"}>{own.late}</b>
        <b className={own.warn > 0 ? "is-warn" : "is-zero"}>{own.warn}</b>
        <b>{own.normal + own.done}</b>
      </span>
    </li>
  );
}
