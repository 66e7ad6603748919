import { sameValue } from "#data/domain/merge.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { apply, type Doc, type Edit } from "./document.ts";

/** A named step of 撤销记录. Plain values: a draft keeps them. */
interface Step {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly edit: Edit;
  readonly undo: Edit;
}

export interface Sketch {
  readonly doc: Doc;
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
}

export const fresh = (doc: Doc): Sketch => ({ doc, done: [], undone: [] });

/** Letters typed into one field within this time are one step. */
const typingMs = 3000;

/** Does an edit. `now` in milliseconds. */
export function perform(layer: LayerDef, sketch: Sketch, edit: Edit, now: number): Sketch {
  const last = sketch.done.at(-1);
  if (last && sketch.undone.length === 0 && continues(last, edit, now)) {
    const earlier = apply(layer, sketch.doc, last.undo).doc;
    const before = sketch.done.slice(0, -1);
    if (returns(last.undo, edit)) return { doc: earlier, done: before, undone: [] };
    const { doc, undo, name } = apply(layer, earlier, edit);
    return { doc, done: [...before, { name, at: now, edit, undo }], undone: [] };
  }
  const { doc, undo, name } = apply(layer, sketch.doc, edit);
  return { doc, done: [...sketch.done, { name, at: now, edit, undo }], undone: [] };
}

function continues(last: Step, edit: Edit, now: number): boolean {
  if (now - last.at > typingMs) return false;
  if (edit.kind === "set" && last.edit.kind === "set")
    return edit.field === last.edit.field && !Array.isArray(edit.value);
  return edit.kind === "progress" && last.edit.kind === "progress" && edit.task === last.edit.task;
}

const returns = (undo: Edit, edit: Edit): boolean =>
  (undo.kind === "set" || undo.kind === "progress") &&
  (edit.kind === "set" || edit.kind === "progress") &&
  sameValue(undo.value, edit.value);

export function undo(layer: LayerDef, sketch: Sketch): Sketch {
  const step = sketch.done.at(-1);
  if (!step) return sketch;
  return {
    doc: apply(layer, sketch.doc, step.undo).doc,
    done: sketch.done.slice(0, -1),
    undone: [...sketch.undone, step],
  };
}

export function redo(layer: LayerDef, sketch: Sketch): Sketch {
  const step = sketch.undone.at(-1);
  if (!step) return sketch;
  return {
    doc: apply(layer, sketch.doc, step.edit).doc,
    done: [...sketch.done, step],
    undone: sketch.undone.slice(0, -1),
  };
}
