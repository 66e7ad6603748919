import { roleRights, type Who } from "#data/domain/account.ts";
import type { FeatureBody } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layers } from "#data/layers/registry.ts";
import { targets } from "#data/programme/targets.ts";

const leads = (unit: string, numbers: readonly number[]): boolean =>
  targets.some((target) => numbers.includes(target.no) && target.leads.some((lead) => lead === unit));

/** Layers in which this account may draw something new. The database decides again. */
export function layersToDraw(who: Who): readonly LayerDef[] {
  const rights = roleRights[who.role];
  if (!rights.edit) return [];
  if (rights.everywhere) return layers;
  return layers.filter((layer) => (who.town ? layer.townWritable : leads(who.unit, layer.targets)));
}

/** Fields that this account may not write, each with the reason: what belongs to the whole is the lead unit's. */
export function heldFields(who: Who, layer: LayerDef): Readonly<Record<string, string>> {
  if (roleRights[who.role].everywhere || leads(who.unit, layer.targets)) return {};
  return Object.fromEntries(
    Object.entries(layer.fields).flatMap(([id, field]) =>
      field.lead ? [[id, "属于整体，由牵头单位或专班改；镇街改本镇街的这一段"]] : [],
    ),
  );
}

/** The town whose border binds this account here; `null` when none does (lead unit, 专班, or 责任属地 is the own town). */
export function boundTo(who: Who, feature: FeatureBody | null): string | null {
  if (!who.town || roleRights[who.role].everywhere) return null;
  return feature?.guatu.duty === who.town ? null : who.town;
}
