import type { LayerDef } from "../layers/define.ts";
import { geometryTypes } from "../layers/define.ts";
import type { Geometry } from "./change.ts";
import type { FieldDef, FieldKind } from "./field.ts";
import { parseHours } from "./hours.ts";
import { type Path, type Position, partsOf } from "./paths.ts";
import { readStaked } from "./stakes.ts";
import { dayNumber } from "./time.ts";

/** What is wrong and what to do; `at` is a field id, or `geometry`. */
export interface Finding {
  readonly at: string;
  readonly message: string;
}

/** The database refuses more. */
export const mostVertices = 20_000;
const decimals = 1e7;
/** Shanghai with its water, generously: further out the coordinates are of another place or another system. */
const box = { west: 120.85, south: 30.6, east: 122.2, north: 31.9 };

/**
 * Findings on the attributes of one feature. `partial`: an edit that sets only some of them; `null` takes a value away.
 * A required field may not be empty; a field with `when` is only required where it applies.
 */
export function checkAttrs(
  layer: LayerDef,
  attrs: Readonly<Record<string, unknown>>,
  options: { partial?: boolean } = {},
): Finding[] {
  const findings: Finding[] = [];
  for (const [id, value] of Object.entries(attrs)) {
    const field = Object.hasOwn(layer.fields, id) ? layer.fields[id] : undefined;
    if (!field) findings.push({ at: id, message: `“${layer.name}”没有这个字段，请去掉` });
    else if (!isEmpty(value)) {
      const message = checkers[field.kind](value, field as never);
      if (message) findings.push({ at: id, message });
    } else if (field.required && options.partial) findings.push({ at: id, message: missing(field) });
  }
  if (options.partial) return findings;
  for (const [id, field] of Object.entries(layer.fields)) {
    if (field.required && applies(field, attrs) && isEmpty(attrs[id]))
      findings.push({ at: id, message: missing(field) });
  }
  return findings;
}

const missing = (field: FieldDef): string => `请填写${field.label}`;

