import { type ProposalState, proposalStateName } from "#data/domain/proposal.ts";
import type { ProposalPlace, ProposalRow } from "#data/domain/proposal-answers.ts";
import { layerById } from "#data/layers/registry.ts";
import { changeLabel, shownChange } from "../detail/attributes.ts";
import { townName } from "../list/columns.tsx";
import { area, length } from "../ui/format.ts";

const opWords: Record<ProposalPlace["op"], string> = { create: "新建", patch: "修改", delete: "删除" };
export const opWord = ({ op }: ProposalPlace): string => opWords[op];

/** 会签中，等 赵巷镇、重固镇; of an ended one only the state. */
export function stateSentence({ state, towns }: Pick<ProposalRow, "state" | "towns">): string {
  const waiting = towns.filter(({ answer }) => answer === "waiting").map(({ code }) => townName(code));
  const word = proposalStateName[state];
  return state === "collecting" && waiting.length > 0 ? `${word}，等${waiting.join("、")}` : word;
}

/** How a state is coloured; the names of lights are those of the map. */
export const tone: Record<ProposalState, "normal" | "warn" | "late" | "done" | "none"> = {
  collecting: "normal",
  outdated: "warn",
  expired: "warn",
  applied: "done",
  refused: "late",
  withdrawn: "none",
};

interface FieldRow {
  readonly id: string;
  readonly label: string;
  readonly before: string;
  readonly after: string;
}

/** Fields of one place, as it is and as it is to be. A new place's empty fields are left out. */
export function fieldRows({ layer: id, fields, op }: ProposalPlace): FieldRow[] {
  const layer = layerById(id);
  return Object.entries(fields).map(([field, [before, after]]) => ({
    id: field,
    label: changeLabel(layer, field),
    before: op === "create" ? "" : shownChange(layer, field, before),
    after: shownChange(layer, field, after),
  }));
}

/** 面积 5.09 公顷 → 5.31 公顷; empty for points and where the shape stays. */
export function sizeSentence({ layer: id, size, before, after }: ProposalPlace): string {
  const kind = layerById(id)?.geometry;
  if (kind === "Point" || kind === undefined) return "";
  const text = (value: number | null) =>
    value === null ? "没有" : kind === "Polygon" ? area(value) : length(value);
  if (JSON.stringify(before) === JSON.stringify(after)) return "";
  return `${kind === "Polygon" ? "面积" : "长度"} ${text(size.before)} → ${text(size.after)}`;
}

/** Fields that others changed since, by name. */
export const sinceNames = ({ layer: id, since }: ProposalPlace): string =>
  since.map((field) => (field === "geometry" ? "图形" : changeLabel(layerById(id), field))).join("、");
