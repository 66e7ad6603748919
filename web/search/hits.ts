import type { SearchHit } from "#data/domain/wire/list.ts";
import { formatView, type MapSearch } from "../map/search-params.ts";
import { viewOfBox } from "../map/town-boxes.ts";

const groupName: Record<SearchHit["kind"], string> = {
  coordinate: "坐标",
  target: "目标任务",
  town: "镇街",
  feature: "图上的点位",
  place: "地名",
};
const order = Object.keys(groupName) as SearchHit["kind"][];

/** Hits by kind, kinds in a fixed order; inside a kind the server's order stands. */
export const groupHits = (hits: readonly SearchHit[]): { name: string; hits: SearchHit[] }[] =>
  order
    .map((kind) => ({ name: groupName[kind], hits: hits.filter((hit) => hit.kind === kind) }))
    .filter((group) => group.hits.length > 0);

/** What choosing a hit changes in the address of the map page. */
export function searchOfHit(hit: SearchHit): Partial<MapSearch> {
  const v = hit.box
    ? viewOfBox(hit.box)
    : hit.at
      ? formatView({ lon: hit.at[0], lat: hit.at[1], zoom: 15 })
      : undefined;
  const view = v ? { v } : {};
  if (hit.kind === "feature") return { ...view, sel: hit.id === undefined ? undefined : String(hit.id) };
  if (hit.kind === "target") {
    const no = hit.id ?? Number(/\d+/.exec(hit.title)?.[0]);
    // Ids of targets are year × 100 + number.
    return { ...view, target: String(no % 100), sel: undefined };
  }
  return { ...view, sel: undefined };
}
