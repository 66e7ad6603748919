import type { ExpressionSpecification } from "maplibre-gl";
import { type Light, lightOf } from "#data/domain/light.ts";
import { taskStates } from "#data/domain/task.ts";
import { dateOf, dayNumber } from "#data/domain/time.ts";
import type { PointRow } from "#data/domain/wire/list.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { campaigns } from "#data/programme/campaigns.ts";
import { targets } from "#data/programme/targets.ts";
import { type Due, type Hidden, items, type MapSearch, parseHidden } from "./search-params.ts";

/** What of the shown layers is drawn. `null`: everything. The list asks the server the same by the address's own names. */
export interface MapFilter {
  readonly towns: readonly string[] | null;
  readonly targets: readonly number[] | null;
  readonly lights: readonly Light[] | null;
  readonly due: Due | null;
  readonly hidden: Hidden;
}

/** Campaigns, targets and lead units all narrow the targets. */
export function filterOf(search: MapSearch): MapFilter {
  const narrowed = search.campaign || search.target || search.lead;
  const campaignNos = items(search.campaign).map(Number);
  const targetNos = items(search.target).map(Number);
  const leads = items(search.lead);
  return {
    towns: search.town ? items(search.town) : null,
    targets: narrowed
      ? targets
          .filter(
            (target) =>
              (campaignNos.length === 0 || campaignNos.includes(target.campaign)) &&
              (targetNos.length === 0 || targetNos.includes(target.no)) &&
              (leads.length === 0 || leads.includes(target.leads[0] ?? "")),
          )
          .map((target) => target.no)
      : null,
    lights: search.light ? (items(search.light) as Light[]) : null,
    due: search.due ?? null,
    hidden: parseHidden(search.hide),
  };
}

/** Does a point pass? `today` is the day lights are computed for. */
export function passes(row: PointRow, layer: LayerDef, filter: MapFilter, today: number): boolean {
  const [, , , , state, due, town, target] = row;
  if (filter.towns && !(town && filter.towns.includes(town))) return false;
  if (filter.targets && !(target !== null && filter.targets.includes(target))) return false;
  const light = lightOfRow(row, today);
  if (filter.lights && !filter.lights.includes(light)) return false;
  if (filter.hidden[layer.id]?.includes(light)) return false;
  if (!filter.due) return true;
  if (state < 0 || due === null || taskStates[state] === "closed") return false;
  const [from, to] = dueWindow(filter.due, today);
  return due >= from && due <= to;
}

export const lightOfRow = ([, , , , state, due]: PointRow, today: number): Light =>
  lightOf({ state: taskStates[state] ?? null, due }, today);

/** First and last due day of an open task, as day numbers. */
export function dueWindow(due: Due, today: number): readonly [number, number] {
  const date = dateOf(today);
  const [year = 0, month = 0] = date.split("-").map(Number);
  if (due === "overdue") return [0, today - 1];
  if (due === "year") return [dayNumber(`${year}-01-01`), dayNumber(`${year}-12-31`)];
  return [dayNumber(`${date.slice(0, 7)}-01`), Math.floor(Date.UTC(year, month, 0) / 86_400_000)];
}

/** The same as `passes`, as a filter over tile properties. `light` is the style's own expression for the light. */
export function tileFilter(
  layer: LayerDef,
  filter: MapFilter,
  today: number,
  light: ExpressionSpecification,
): ExpressionSpecification | null {
  const parts: ExpressionSpecification[] = [];
  if (filter.towns) parts.push(["in", ["get", "town"], ["literal", [...filter.towns]]]);
  if (filter.targets) parts.push(["in", ["get", "tg"], ["literal", [...filter.targets]]]);
  if (filter.lights) parts.push(["in", light, ["literal", [...filter.lights]]]);
  const hidden = filter.hidden[layer.id];
  if (hidden) parts.push(["!", ["in", light, ["literal", [...hidden]]]]);
  if (filter.due) {
    const [from, to] = dueWindow(filter.due, today);
    parts.push(["<", ["coalesce", ["get", "st"], 9], taskStates.indexOf("closed")]);
    parts.push(
      [">=", ["coalesce", ["get", "due"], -1], from],
      ["<=", ["coalesce", ["get", "due"], 99_999], to],
    );
  }
  return parts.length === 0 ? null : (["all", ...parts] as ExpressionSpecification);
}

/** 一 四 五: the numerals of campaigns as chips show them. */
export const numerals = (nos: readonly string[]): string =>
  nos.map((no) => campaigns.find((campaign) => campaign.no === Number(no))?.numeral ?? "").join(" ");