/** No value: left out, taken away, blank text or nothing chosen. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === null ||
  (typeof value === "string" && value.trim() === "") ||
  (Array.isArray(value) && value.length === 0);

const applies = (field: FieldDef, attrs: Readonly<Record<string, unknown>>): boolean => {
  const { when } = field;
  return !when || when.is.some((value) => value === attrs[when.field]);
};

/** Control characters but tab and line ends, and marks that turn the direction of writing: they hide what a name says. */
const unshown = /(?![\t\r\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u;

type Checkers = {
  readonly [K in FieldKind]: (value: unknown, field: Extract<FieldDef, { kind: K }>) => string | null;
};

const optionText = (options: readonly { label: string; retired?: true }[]): string =>
  options
    .filter((option) => !option.retired)
    .map((option) => option.label)
    .join("、");

const checkers: Checkers = {
  text: (value, field) => {
    if (typeof value !== "string") return `${field.label}应为文字`;
    const length = [...value].length;
    if (length > field.max) return `${field.label}最多 ${field.max} 个字，现在 ${length} 个`;
    if (field.stakes && !readStaked(value))
      return `${field.label}写成 QP-DL-12 K1+200，或一段 QP-DL-12 K1+200–K2+050`;
    if (!field.multiline && /[\r\n]/.test(value)) return `${field.label}不能换行`;
    return unshown.test(value) ? `${field.label}里有看不见的控制字符，请删去后重新输入` : null;
  },
  number: (value, field) => {
    if (typeof value !== "number" || !Number.isFinite(value)) return `${field.label}应为数字`;
    if (field.integer && !Number.isInteger(value)) return `${field.label}应为整数`;
    const unit = field.unit ? ` ${field.unit}` : "";
    if (field.min !== undefined && value < field.min) return `${field.label}不小于 ${field.min}${unit}`;
    if (field.max !== undefined && value > field.max)
      return `${field.label}不大于 ${field.max.toLocaleString("en-US")}${unit}`;
    return null;
  },
  boolean: (value, field) => (typeof value === "boolean" ? null : `${field.label}应为是或否`),
  date: (value, field) => {
    try {
      if (typeof value === "string" && dayNumber(value) >= dayNumber("1900-01-01")) return null;
    } catch {
      // dayNumber throws on what is no date of the calendar; it is told below.
    }
    return `${field.label}应为日期，例如 2025-09-15`;
  },
  choice: (value, field) =>
    field.options.some((option) => option.value === value)
      ? null
      : `${field.label}请从这些里选：${optionText(field.options)}`,
  choices: (value, field) => {
    const known = new Set<unknown>(field.options.map((option) => option.value));
    if (!Array.isArray(value) || !value.every((one) => known.has(one)))
      return `${field.label}请从这些里选：${optionText(field.options)}`;
    return new Set(value).size < value.length ? `${field.label}里有重复的选项` : null;
  },
  hours: (value, field) =>
    typeof value === "string" && parseHours(value)
      ? null
      : `${field.label}应为时段，例如 18:00-08:00，几段用逗号隔开`,
};

/**
 * Findings on a geometry, without its validity (self-crossing), which the database judges.
 * Syntax is `geometrySchema`'s; here: type, finite numbers, place, ring length and closing, size.
 */
export function checkGeometry(layer: LayerDef, geometry: Geometry): Finding[] {
  const found = (message: string): Finding[] => [{ at: "geometry", message }];
  const types: readonly string[] = geometryTypes(layer);
  if (!types.includes(geometry.type))
    return found(`“${layer.name}”要画成${shapeName[layer.geometry]}，这里是${typeName[geometry.type]}`);
  const positions = partsOf(geometry).flat(2);
  if (positions.length === 0) return found("图形是空的，请重新画");
  if (!positions.every(isFinitePosition)) return found("坐标里有不是数字的值，请检查这一行");
  if (positions.length > mostVertices)
    return found(
      `顶点 ${positions.length.toLocaleString("en-US")} 个，超过 ${mostVertices.toLocaleString("en-US")} 个，请先简化`,
    );
  if (!positions.every(isInside)) {
    const swapped = positions.every(([x, y]) => isInside([y!, x!]));
    return found(
      swapped
        ? "坐标不在上海范围内，可能把经度和纬度写反了，要对调吗？"
        : "坐标不在上海范围内，请核对坐标系和数值",
    );
  }
  return geometryShape(geometry);
}

const shapeName = { Point: "点", LineString: "线", Polygon: "面" } as const;
const typeName: Record<Geometry["type"], string> = {
  Point: "点",
  MultiPoint: "多点",
  LineString: "线",
  MultiLineString: "多线",
  Polygon: "面",
  MultiPolygon: "多面",
};

const isFinitePosition = (at: Position): boolean => at.every(Number.isFinite);
const isInside = ([x = Number.NaN, y = Number.NaN]: Position): boolean =>
  x >= box.west && x <= box.east && y >= box.south && y <= box.north;
const sameAt = (a: Position | undefined, b: Position | undefined): boolean =>
  a?.[0] === b?.[0] && a?.[1] === b?.[1];
const distinct = (path: Path): number => new Set(path.map(([x, y]) => `${x},${y}`)).size;

function geometryShape(geometry: Geometry): Finding[] {
  const found = (message: string): Finding => ({ at: "geometry", message });
  if (geometry.type === "LineString" || geometry.type === "MultiLineString") {
    const lines = geometry.type === "LineString" ? [geometry.coordinates] : geometry.coordinates;
    return lines.every((line) => distinct(line) >= 2) ? [] : [found("线至少要有两个不同的点")];
  }
  if (geometry.type !== "Polygon" && geometry.type !== "MultiPolygon") return [];
  const polygons = geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates;
  const rings = polygons.flat();
  if (polygons.some((polygon) => polygon.length === 0)) return [found("面没有边界，请重新画")];
  if (rings.some((ring) => ring.length < 4 || distinct(ring) < 3)) return [found("边界至少要有三个不同的点")];
  if (!rings.every((ring) => sameAt(ring[0], ring.at(-1)))) return [found("边界没有闭合：首尾两点要相同")];
  return [];
}

/** Numbers to 7 decimals (1 cm), heights dropped: what is stored, on every way in. */
export function roundGeometry<G extends Geometry>(geometry: G): G {
  const round = (value: unknown): unknown => {
    if (!Array.isArray(value)) return value;
    return typeof value[0] === "number"
      ? value.slice(0, 2).map((number: number) => Math.round(number * decimals) / decimals)
      : value.map(round);
  };
  return { ...geometry, coordinates: round(geometry.coordinates) } as G;
}

/** Attributes as they are stored: text trimmed, empty values left out. */
export function tidyAttrs(attrs: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attrs)
      .filter(([, value]) => !isEmpty(value))
      .map(([id, value]) => [id, typeof value === "string" ? value.trim() : value]),
  );
}
