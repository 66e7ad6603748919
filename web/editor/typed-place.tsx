import { type FormEvent, useState } from "react";
import type { Position } from "#data/domain/paths.ts";
import { type Datum, readPosition, type Typed } from "./coordinates.ts";
import { placeTyped } from "./shaping.ts";
import { isSketch } from "./sketching.ts";
import { useEditor } from "./store.ts";

/** A place by its numbers: for the chosen vertex, the point, or the next vertex of what is being drawn. */
export function TypedPlace({ datum }: { datum: Datum }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<Extract<Typed, { why: string }> | null>(null);
  const what = useEditor((s) =>
    isSketch(s.tool)
      ? "加一个顶点"
      : s.layer?.geometry === "Point"
        ? "移动点位"
        : s.selected
          ? `移动顶点 ${s.selected.index + 1}`
          : null,
  );
  const put = (at: Position) => {
    placeTyped(at);
    setText("");
    setWrong(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = readPosition(text, datum);
    if ("at" in typed) put(typed.at);
    else setWrong(typed);
  };
  return (
    <form className="edit-typed card" onSubmit={submit}>
      <label htmlFor="edit-typed-place">{what ?? "先点选一个顶点，再键入坐标"}</label>
      <input
        id="edit-typed-place"
        className="form-input"
        value={text}
        disabled={what === null}
        placeholder={datum === "CGCS2000" ? "横坐标, 纵坐标（米）" : "经度, 纬度"}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
        autoFocus
        onChange={(event) => {
          setText(event.target.value);
          setWrong(null);
        }}
        onKeyDown={(event) => event.key === "Escape" && useEditor.getState().put({ typing: false })}
      />
      <button
        type="submit"
        className="edit-button edit-primary"
        disabled={what === null || text.trim() === ""}
      >
        定到这里
      </button>
      {wrong && (
        <p role="alert">
          {wrong.why}
          {wrong.swapped && (
            <button type="button" onClick={() => wrong.swapped && put(wrong.swapped)}>
              对调
            </button>
          )}
        </p>
      )}
    </form>
  );
}
