import { borderMetres, type DutyRow, stanceOf } from "#data/domain/duty.ts";
import { townName } from "../list/columns.tsx";

/** 跨镇界：徐泾 96%、赵巷 4%; or 离镇界 12 米，在徐泾. */
export function whereabouts({ metres, town, towns }: DutyRow): string {
  if (town !== null)
    return `${metres < 1 ? "贴着镇界" : `离镇界 ${Math.round(metres)} 米`}，在${townName(town)}`;
  const shares = towns
    .filter(({ share }) => share > 0)
    .map(({ code, share }) => `${townName(code)} ${share < 0.01 ? "不到 1" : Math.round(share * 100)}%`);
  return `跨镇界：${shares.join("、")}`;
}

/** What the record says, to begin with; a person may write more. */
export const usualReason = (row: DutyRow): string =>
  row.metres > 0 || row.town !== null
    ? `离镇界不到 ${borderMetres} 米，确认责任属地`
    : "跨镇界，确认责任属地";

/** Where it stands between the towns, in one sentence; `null` before anybody spoke. */
export function stanceSentence({ words, decided, duty }: DutyRow): string | null {
  const named = (word: "claim" | "object") =>
    words
      .filter((said) => said.word === word)
      .map(({ town }) => townName(town))
      .join("、");
  const stance = stanceOf(words);
  if (decided && duty !== null)
    return stance === "contested"
      ? `已定${townName(duty)}，${named("object")}有异议，等重新定`
      : `已定${townName(duty)}`;
  switch (stance) {
    case "silent":
      return null;
    case "agreed":
      return `${named("claim")}认领，没有异议，等确认`;
    case "contested":
      return "有争议，等牵头单位或专班定";
    case "unwanted":
      return "还没有镇街认领";
  }
}
