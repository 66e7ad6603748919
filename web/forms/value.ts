import type { FieldDef } from "#data/domain/field.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { number } from "../ui/format.ts";

/** A field's value as a person reads it; `空` when there is none. */
export function showValue(field: FieldDef | undefined, value: unknown): string {
  if (isBlank(value)) return "空";
  switch (field?.kind) {
    case "choice":
      return labelOf(field, value);
    case "choices":
      return (Array.isArray(value) ? value : [value]).map((item) => labelOf(field, item)).join("、");
    case "boolean":
      return value ? "是" : "否";
    case "number":
      if (typeof value !== "number") return String(value);
      return `${number(value, 6)}${field.unit ? ` ${field.unit}` : ""}`;
    default:
      return String(value);
  }
}

export const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);

export function labelOf(field: Extract<FieldDef, { kind: "choice" | "choices" }>, value: unknown): string {
  return field.options.find((option) => option.value === value)?.label ?? String(value);
}

/** Fields a form offers now, in order: not system fields, not retired, and only when their condition holds. */
export function offeredFields(
  layer: LayerDef,
  attrs: Readonly<Record<string, unknown>>,
): readonly (readonly [id: string, field: FieldDef])[] {
  return Object.entries(layer.fields).filter(
    ([, field]) => !field.readonly && !field.retired && holds(field, attrs),
  );
}

/** Is the field's `when` condition true? A field without one always shows. */
function holds(field: FieldDef, attrs: Readonly<Record<string, unknown>>): boolean {
  if (!field.when) return true;
  const value = attrs[field.when.field];
  return field.when.is.some((wanted) => wanted === value || (Array.isArray(value) && value.includes(wanted)));
}
