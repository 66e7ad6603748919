import { IconArrowBackUp, IconX } from "@tabler/icons-react";
import { useSelection } from "../selection/store.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { degreesOf, isStill, metresOf, placeAt, stepBack, useMoving, writeMove } from "./moving.ts";
import "../forms/forms.css";
import "./bulk.css";
import "./move.css";

/** How far, typed if wanted; what cannot go there; and the two ways out. */
export function MoveBar() {
  const { rows, offset, past, refused, stage, problem, unjudged } = useMoving();
  const [east, north] = metresOf(offset);
  const going = (rows ?? []).filter(({ id }) => !refused.has(id)).length;
  const names = new Map(rows?.map(({ id, name }) => [id, name]));
  const told = [...refused].slice(0, 4);
  const type = (axis: 0 | 1, text: string) => {
    const metres = Number(text);
    if (!Number.isFinite(metres) || Math.abs(metres) > 100_000) return;
    const typed = degreesOf([metres, metres])[axis];
    placeAt(axis === 0 ? [typed, offset[1]] : [offset[0], typed], offset);
  };
  return (
    <section className="move-bar card" aria-label="移动">
      <div className="move-row">
        <b>移动 {number(going)} 处</b>
        {(["向东", "向北"] as const).map((label, axis) => (
          <label key={label}>
            {label}
            <input
              type="number"
              step={1}
              className="form-input figure"
              key={Math.round((axis === 0 ? east : north) * 10)}
              defaultValue={Math.round((axis === 0 ? east : north) * 10) / 10}
              disabled={!rows}
              onBlur={({ target }) => {
                if (Number(target.value) !== Number(target.defaultValue)) type(axis as 0 | 1, target.value);
              }}
              onKeyDown={(event) => {
                if (event.key === "Enter") event.currentTarget.blur();
              }}
            />
            米
          </label>
        ))}
        <button
          type="button"
          className="icon-button"
          aria-label="退回上一次移动"
          title="退回上一次移动（Ctrl+Z）"
          disabled={past.length === 0}
          onClick={stepBack}
        >
          <IconArrowBackUp size={17} stroke={1.75} />
        </button>
      </div>
      <p className="quiet">在图上拖动，或按方向键（加 Shift 移得更远）。紫色是移动以后的位置，还没有保存。</p>
      {told.length > 0 && (
        <ul className="move-refused" role="alert">
          {told.map(([id, why]) => (
            <li key={id}>
              <b>{names.get(id)}</b> 不能移：{why}
            </li>
          ))}
          {refused.size > told.length && <li>另有 {number(refused.size - told.length)} 处不能移</li>}
        </ul>
      )}
      {unjudged && (
        <p className="move-refused" role="alert">
          网络断了，服务器还没有核对镇界。可以先存进待发箱：连上后自动核对再发，不能移的留在待发箱里，写明原因。
        </p>
      )}
      {problem && <ErrorNote error={problem} />}
      <div className="move-row move-acts">
        <button type="button" className="button" onClick={() => useSelection.setState({ acting: null })}>
          <IconX size={17} stroke={1.75} aria-hidden="true" /> 不移了
        </button>
        <button
          type="button"
          className="bulk-go"
          disabled={going === 0 || isStill(offset) || stage !== "placing"}
          onClick={() => void writeMove()}
        >
          {stage === "checking"
            ? "正在核对镇界"
            : stage === "writing"
              ? "正在保存"
              : `${unjudged ? "先存下" : "保存"} ${number(going)} 处的移动`}
        </button>
      </div>
    </section>
  );
}
