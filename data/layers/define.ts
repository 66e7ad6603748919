import { type FieldDef, text, yes } from "../domain/field.ts";
import type { Sensitivity } from "../domain/sensitivity.ts";

export type GeometryKind = "Point" | "LineString" | "Polygon";
export type Attrs = Readonly<Record<string, unknown>>;

export interface LayerSpec {
  /** Permanent small number: database key, never reused. */
  readonly no: number;
  readonly id: string;
  /** 图层名称, as the legend shows it. */
  readonly name: string;
  readonly geometry: GeometryKind;
  /** Campaign (专项行动) under which the layer tree lists it. */
  readonly campaign: number;
  /** Targets (目标任务) its tasks can belong to. */
  readonly targets: readonly number[];
  /** Which of them apply to one feature; all of them when left out. */
  readonly targetsOf?: (attrs: Attrs) => readonly number[];
  /** Written in the plan for this kind of thing; 2025-12-31 when left out (due_basis 年). */
  readonly due?: string;
  /** 不能重叠: ground that two places of the layer cover would be counted, and settled, twice. Areas only. */
  readonly apart?: true;
  /** May 镇街 accounts create and change it? False: only the lead unit and the 专班. */
  readonly townWritable: boolean;
  readonly sensitivity: Sensitivity;
  /** Prefix of the number shown with a feature, e.g. RQ → QP-RQ-07. */
  readonly prefix: string;
  /** 量词 for counts: 处, 个, 条 … */
  readonly unit: string;
  /** Tabler icon name of the map symbol. */
  readonly glyph: string;
  /** Below this zoom the layer is not asked for. */
  readonly minzoom?: number;
  readonly fields: Readonly<Record<string, FieldDef>>;
}

export interface LayerDef extends LayerSpec {
  /** The layer's own fields after the common ones, in form order. */
  readonly fields: Readonly<Record<string, FieldDef>>;
}

/** Every layer has these beside its own. System fields are set by import and seed, not by forms. */
const head = {
  name: text("名称", { required: true, max: 80 }),
} satisfies Record<string, FieldDef>;
const tail = {
  managed_by: text("管养单位", { max: 60 }),
  remark: text("备注", { max: 500, multiline: true }),
  external_no: text("外部编号", { max: 40 }),
  location_note: text("位置说明", { max: 120, readonly: true, help: "位置的来源与精度" }),
  schematic: yes("示意", { readonly: true, tile: true }),
  demo: yes("演示数据", { readonly: true }),
} satisfies Record<string, FieldDef>;

export const defineLayer = (spec: LayerSpec): LayerDef => ({
  ...spec,
  fields: { ...head, ...spec.fields, ...tail },
});

/** Targets of one feature, by the layer's own rule. */
export const targetsOfFeature = (layer: LayerDef, attrs: Attrs): readonly number[] =>
  layer.targetsOf ? layer.targetsOf(attrs) : layer.targets;

/** The field that says where along a road a place lies; a shape given otherwise takes it away. */
export const stakesField = (layer: LayerDef): string | undefined =>
  Object.entries(layer.fields).find(([, field]) => field.kind === "text" && field.stakes)?.[0];

/** Multi* of the same kind is accepted too: a road with a gap, an area in two parts. */
export const geometryTypes = (layer: LayerDef): readonly [GeometryKind, `Multi${GeometryKind}`] => [
  layer.geometry,
  `Multi${layer.geometry}`,
];

/** 编号 as people read it, e.g. QP-RQ-07: the layer's prefix and the feature's id. */
export const shownNumber = (layer: Pick<LayerSpec, "prefix">, id: number): string =>
  `QP-${layer.prefix}-${String(id).padStart(2, "0")}`;
