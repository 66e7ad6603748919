import { leastExtent } from "#data/domain/extent.ts";
import type { Parts, Path, Position, Shape } from "#data/domain/paths.ts";
import { crossing, type Point, pathLength, toDegrees, toPlane } from "#data/domain/plane.ts";
import { type Border, covers, crossesAt, distanceTo } from "./border.ts";
import type { VertexAt } from "./document.ts";
import { duplicatesOf, spikesOf } from "./shape/clean.ts";
import { partArea } from "./shape/size.ts";

/** An edge starts at the vertex it is named after. */
type EdgeAt = VertexAt;

export interface Fault {
  readonly kind:
    | "crossing"
    | "few"
    | "outside-town"
    | "outside-shanghai"
    | "missing"
    | "untidy"
    | "small"
    | "overlap";
  /** Told, but it may be saved as it is. */
  readonly advice?: true;
  /** Where the ring with ✕ goes; none when nothing is drawn. */
  readonly at: Position | null;
  readonly edges: readonly EdgeAt[];
  /** Not of the open shape but of one stored with it: mended by undoing. */
  readonly elsewhere?: true;
  /** Ground that is at fault: filled red. */
  readonly ground?: Parts;
  readonly title: string;
  /** What to do. */
  readonly detail: string;
}

/** Same box as the server's `checkGeometry`; outside it longitude and latitude are often swapped. */
const shanghai = { west: 120.8, east: 122.3, south: 30.6, north: 31.95 };

/** Different vertices a path needs. */
const fewest: Record<Shape, number> = { Point: 1, LineString: 2, Polygon: 3 };

/** Faults of a drawn shape, located. `border` only for who may not leave it. Empty means it can be saved as far as this browser can tell. */
export function faultsOf(shape: Shape, parts: Parts, border: Border | null): readonly Fault[] {
  if (parts.length === 0)
    return [{ kind: "missing", at: null, edges: [], title: "还没有位置", detail: "先在图上画出来，再保存" }];
  const tangled = crossings(shape, parts);
  return [
    ...tooFew(shape, parts),
    ...elsewhere(parts),
    ...tangled,
    // A self-crossing area has no size to speak of.
    ...(tangled.length > 0 ? [] : tooSmall(shape, parts)),
    ...outside(shape, parts, border),
    ...untidy(shape, parts),
  ];
}

/**
 * The same for a shape of which only one vertex differs from a sound one: its two edges against all others, in a time
 * that a drag of 10,000 vertices can pay at every move.
 */
export function faultsAround(
  shape: Shape,
  parts: Parts,
  border: Border | null,
  at: VertexAt,
): readonly Fault[] {
  const part = parts[at.part];
  const path = part?.[at.ring];
  if (!part || !path) return [];
  const edges = segmentsOf(shape, part, at.part);
  const before = (at.index + path.length - 1) % path.length;
  const own = edges.filter(
    (edge) => edge.at.ring === at.ring && (edge.at.index === at.index || edge.at.index === before),
  );
  const touched = own.map(({ a, b }) => [toDegrees(a), toDegrees(b)]);
  return [
    ...elsewhere([[[path[at.index]!]]]),
    ...(shape === "Polygon" ? crossingsOf(part, own, edges) : []),
    ...touched.flatMap((edge) => outside("LineString", [[edge]], border)).slice(0, 1),
  ];
}

function crossingsOf(part: readonly Path[], own: readonly Segment[], edges: readonly Segment[]): Fault[] {
  return own
    .flatMap((segment) =>
      edges.flatMap((other) => {
        const apart =
          other === segment ||
          other.north < segment.south ||
          other.south > segment.north ||
          other.east < segment.west ||
          other.west > segment.east;
        const at = apart ? null : faultyCrossing(part, segment, other);
        return at ? [crossingFault(segment.at, other.at, at)] : [];
      }),
    )
    .slice(0, 8);
}

/** Repeated vertices and spikes: at most eight. */
function untidy(shape: Shape, parts: Parts): Fault[] {
  if (shape === "Point") return [];
  const closed = shape === "Polygon";
  const told = (path: Path, index: number, title: string): Fault => ({
    kind: "untidy",
    advice: true,
    at: path[index] ?? null,
    edges: [],
    title,
    detail: `第 ${index + 1} 个顶点。点“一键修复”可先看修复前后`,
  });
  return parts
    .flat()
    .flatMap((path) => [
      ...duplicatesOf(path, closed).map((index) => told(path, index, "顶点重复")),
      ...(closed ? spikesOf(path) : []).map((index) => told(path, index, "边界有尖刺")),
    ])
    .slice(0, 8);
}

function tooFew(shape: Shape, parts: Parts): Fault[] {
  return parts.flatMap((part) =>
    part
      .filter((path) => distinct(path) < fewest[shape])
      .map((path) => ({
        kind: "few" as const,
        at: path[0] ?? null,
        edges: [],
        title: shape === "Polygon" ? "面不成形" : "线不成形",
        detail: `至少要有 ${fewest[shape]} 个不同的顶点`,
      })),
  );
}

/** Metres of a line, square metres of an area. */
export const extentOf = (shape: Shape, part: readonly Path[]): number =>
  shape === "Polygon" ? partArea(part) : shape === "LineString" ? pathLength(part[0] ?? []) : 0;

