import { roleName, roleRights, type Who } from "#data/domain/account.ts";
import { nextState, stepRule, type TaskStep } from "#data/domain/task.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { targets } from "#data/programme/targets.ts";
import { townOf } from "#data/programme/towns.ts";
import type { FeatureRow, TaskRow } from "./queries.ts";

/** What this reader is told about a button. The database decides again when it is pressed. */
export interface Verdict {
  readonly allowed: boolean;
  readonly why?: string;
}

const yes: Verdict = { allowed: true };
const no = (why: string): Verdict => ({ allowed: false, why });

const leadsOf = (target: number): readonly string[] =>
  targets.find((each) => each.no === target)?.leads ?? [];

const leads = (who: Who, numbers: readonly number[]): boolean =>
  numbers.some((target) => leadsOf(target).includes(who.unit));

/** The place right: own town or 责任属地 for a town, own targets for a lead unit, everything for the 专班. */
export function mayWrite(who: Who, layer: LayerDef, feature: Pick<FeatureRow, "town" | "duty">): Verdict {
  const rights = roleRights[who.role];
  if (!rights.edit) return no(`${roleName[who.role]}账号只能查看`);
  if (rights.everywhere || leads(who, layer.targets)) return yes;
  if (who.town === null) return no(`${layer.name}不在${who.unitName}牵头的任务里`);
  if (feature.duty === who.town) return yes;
  if (!layer.townWritable) return no(`${layer.name}由牵头单位维护，镇街不能改`);
  if (feature.town === who.town) return yes;
  return no(
    feature.town === null
      ? "跨镇街，镇街要改请发起会签，或请牵头单位、专班修改"
      : `在${townName(feature.town)}，不在本镇街范围内`,
  );
}

/** May a town ask the others for a change that it cannot make alone? It must lie in it, and the layer be open to towns. */
export const mayPropose = (
  who: Who,
  layer: LayerDef,
  { shares, duty }: Pick<FeatureRow, "shares" | "duty">,
): boolean =>
  who.town !== null &&
  roleRights[who.role].edit &&
  layer.townWritable &&
  (Object.hasOwn(shares, who.town) || duty === who.town);

/**
 * Whether this reader may take `step` now. `place` is what mayWrite said of the feature: a lead unit may have it by another
 * target of the layer, and handles only the tasks of its own.
 */
export function mayStep(
  who: Who,
  task: Pick<TaskRow, "state" | "target" | "mine">,
  step: TaskStep,
  place: Verdict,
): Verdict {
  if (nextState(task.state, step) === null) return no("现在的状态不能走这一步");
  const rights = roleRights[who.role];
  if (stepRule[step].right === "handle") {
    const isLead = rights.everywhere || leadsOf(task.target).includes(who.unit);
    return !place.allowed || isLead || who.town !== null ? place : no("这项任务由另一牵头单位办理");
  }
  if (!rights.verify) return no("核查由牵头单位审核账号或专班来做");
  if (!rights.everywhere && !leadsOf(task.target).includes(who.unit))
    return no("核查由这项任务的牵头单位或专班来做");
  return task.mine ? no("提交人不能核查自己提交的，请另一人核查") : yes;
}

/** Who moves a due day: the same as who verifies, whoever submitted. The guard holds it. */
export const mayRedate = (who: Who, task: Pick<TaskRow, "target" | "state">): boolean => {
  const { verify, everywhere } = roleRights[who.role];
  return task.state !== "closed" && verify && (everywhere || leadsOf(task.target).includes(who.unit));
};

const townName = (code: string): string => townOf(code as Parameters<typeof townOf>[0])?.name ?? code;
