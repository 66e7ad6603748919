import { IconArrowBackUp, IconX } from "@tabler/icons-react";
import { Segmented } from "antd";
import { useEffect } from "react";
import { composing } from "../../ui/composing.ts";
import { area, length } from "../../ui/format.ts";
import { measured, useMeasure } from "../measuring.ts";
import { type Measuring, useMapUi } from "../ui-state.ts";
import "./measure.css";

/** Length and area along the ellipsoid: click to set points, double click or Enter to end, Backspace takes one back. */
export function MeasurePanel() {
  const kind = useMapUi((s) => s.measuring);
  const measure = useMapUi((s) => s.measure);
  const { points, back, clear, finish } = useMeasure();
  useEffect(() => {
    if (!kind) return;
    const onKey = (event: KeyboardEvent) => {
      if (composing(event) || (event.target as HTMLElement).closest("input, textarea")) return;
      if (event.key === "Enter") finish();
      else if (event.key === "Backspace") back();
      else if (event.key === "Escape") measure(null);
    };
    window.addEventListener("keydown", onKey);
    return () => {
      window.removeEventListener("keydown", onKey);
      clear();
    };
  }, [kind, back, clear, finish, measure]);
  if (!kind) return null;
  const found = measured(points, kind);
  return (
    <section className="measure card" aria-label="量测">
      <Segmented<Measuring>
        size="small"
        value={kind}
        onChange={measure}
        options={[
          { value: "line", label: "距离" },
          { value: "area", label: "面积" },
        ]}
      />
      <p className="measure-value" role="status">
        {!found && <span className="quiet">在图上点{kind === "line" ? "两" : "三"}个点以上，双击结束</span>}
        {found && found.squareMetres === null && <b>{length(found.metres)}</b>}
        {found && found.squareMetres !== null && (
          <>
            <b>{area(found.squareMetres)}</b>
            <span className="quiet">周长 {length(found.metres)}</span>
          </>
        )}
      </p>
      <button
        type="button"
        className="icon-button"
        aria-label="退回一个点"
        disabled={points.length === 0}
        onClick={back}
      >
        <IconArrowBackUp size={17} stroke={1.75} />
      </button>
      <button type="button" className="icon-button" aria-label="结束量测" onClick={() => measure(null)}>
        <IconX size={17} stroke={1.75} />
      </button>
    </section>
  );
}
