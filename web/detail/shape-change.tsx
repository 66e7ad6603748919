import { IconVectorBezier2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { HistoryShapes } from "#data/domain/wire/history.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { fetchShapes } from "../api/history.ts";
import type { AsOfQuery } from "../api/queries.ts";
import { useComparing } from "../map/comparing.ts";
import { distance } from "../map/measure.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import { area, length } from "../ui/format.ts";

interface ShapeProps {
  readonly id: number;
  readonly seq: number;
  readonly layer: LayerDef | undefined;
  readonly asOf: AsOfQuery;
}

/** 看图形变化: both shapes on the map, and what the change is in metres or 公顷. */
export function ShapeChange({ id, seq, layer, asOf }: ShapeProps) {
  const key = `${id} ${seq}`;
  const shown = useComparing((s) => s.shown?.key === key);
  const show = useComparing((s) => s.show);
  const [asked, setAsked] = useState(false);
  const answer = useQuery({
    queryKey: ["history", "shapes", id, seq, asOf],
    queryFn: () => fetchShapes(id, seq, asOf),
    enabled: asked,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const toggle = async () => {
    if (shown) return show(null);
    setAsked(true);
    const { data } = answer.data ? answer : await answer.refetch();
    if (data) show({ key, before: data.before, after: data.after });
  };
  return (
    <div>
      <button
        type="button"
        className="link-button story-act"
        aria-pressed={shown}
        onClick={() => void toggle()}
      >
        <IconVectorBezier2 size={15} stroke={1.75} aria-hidden="true" />{" "}
        {shown ? "收起图形变化" : "看图形变化"}
      </button>
      {answer.error && <ErrorNote error={answer.error} />}
      {shown && answer.data && (
        <p className="shape-change" role="status">
          <span>
            <i className="key-before" /> 改前 {sizeText(layer, answer.data.size.before)}
          </span>
          <span>
            <i className="key-after" /> 改后 {sizeText(layer, answer.data.size.after)}
          </span>
          <b>{differenceText(layer, answer.data)}</b>
        </p>
      )}
    </div>
  );
}

function sizeText(layer: LayerDef | undefined, size: number | null): string {
  if (size === null) return "没有";
  if (layer?.geometry === "Polygon") return area(size);
  return layer?.geometry === "LineString" ? length(size) : "";
}

/** 面积增加 0.12 公顷; a point says how far it moved. */
function differenceText(layer: LayerDef | undefined, { before, after, size }: HistoryShapes): string {
  if (before?.type === "Point" && after?.type === "Point")
    return `移动 ${length(distance(before.coordinates, after.coordinates))}`;
  if (size.before === null || size.after === null) return "";
  const by = size.after - size.before;
  const areal = layer?.geometry === "Polygon";
  const what = areal ? "面积" : "长度";
  if (Math.abs(by) < 0.05) return `${what}没有变`;
  return `${what}${by > 0 ? "增加" : "减少"} ${areal ? area(Math.abs(by)) : length(Math.abs(by))}`;
}
