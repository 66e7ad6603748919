import { type Light, lightOf } from "#data/domain/light.ts";
import { dayNumber, dayOfInstant } from "#data/domain/time.ts";
import type { RecentChange } from "#data/domain/wire/live.ts";
import { layerById } from "#data/layers/registry.ts";
import { towns } from "#data/programme/towns.ts";
import { shanghaiTime } from "./clock.ts";

/** One item of the ticker: 10:41 ✓ 徐泾镇 诸光路招牌隐患 销项. */
export interface TickerItem {
  readonly key: string;
  readonly time: string;
  /** null: the change is not about a task. */
  readonly light: Light | null;
  readonly place: string;
  readonly name: string;
  readonly what: string;
}

const stepWords: Readonly<Record<string, string>> = {
  start: "开始办理",
  submit: "提交核查",
  withdraw: "撤回提交",
  accept: "销项",
  reject: "核查退回",
  reopen: "重新打开",
};
const placeWords: Readonly<Record<string, string>> = {
  create: "新增",
  patch: "资料更新",
  delete: "撤下",
  restore: "恢复",
  correct: "更正",
};

/** `today` is the day number of the wall's clock: an older change says its day instead of its hour. */
export function tickerItem(change: RecentChange, today: number): TickerItem {
  const { feature, task, op } = change;
  const layer = layerById(feature.layer);
  const light = task
    ? lightOf({ state: task.state, due: task.due === null ? null : dayNumber(task.due) }, today)
    : null;
  return {
    key: `${change.seq} ${feature.id}`,
    time: timeOf(change.at, today),
    light,
    place: towns.find((town) => town.code === feature.town)?.name ?? change.unit,
    name: feature.name || (layer?.name ?? ""),
    what: whatOf(change, op, layer?.name ?? ""),
  };
}

function whatOf({ kind, task }: RecentChange, op: string, layer: string): string {
  if (kind === "observation") return "新测数据";
  if (kind === "photo") return op === "photo" ? "上传照片" : "撤下照片";
  if (task) return stepWords[op] ?? `进度 ${task.progress}%`;
  return op === "create" ? `新增${layer}` : (placeWords[op] ?? "资料更新");
}

function timeOf(at: string, today: number): string {
  const instant = new Date(at);
  const day = dayOfInstant(instant);
  const { time, month, date } = shanghaiTime(instant);
  return day === today ? time : `${month} 月 ${date} 日`;
}
