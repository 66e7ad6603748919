import { type DutyWord, dutyWordRule } from "#data/domain/duty.ts";
import { type ProposalDeed, proposalDeedName } from "#data/domain/proposal.ts";
import { stateName, stepRule, type TaskState, type TaskStep } from "#data/domain/task.ts";
import type { AreaChange, AreaDeed } from "#data/domain/wire/history.ts";
import type { RevertChange } from "#data/domain/wire/write.ts";
import { layerById } from "#data/layers/registry.ts";
import { changeLabel, shownChange } from "../detail/attributes.ts";

const placeWords: Readonly<Record<string, string>> = {
  create: "建立",
  patch: "修改",
  delete: "删除",
  restore: "恢复",
  correct: "更正",
};
const taskWords: Readonly<Record<string, string>> = {
  create: "下发任务",
  patch: "报告进展",
  delete: "任务结束",
  correct: "更正任务",
};

/** What one change did, as people say it. */
export function changeWord({ kind, op, task }: AreaChange): string {
  if (kind === "observation") return "填报监测值";
  if (kind === "photo") return op === "photo" ? "上传照片" : "撤下照片";
  if (kind === "proposal") return proposalDeedName[op as ProposalDeed] ?? op;
  if (kind === "duty") return dutyWordRule[op as DutyWord]?.deed ?? op;
  if (kind === "feature") return placeWords[op] ?? op;
  const word = Object.hasOwn(stepRule, op) ? stepRule[op as TaskStep].name : (taskWords[op] ?? op);
  return task ? `任务 ${task.target} ${word}` : word;
}

const kinds: Readonly<Record<string, string>> = {
  import: "导入",
  revert: "撤回",
  undo: "撤销",
  cosign: "跨镇会签",
};

/** 导入, 撤回 …; an ordinary edit has no word. */
export const kindWord = (deed: AreaDeed): string | null =>
  deed.kind === "revert" && deed.reverts.length > 0
    ? `撤回变更 ${deed.reverts.join("、")}`
    : (kinds[deed.kind] ?? null);

/** Why a changeset cannot be taken back by this page; null when it can be tried. */
export function stuck(deed: AreaDeed): string | null {
  if (deed.revertedBy !== null) return `已由变更 ${deed.revertedBy} 撤回`;
  if (deed.changes.every(({ kind }) => kind === "proposal")) return "会签还没有生效；要收回请撤回会签";
  if (deed.changes.every(({ kind }) => kind === "duty")) return "镇街的表态由本镇街在“镇界”页收回";
  if (deed.changes.some(({ op }) => op === "correct")) return "更正过以往的记录，请专班再更正一次";
  if (deed.changes.some(({ kind }) => kind === "observation")) return "监测值请重新填报正确的值";
  if (deed.changes.some(({ kind }) => kind === "photo")) return "照片请在证据里单独撤下或重新上传";
  return null;
}

const revertWords = { delete: "会删除", restore: "会恢复", patch: "会改回" } as const;
export const revertWord = ({ op }: RevertChange): string => revertWords[op];

const stateWord = (state: TaskState | null): string => (state ? stateName[state] : "没有");

/** What a place would be again, one row a field, shape and task: 备注：错的 → 原来. */
export function revertRows({ feature, fields, geometry, tasks }: RevertChange): string[] {
  const layer = layerById(feature.layer);
  return [
    ...Object.entries(fields).map(
      ([id, [now, again]]) =>
        `${changeLabel(layer, id)}：${shownChange(layer, id, now)} → ${shownChange(layer, id, again)}`,
    ),
    ...(geometry ? ["图形：回到改动以前"] : []),
    ...tasks.flatMap(({ target, state, progress }) => [
      ...(state[0] === state[1] ? [] : [`任务 ${target}：${stateWord(state[0])} → ${stateWord(state[1])}`]),
      ...(state[0] !== null && state[1] !== null && progress[0] !== progress[1]
        ? [`任务 ${target} 进度：${progress[0]}% → ${progress[1]}%`]
        : []),
    ]),
  ];
}

const partWords: Readonly<Record<string, string>> = { geometry: "图形", deleted: "删除或恢复", task: "任务" };
/** The parts of an overlap by name. */
export const partNames = (layer: string, parts: readonly string[]): string =>
  parts.map((part) => partWords[part] ?? changeLabel(layerById(layer), part)).join("、");
