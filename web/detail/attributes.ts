import type { FieldDef } from "#data/domain/field.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { townName } from "../list/columns.tsx";
import { number } from "../ui/format.ts";

/** Shown in the head of the panel or by their own parts. */
const elsewhere = new Set(["name", "demo", "schematic", "location_note"]);

export interface Shown {
  readonly id: string;
  readonly label: string;
  /** Several for a choice of many: shown as tags. */
  readonly values: readonly string[];
}

/** A field's value as people read it; `null` when there is nothing to show. */
function shownValue(field: FieldDef, value: unknown): readonly string[] | null {
  if (value === null || value === undefined || value === "") return null;
  const label = (item: unknown) =>
    "options" in field
      ? (field.options.find((option) => option.value === item)?.label ?? String(item))
      : String(item);
  switch (field.kind) {
    case "boolean":
      return [value === true ? "是" : "否"];
    case "number":
      return typeof value === "number"
        ? [`${number(value, 2)}${field.unit ? `\u2009${field.unit}` : ""}`]
        : null;
    case "choice":
      return [label(value)];
    case "choices":
      return Array.isArray(value) && value.length > 0 ? value.map(label) : null;
    case "hours":
      return [value === "00:00-24:00" ? "全天" : String(value).replaceAll(",", "、")];
    case "text":
    case "date":
      return [String(value)];
  }
}

/** The layer's fields that hold something, in form order. */
export function shownAttributes(layer: LayerDef, properties: Readonly<Record<string, unknown>>): Shown[] {
  return Object.entries(layer.fields).flatMap(([id, field]) => {
    if (elsewhere.has(id)) return [];
    const values = shownValue(field, properties[id]);
    return values ? [{ id, label: field.label, values }] : [];
  });
}

/** A field's name in a history: one that the layer has given up since is still read. */
export function changeLabel(layer: LayerDef | undefined, id: string): string {
  if (id === "duty") return "责任属地";
  const field = layer?.fields[id];
  if (!field) return `${id}（已取消的字段）`;
  return field.retired ? `${field.label}（已停用）` : field.label;
}

/** What a field was and became, for one line of a history. */
export const shownChange = (layer: LayerDef | undefined, id: string, value: unknown): string => {
  if (id === "duty" && typeof value === "string") return townName(value);
  const field = layer?.fields[id];
  return (
    (field ? shownValue(field, value) : value === null || value === undefined ? null : [String(value)])?.join(
      "、",
    ) ?? "空"
  );
};
