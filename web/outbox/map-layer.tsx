import { useNavigate } from "@tanstack/react-router";
import { useEffect, useMemo, useReducer } from "react";
import { partsOf } from "#data/domain/paths.ts";
import { layerById } from "#data/layers/registry.ts";
import { boundsOf, boundsOfAll } from "../map/bounds.ts";
import type { MapController } from "../map/controller.ts";
import { type Unsent, unsentShapes } from "./shapes.ts";
import { openOutbox, useOutbox } from "./state.ts";
import "./map-layer.css";

/** Beyond so many vertices a place is shown by its middle alone, so that the map moves smoothly. */
const mostDrawn = 6000;
/** Marks nearer than this, px, are one with a count. */
const apart = 60;

type Spot = readonly [x: number, y: number];
interface Placed {
  readonly shape: Unsent;
  readonly at: Spot;
}

/** Over the map: what of mine waits to be sent, in violet, each with a mark that opens it. */
export function UnsentLayer({ controller }: { controller: MapController }) {
  const entries = useOutbox((s) => s.entries);
  const shapes = useMemo(() => unsentShapes(entries), [entries]);
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  const shown = shapes.length > 0;
  useEffect(() => (shown ? controller.onMove(redraw) : undefined), [controller, shown]);
  if (!shown) return null;
  const placed = shapes.map((shape) => ({ shape, at: controller.spotOf(middleOf(shape)) }));
  return (
    <div className="unsent-layer">
      <svg aria-hidden="true">
        <Shapes controller={controller} placed={placed} />
      </svg>
      {grouped(placed).map((group) => (
        <Mark key={String(group[0]!.shape.subject)} group={group} controller={controller} />
      ))}
    </div>
  );
}

function Shapes({ controller, placed }: { controller: MapController; placed: readonly Placed[] }) {
  let drawn = 0;
  return placed.map(({ shape, at }) => {
    const { subject, geometry, kind, stopped } = shape;
    const parts = partsOf(geometry).flat();
    drawn += parts.reduce((sum, path) => sum + path.length, 0);
    const looks = { "data-kind": kind, "data-stopped": stopped || undefined };
    if (geometry.type === "Point" || drawn > mostDrawn)
      return <circle key={subject} cx={at[0]} cy={at[1]} r={kind === "gone" ? 14 : 8} {...looks} />;
    const closed = geometry.type.endsWith("Polygon") ? "Z" : "";
    const d = parts
      .map(
        (path) =>
          `M${path.map(([lon = 0, lat = 0]) => controller.spotOf([lon, lat]).map(Math.round).join(",")).join("L")}${closed}`,
      )
      .join("");
    return (
      <g key={subject} {...looks}>
        <path className="unsent-casing" d={d} />
        <path d={d} data-closed={closed || undefined} fillRule="evenodd" />
      </g>
    );
  });
}

const doing = { new: "新增", changed: "图形改过", gone: "删除" } as const;

function Mark({ group, controller }: { group: readonly Placed[]; controller: MapController }) {
  const open = useOpening();
  const [first] = group;
  if (!first) return null;
  const { shape, at } = first;
  const stopped = group.some((one) => one.shape.stopped);
  const word = stopped ? "没发出去" : "待发";
  const name = shape.entry.edit?.sketch.doc.attrs.name ?? memberName(shape) ?? shape.entry.title;
  const press = () => {
    if (group.length === 1) return open(shape);
    // What lies in one spot cannot be told apart on the map.
    if (controller.view().zoom > 17.5) return openOutbox();
    controller.fit(boundsOfAll(group.map((one) => one.shape.geometry)), 18);
  };
  return (
    <button
      type="button"
      className="unsent-mark"
      data-stopped={stopped || undefined}
      style={{ transform: `translate(${Math.round(at[0])}px, ${Math.round(at[1])}px)` }}
      aria-label={
        group.length === 1 ? `${word}：${name}，${doing[shape.kind]}` : `${group.length} 处${word}，放大看`
      }
      onClick={press}
    >
      <span>
        {word}
        {group.length > 1 && <b className="figure"> {group.length}</b>}
      </span>
    </button>
  );
}

const memberName = ({ entry, subject }: Unsent): string | undefined =>
  entry.many?.members.find(({ id }) => id === subject)?.name;

/** Opens the place with what waits for it; one that is to be deleted as it still is. */
function useOpening(): (shape: Unsent) => void {
  const navigate = useNavigate();
  return ({ entry, subject, kind }) => {
    const feature = typeof subject === "number" ? subject : entry.edit?.base.feature;
    const layer = entry.edit?.layer ?? entry.layer;
    if (feature === null || feature === undefined) {
      if (layer && layerById(layer)) void navigate({ to: "/edit", search: { layer, entry: entry.id } });
    } else if (kind === "gone")
      void navigate({ to: "/", search: (old) => ({ ...old, sel: String(feature) }) });
    else void navigate({ to: "/edit", search: { feature: String(feature), again: entry.id } });
  };
}

/** Where the mark stands: the point, the middle vertex of a line, the middle of an area's box. */
function middleOf({ geometry }: Unsent): readonly [number, number] {
  if (geometry.type.endsWith("Polygon")) {
    const [west, south, east, north] = boundsOf(geometry);
    return [(west + east) / 2, (south + north) / 2];
  }
  const vertices = partsOf(geometry).flat(2);
  const [lon = 0, lat = 0] = vertices[Math.floor(vertices.length / 2)] ?? [];
  return [lon, lat];
}

/** Marks that would lie over each other become one. */
function grouped(placed: readonly Placed[]): readonly (readonly Placed[])[] {
  const groups: Placed[][] = [];
  for (const one of placed) {
    const near = groups.find(
      ([first]) => first && Math.hypot(first.at[0] - one.at[0], first.at[1] - one.at[1]) < apart,
    );
    if (near) near.push(one);
    else groups.push([one]);
  }
  return groups;
}