/** Parts that are formed, but too small to be meant. */
function tooSmall(shape: Shape, parts: Parts): Fault[] {
  const least = leastExtent[shape];
  const small = parts.filter(
    (part) => part.every((path) => distinct(path) >= fewest[shape]) && extentOf(shape, part) < least,
  );
  const unit = shape === "Polygon" ? "平方米" : "米";
  return small.slice(0, 8).map((part) => ({
    kind: "small",
    at: part[0]?.[0] ?? null,
    edges: [],
    title: shape === "Polygon" ? "面太小" : "线太短",
    detail: `${parts.length > 1 ? "有一块" : ""}不到 ${least} ${unit}，多半是手滑。${
      parts.length > 1 ? "一键修复会去掉这一块" : "把它拉大，或撤销重画"
    }`,
  }));
}

const distinct = (path: Path) => new Set(path.map(([x, y]) => `${x},${y}`)).size;

function elsewhere(parts: Parts): Fault[] {
  const away = parts
    .flat()
    .flat()
    .find(
      ([lon = 0, lat = 0]) =>
        lon < shanghai.west || lon > shanghai.east || lat < shanghai.south || lat > shanghai.north,
    );
  return away
    ? [
        {
          kind: "outside-shanghai",
          at: away,
          edges: [],
          title: "坐标不在上海范围内",
          detail: "可能把经度和纬度写反了，请改到青浦范围内",
        },
      ]
    : [];
}

interface Segment {
  readonly at: EdgeAt;
  readonly a: Point;
  readonly b: Point;
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** Edges of one part (of a polygon: shell and holes) with their ends on the plane. */
function segmentsOf(shape: Shape, part: readonly Path[], index: number): Segment[] {
  return part.flatMap((path, ring) => {
    const plane = path.map(toPlane);
    const edges = shape === "Polygon" ? plane.length : plane.length - 1;
    return Array.from({ length: Math.max(0, edges) }, (_, i) => {
      const [a, b] = [plane[i]!, plane[(i + 1) % plane.length]!];
      return {
        at: { part: index, ring, index: i },
        a,
        b,
        west: Math.min(a[0], b[0]),
        east: Math.max(a[0], b[0]),
        south: Math.min(a[1], b[1]),
        north: Math.max(a[1], b[1]),
      };
    });
  });
}

/** Self-crossings of areas. A line may cross itself (an interchange does), so only areas are asked. At most eight are told. */
function crossings(shape: Shape, parts: Parts): Fault[] {
  if (shape !== "Polygon") return [];
  const faults: Fault[] = [];
  for (const [index, part] of parts.entries()) {
    // Sweep from west to east: 10,000 edges stay far below a frame's worth of pairs.
    const sorted = segmentsOf(shape, part, index).sort((s, t) => s.west - t.west);
    let open: Segment[] = [];
    for (const segment of sorted) {
      open = open.filter((other) => other.east >= segment.west);
      for (const other of open) {
        if (other.north < segment.south || other.south > segment.north) continue;
        const at = faultyCrossing(part, segment, other);
        if (at) faults.push(crossingFault(segment.at, other.at, at));
        if (faults.length >= 8) return faults;
      }
      open.push(segment);
    }
  }
  return faults;
}

function faultyCrossing(part: readonly Path[], s: Segment, t: Segment): Position | null {
  const length = part[s.at.ring]!.length;
  const step = (t.at.index - s.at.index + length) % length;
  const neighbours = s.at.ring === t.at.ring && (step === 1 || step === length - 1);
  const at = crossing(s.a, s.b, t.a, t.b);
  if (!at || neighbours) return null;
  return toDegrees(at);
}

function crossingFault(s: EdgeAt, t: EdgeAt, at: Position): Fault {
  const [low, high] = s.index < t.index ? [s, t] : [t, s];
  return {
    kind: "crossing",
    at,
    edges: [low, high],
    title: s.ring === t.ring ? "边界自相交" : "挖洞碰到边界",
    detail: `在第 ${low.index + 1} 条边和第 ${high.index + 1} 条边之间。点“一键修复”可先看修复前后`,
  };
}

function outside(shape: Shape, parts: Parts, border: Border | null): Fault[] {
  if (!border) return [];
  const vertices = parts.flat().flat();
  const out = vertices.filter((vertex) => !covers(border, vertex));
  if (out.length > 0) {
    // The farthest of many is as well told by some of them.
    const every = Math.ceil(out.length / 200);
    const far = out
      .filter((_, i) => i % every === 0)
      .map((vertex) => ({ vertex, metres: distanceTo(border, vertex) }))
      .reduce((most, each) => (each.metres > most.metres ? each : most));
    const metres = Math.max(1, Math.round(far.metres)).toLocaleString("en-US");
    return [
      {
        kind: "outside-town",
        at: far.vertex,
        edges: [],
        title:
          shape === "Point"
            ? `在${border.name}界外`
            : `${shape === "Polygon" ? "面" : "线"}跨出${border.name}界 ${metres} 米`,
        detail: shape === "Point" ? "移回镇界内；跨镇街的由牵头单位办" : "已在图上标出，可以一键裁到镇界",
      },
    ];
  }
  for (const [part, paths] of parts.entries())
    for (const segment of segmentsOf(shape, paths, part)) {
      const at = crossesAt(border, toDegrees(segment.a), toDegrees(segment.b));
      if (at)
        return [
          {
            kind: "outside-town",
            at,
            edges: [segment.at],
            title: `第 ${segment.at.index + 1} 条边跨出${border.name}界`,
            detail: "已在图上标出，可以一键裁到镇界",
          },
        ];
    }
  return [];
}
