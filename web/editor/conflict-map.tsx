import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Parts, type Position, partsOf } from "#data/domain/paths.ts";
import { toPlane } from "#data/domain/plane.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { createMap } from "../map/maplibre.ts";
import { baseStyle } from "../map/style/base.ts";
import { baseMapUrls } from "../map/style/data.ts";
import { inView, pathOf, pixelsOf } from "./drawing/paths.ts";
import { type Pixel, type Projection, useProjection } from "./projection.ts";

export type ShapeChoice = "mine" | "theirs" | "vertices";
type Shown = Geometry | null;
const positionsOf = (geometries: readonly Shown[]): readonly Position[] =>
  geometries.flatMap((geometry) => (geometry ? partsOf(geometry).flat(2) : []));

interface MapProps {
  readonly layer: LayerDef;
  readonly base: Shown;
  readonly mine: Shown;
  readonly theirs: Shown;
  readonly them: string;
}

/** All three shapes over the base map: dotted grey, violet, ochre dashed. */
export function ConflictMap({ layer, base, mine, theirs, them }: MapProps) {
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre | null>(null);
  const shown = useRef([base, mine, theirs]);
  useEffect(() => {
    const made = createMap({
      container: container.current!,
      style: baseStyle("light", baseMapUrls),
      localIdeographFontFamily: false,
      keyboard: false,
    });
    // Without a map the thumbnails still show the shapes.
    if (!made) return;
    const positions = positionsOf(shown.current);
    const [lons, lats] = [0, 1].map((axis) => positions.map((p) => p[axis] ?? 0));
    if (positions.length > 0)
      made.fitBounds([Math.min(...lons!), Math.min(...lats!), Math.max(...lons!), Math.max(...lats!)], {
        padding: 56,
        maxZoom: 17,
        duration: 0,
      });
    setMap(made);
    return () => {
      setMap(null);
      made.remove();
    };
  }, []);
  return (
    <figure className="conflict-map">
      <div ref={container} />
      {map && <Shapes map={map} layer={layer} base={base} mine={mine} theirs={theirs} />}
      <figcaption>
        <span>
          <i className="key-base-line" /> 原来
        </span>
        {mine && (
          <span>
            <i className="key-mine-line" /> 我的
          </span>
        )}
        <span>
          <i className="key-theirs-line" /> {them}
        </span>
      </figcaption>
      <small>内部资料 示意图 不作为划界依据 · © OpenStreetMap contributors</small>
    </figure>
  );
}

function Shapes({ map, layer, base, mine, theirs }: Omit<MapProps, "them"> & { map: MapLibre }) {
  const projection = useProjection(map);
  const { project, width, height } = projection;
  const stood = useMemo(() => new Set(positionsOf([base]).map(String)), [base]);
  const marks = (geometry: Shown) => marksOf(geometry, stood, projection);
  return (
    <svg width={width} height={height} aria-hidden="true">
      {(
        [
          ["theirs", theirs],
          ["mine", mine],
          ["base", base],
        ] as const
      ).map(
        ([side, geometry]) =>
          geometry && (
            <Outline key={side} layer={layer} side={side} parts={partsOf(geometry)} project={project} />
          ),
      )}
      <path
        className="conflict-vertex-theirs"
        d={marks(theirs)
          .map(([x, y]) => `M${x - 5} ${y}a5 5 0 1 0 10 0a5 5 0 1 0-10 0`)
          .join("")}
      />
      <path
        className="conflict-vertex-mine"
        d={marks(mine)
          .map(([x, y]) => `M${x - 5} ${y - 5}h10v10h-10z`)
          .join("")}
      />
    </svg>
  );
}

/** More vertices than this in view cannot be told apart: then only those that this side has changed are marked, some of them. */
const mostMarks = 200;

function marksOf(geometry: Shown, stood: ReadonlySet<string>, projection: Projection): readonly Pixel[] {
  const seen = positionsOf([geometry])
    .map((position) => ({ position, pixel: projection.project(position) }))
    .filter(({ pixel }) => inView(pixel, projection));
  const few = seen.length > mostMarks ? seen.filter(({ position }) => !stood.has(String(position))) : seen;
  const every = Math.ceil(few.length / mostMarks);
  return few.flatMap(({ pixel: [x, y] }, i): Pixel[] =>
    i % every === 0 ? [[Math.round(x * 10) / 10, Math.round(y * 10) / 10]] : [],
  );
}

interface OutlineProps {
  readonly layer: LayerDef;
  readonly side: "base" | "mine" | "theirs" | "vertices";
  readonly parts: Parts;
  project(position: Position): Pixel;
}

function Outline({ layer, side, parts, project }: OutlineProps) {
  if (layer.geometry === "Point") {
    const [x, y] = project(parts[0]![0]![0]!);
    return side === "base" ? (
      <circle className="conflict-base" cx={x} cy={y} r={7} />
    ) : (
      <circle className={`conflict-${side}`} cx={x} cy={y} r={9} />
    );
  }
  const d = pathOf(layer.geometry, pixelsOf(parts, project));
  return <path className={`conflict-${side}`} data-area={layer.geometry === "Polygon"} d={d} />;
}

interface ThumbnailProps {
  readonly layer: LayerDef;
  readonly kind: ShapeChoice;
  readonly geometry: Shown;
  readonly project: Frame;
  readonly label: string;
  readonly chosen: boolean;
  onChoose(): void;
}

const size = { width: 138, height: 92, margin: 14 };

/** Where a place lies in a thumbnail. */
type Frame = (position: Position) => Pixel;

/** All outcomes are drawn to the scale of these. */
export function frameOf(geometries: readonly Shown[]): Frame {
  const points = positionsOf(geometries).map(toPlane);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const [west, north] = [Math.min(...xs), Math.max(...ys)];
  const across = Math.max(Math.max(...xs) - west, 1);
  const down = Math.max(north - Math.min(...ys), 1);
  const scale = Math.min((size.width - 2 * size.margin) / across, (size.height - 2 * size.margin) / down);
  return (position) => {
    const [x, y] = toPlane(position);
    return [
      (size.width - across * scale) / 2 + (x - west) * scale,
      (size.height - down * scale) / 2 + (north - y) * scale,
    ];
  };
}

/** One outcome, small; pressing it chooses it. */
export function Thumbnail({ layer, kind, geometry, project, label, chosen, onChoose }: ThumbnailProps) {
  const outline = useMemo(
    () => geometry && <Outline layer={layer} side={kind} parts={partsOf(geometry)} project={project} />,
    [layer, kind, geometry, project],
  );
  return (
    <button
      type="button"
      className="conflict-outcome"
      aria-pressed={chosen}
      disabled={!geometry}
      title={geometry ? label : "合并后不成形，不能用"}
      onClick={onChoose}
    >
      <svg viewBox={`0 0 ${size.width} ${size.height}`} aria-hidden="true">
        {outline}
      </svg>
      {label}
    </button>
  );
}
