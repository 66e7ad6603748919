import { useState } from "react";
import { layerById } from "#data/layers/registry.ts";
import { LayerGlyph } from "../legend/marks.tsx";
import { number } from "../ui/format.ts";
import type { Planned } from "./plan.ts";

const kinds = [
  ["refused", "不能改"],
  ["change", "会改"],
  ["same", "本来就是这样"],
] as const;
const atOnce = 60;

/** What becomes of each place: refused ones with the reason first, then old → new, then what stays. */
export function PlanList({ plan }: { plan: readonly Planned[] }) {
  return (
    <div className="plan">
      {kinds.map(([kind, title]) => {
        const own = plan.filter((one) => one.kind === kind);
        return own.length > 0 && <Kind key={kind} title={title} plan={own} open={kind !== "same"} />;
      })}
    </div>
  );
}

function Kind({ title, plan, open }: { title: string; plan: readonly Planned[]; open: boolean }) {
  const [shown, setShown] = useState(open ? atOnce : 0);
  return (
    <section aria-label={title}>
      <h3>
        {title} <span className="figure">{number(plan.length)}</span>
      </h3>
      <ul>
        {plan.slice(0, shown).map(({ row, kind, why, parts }) => {
          const layer = layerById(row.layer);
          return (
            <li key={row.id} data-kind={kind}>
              <p>
                {layer && <LayerGlyph layer={layer} size={14} />} {row.name}
              </p>
              {why && <p className="plan-why">{why}</p>}
              {parts.map(({ label, before, after }) => (
                <p key={label} className="plan-part">
                  <span className="quiet">{label}</span> {before === "空" ? "空" : <s>{before}</s>} →{" "}
                  <b>{after}</b>
                </p>
              ))}
            </li>
          );
        })}
      </ul>
      {plan.length > shown && (
        <button type="button" className="link-button" onClick={() => setShown(shown + atOnce)}>
          {shown === 0 ? "看是哪些" : `再看 ${number(Math.min(atOnce, plan.length - shown))} 处`}
        </button>
      )}
    </section>
  );
}
