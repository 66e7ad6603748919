import type { ReactNode } from "react";
import type { Parts, Shape as ShapeKind } from "#data/domain/paths.ts";
import { distance } from "../../map/measure.ts";
import { length } from "../../ui/format.ts";
import type { Fault } from "../checks.ts";
import type { Pixel, Projection } from "../projection.ts";
import { inView, lineOf, longEdges, type PixelParts, pathOf, pixelsOf } from "./paths.ts";

/** Casing, line and, of an area, its ground. */
export function Shape({ d, area, children }: { d: string; area: boolean; children?: ReactNode }) {
  return (
    <g>
      {area && <path className="edit-fill" d={d} />}
      <path className="edit-casing" d={d} />
      <path className="edit-line" d={d} />
      {children}
    </g>
  );
}

export const Square = ({ x, y, solid }: { x: number; y: number; solid: boolean }) => (
  <rect
    className="edit-vertex"
    data-selected={solid || undefined}
    x={x - 5}
    y={y - 5}
    width={10}
    height={10}
  />
);

export function PointMark({ at: [x, y] }: { at: Pixel }) {
  return (
    <g className="edit-point">
      <circle cx={x} cy={y} r={13} />
      <rect x={x - 5} y={y - 5} width={10} height={10} />
    </g>
  );
}

export const SnapRing = ({ at: [x, y] }: { at: Pixel }) => (
  <circle className="edit-snap" cx={x} cy={y} r={13} />
);

/** Where the next vertex would be put with the space bar. */
export const KeyCross = ({ at: [x, y] }: { at: Pixel }) => (
  <path className="edit-key-cross" d={`M${x - 14} ${y}h28M${x} ${y - 14}v28`} />
);

function FaultMark({ at: [x, y] }: { at: Pixel }) {
  return (
    <g className="edit-fault-mark">
      <circle cx={x} cy={y} r={16} />
      <path d={`M${x - 6} ${y - 6}l12 12m0-12l-12 12`} />
    </g>
  );
}

interface FaultsProps {
  readonly faults: readonly Fault[];
  readonly parts: Parts;
  readonly project: Projection["project"];
}

/** Offending edges and ground red, a ring with ✕ at the place. */
export function Faults({ faults, parts, project }: FaultsProps) {
  return faults.map(({ edges, ground, at, title }, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: two faults may read the same
    <g key={`${title} ${i}`}>
      {ground && <path className="edit-fault-ground" d={pathOf("Polygon", pixelsOf(ground, project))} />}
      {edges.map(({ part, ring, index }) => {
        const path = parts[part]?.[ring];
        const [a, b] = [path?.[index], path?.[(index + 1) % (path?.length ?? 1)]];
        return (
          a &&
          b && (
            <path
              key={`${part}/${ring}/${index}`}
              className="edit-fault"
              d={lineOf([project(a), project(b)])}
            />
          )
        );
      })}
      {at && <FaultMark at={project(at)} />}
    </g>
  ));
}

/** An edge has room for its length from here on, px. */
const lengthPx = 64;

/** Lengths stand along edges long enough on the screen to carry them. */
export function EdgeLengths({
  shape,
  parts,
  pixels,
  projection,
}: {
  shape: ShapeKind;
  parts: Parts;
  pixels: PixelParts;
  projection: Projection;
}) {
  return longEdges(shape, pixels, lengthPx)
    .filter(({ a, b }) => inView(a, projection) || inView(b, projection))
    .map(({ part, ring, index, a, b }) => {
      const path = parts[part]![ring]!;
      return (
        <EdgeLabel
          key={`${part}/${ring}/${index}`}
          a={a}
          b={b}
          metres={distance(path[index]!, path[(index + 1) % path.length]!)}
          outward={turnOf(pixels[part]![ring]!)}
        />
      );
    });
}

/** On the screen, where north is up and y runs down: 1 when the path turns counter-clockwise. */
const turnOf = (path: readonly Pixel[]): 1 | -1 =>
  path.reduce((sum, [x, y], i) => {
    const [nx, ny] = path[(i + 1) % path.length]!;
    return sum + x * ny - nx * y;
  }, 0) <= 0
    ? 1
    : -1;

interface EdgeLabelProps {
  readonly a: Pixel;
  readonly b: Pixel;
  readonly metres: number;
  readonly outward: 1 | -1;
}

export function EdgeLabel({ a, b, metres, outward }: EdgeLabelProps) {
  const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
  const far = Math.hypot(dx, dy) || 1;
  const [nx, ny] = [(-dy / far) * outward, (dx / far) * outward];
  const angle = (Math.atan2(dy, dx) * 180) / Math.PI;
  const upright = angle > 90 || angle < -90 ? angle + 180 : angle;
  const [x, y] = [(a[0] + b[0]) / 2 + nx * 14, (a[1] + b[1]) / 2 + ny * 14];
  return (
    <text
      className="edit-length"
      transform={`translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(${upright.toFixed(1)})`}
    >
      {length(Math.round(metres))}
    </text>
  );
}
