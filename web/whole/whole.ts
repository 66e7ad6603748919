import { roleRights, type Who } from "#data/domain/account.ts";
import type { SelectionRow } from "#data/domain/selection.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { targets } from "#data/programme/targets.ts";
import type { BulkSpec, FieldAct, Planned } from "../bulk/plan.ts";
import { townName } from "../list/columns.tsx";

/** The field that names the whole of which a place is a part (所属道路), if the layer has parts. */
export const wholeField = (layer: LayerDef): string | undefined =>
  Object.entries(layer.fields).find(([, field]) => field.lead && field.kind === "text")?.[0];

/** The whole is the lead unit's and the 专班's; a town has its part. The guard says the same. */
export function mayEditWhole(who: Who, layer: LayerDef): boolean {
  const { edit, everywhere } = roleRights[who.role];
  const leads = targets.some(
    ({ no, leads: units }) => layer.targets.includes(no) && units.some((unit) => unit === who.unit),
  );
  return edit && (everywhere || leads) && wholeField(layer) !== undefined;
}

export const partsOfWhole = (
  rows: readonly SelectionRow[],
  field: string,
  name: unknown,
): readonly SelectionRow[] => rows.filter((row) => row.attrs?.[field] === name);

/** What belongs to the whole, filled in with what all parts have; where they differ it is left to be chosen. */
export function firstSpec(layer: LayerDef, parts: readonly SelectionRow[]): BulkSpec {
  const acts = Object.entries(layer.fields).flatMap(([field, def]): FieldAct[] => {
    if (!def.lead) return [];
    const [first, ...others] = parts.map(({ attrs }) => attrs?.[field]);
    const common = first !== undefined && others.every((value) => value === first);
    return common ? [{ field, way: "set", value: first }] : [];
  });
  return { layer: layer.id, fields: acts, task: {} };
}

/** 318国道现有 5 段，在徐泾、赵巷 2 个镇街 */
export function extentOf(layer: LayerDef, name: string, parts: readonly SelectionRow[]): string {
  const towns = [...new Set(parts.map(({ town }) => (town ? townName(town) : "跨镇")))];
  return `${name}现有 ${parts.length} ${layer.unit}，在${towns.join("、")} ${towns.length} 个镇街`;
}

/** What the change does beyond the fields, in sentences: another name makes it part of, or parts it from, a whole. */
export function consequences(
  layer: LayerDef,
  rows: readonly SelectionRow[],
  name: unknown,
  spec: BulkSpec,
): string[] {
  const field = wholeField(layer);
  const act = spec.fields.find((one) => one.field === field);
  if (!field || act?.way !== "set" || act.value === name || typeof act.value !== "string") return [];
  const others = partsOfWhole(rows, field, act.value.trim());
  return others.length > 0
    ? [`“${act.value.trim()}”已有 ${others.length} ${layer.unit}，改名后并成一条，再改名就分不开了。`]
    : ["镇街以后新增这条道路的路段，要写新名字。"];
}

/** A whole is not changed by halves: why it cannot be written, or `null`. */
export function heldBack(layer: LayerDef, plan: readonly Planned[]): string | null {
  const refused = plan.filter(({ kind }) => kind === "refused");
  return refused.length > 0
    ? `有 ${refused.length} ${layer.unit}现在不能改。整条一起改，不改一半；先按上面写的原因处理。`
    : null;
}
