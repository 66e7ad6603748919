import { IconMarquee2 } from "@tabler/icons-react";
import type { MapState } from "../map/state.ts";
import { maySelect, useSelection } from "./store.ts";

/** 选择: places are chosen on the map, to be changed together. */
export function SelectButton({ state }: { state: MapState }) {
  const tool = useSelection((s) => s.tool);
  const use = useSelection((s) => s.use);
  if (!maySelect(state)) return null;
  return (
    <button
      type="button"
      className="map-add card"
      aria-pressed={tool !== null}
      title="框选或套索几处，一起修改、用表格改或移动"
      onClick={() => use(tool ? null : "box")}
    >
      <IconMarquee2 size={19} stroke={1.75} aria-hidden="true" /> 选择
    </button>
  );
}
