import type { Geometry } from "./change.ts";

export type Position = readonly number[];
/** Vertices of one line, ring (open: the closing repeat is left out) or a single point. */
export type Path = readonly Position[];
/** Part → ring → vertices. A point or a line is a part with one path; a polygon's first path is its shell, the rest are holes. */
export type Parts = readonly (readonly Path[])[];

export type Shape = "Point" | "LineString" | "Polygon";

export const shapeOf = (geometry: Geometry): Shape => geometry.type.replace("Multi", "") as Shape;

const same = (a: Position, b: Position | undefined) => a[0] === b?.[0] && a[1] === b?.[1];
const opened = (ring: Path): Path =>
  ring.length > 1 && same(ring[0]!, ring[ring.length - 1]) ? ring.slice(0, -1) : ring;
const closed = (ring: Path): number[][] => [...ring, ...ring.slice(0, 1)].map((p) => [...p]);
const copied = (path: Path): number[][] => path.map((p) => [...p]);

/** Any geometry in one form, so that editing and merging need no case for each type. */
export function partsOf(geometry: Geometry): Parts {
  switch (geometry.type) {
    case "Point":
      return [[[geometry.coordinates]]];
    case "MultiPoint":
      return geometry.coordinates.map((point) => [[point]]);
    case "LineString":
      return [[geometry.coordinates]];
    case "MultiLineString":
      return geometry.coordinates.map((line) => [line]);
    case "Polygon":
      return [geometry.coordinates.map(opened)];
    case "MultiPolygon":
      return geometry.coordinates.map((rings) => rings.map(opened));
  }
}

/** The way back. One part gives the simple type, several the Multi* one. Throws on no parts. */
export function geometryOf(shape: Shape, parts: Parts): Geometry {
  const [first] = parts;
  if (!first) throw new RangeError("a geometry needs a part");
  const single = parts.length === 1;
  switch (shape) {
    case "Point": {
      const points = parts.map((part) => [...(part[0]?.[0] ?? [])]);
      return single
        ? { type: "Point", coordinates: points[0]! }
        : { type: "MultiPoint", coordinates: points };
    }
    case "LineString": {
      const lines = parts.map((part) => copied(part[0] ?? []));
      return single
        ? { type: "LineString", coordinates: lines[0]! }
        : { type: "MultiLineString", coordinates: lines };
    }
    case "Polygon": {
      const polygons = parts.map((part) => part.map(closed));
      return single
        ? { type: "Polygon", coordinates: polygons[0]! }
        : { type: "MultiPolygon", coordinates: polygons };
    }
  }
}

export const vertexCount = (geometry: Geometry): number => partsOf(geometry).flat().flat().length;
