import { create } from "zustand";
import type { Geometry } from "#data/domain/change.ts";
import type { Merged } from "#data/domain/merge.ts";
import { geometryOf, type Parts, type Position, partsOf, type Shape } from "#data/domain/paths.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import type { ProblemError } from "../api/problem.ts";
import type { Base, StepOrder } from "./base.ts";
import type { Border } from "./border.ts";
import type { Edit, VertexAt } from "./document.ts";
import type { Draft } from "./drafts.ts";
import { fewestOf, type SketchTool } from "./sketching.ts";
import { fresh, perform, redo, type Sketch, undo } from "./steps.ts";

type Tool = "select" | "shift" | "merge" | SketchTool;

/** 简化 within metres, 缓冲 of what is named by metres, 旋转 by degrees clockwise: made anew when the value changes. */
export type Dial =
  | { readonly kind: "simplify"; readonly value: number }
  | { readonly kind: "rotate"; readonly value: number }
  | { readonly kind: "buffer"; readonly value: number; readonly of: Shape; readonly parts: Parts };

/** What an operation would make of the shape: shown beside what stands until it is taken or left. */
export interface Proposal {
  readonly name: string;
  /** What changes, in figures. */
  readonly text: string;
  readonly geometry: Geometry;
  /** What can be changed before it is taken. */
  readonly dial?: Dial;
  /** With this value nothing would be left: the shape is that of the last one. */
  readonly empty?: boolean;
}

/** Where a save stands. `conflict` is the only one that opens a dialog. */
type Saving =
  | { readonly kind: "idle" }
  | { readonly kind: "sending" }
  | { readonly kind: "refused"; readonly problem: ProblemError }
  | {
      readonly kind: "conflict";
      readonly merged: Merged;
      readonly theirs: FeatureView;
      readonly order?: StepOrder;
    };

/** Where the draft is: `null` nothing to keep; `lost` the browser would not keep it. */
type Kept = { readonly at: number } | "lost" | null;

interface Note {
  readonly tone: "ok" | "draft" | "warn";
  readonly text: string;
}

interface Opening {
  readonly layer: LayerDef;
  readonly view: FeatureView | null;
  readonly base: Base;
  readonly draft?: Draft | null;
}

interface EditorState {
  readonly layer: LayerDef | null;
  /** The last known stored state with rights and tasks; null while drawing something new. */
  readonly view: FeatureView | null;
  readonly base: Base | null;
  readonly sketch: Sketch | null;
  readonly border: Border | null;
  readonly tool: Tool;
  readonly selected: VertexAt | null;
  /** Vertices of a line or area being drawn. */
  readonly drawing: readonly Position[];
  /** While something is dragged: the shape as it would be. */
  readonly preview: Geometry | null;
  /** The vertex that differs between preview and document. */
  readonly dragged: VertexAt | null;
  readonly proposal: Proposal | null;
  /** Other places chosen to be merged into this one. */
  readonly picked: readonly FeatureView[];
  /** Why the last try with a tool did nothing. */
  readonly hint: string | null;
  /** Is the box for typed coordinates open? */
  readonly typing: boolean;
  /** Is the box for stakes along a road open? */
  readonly staking: boolean;
  readonly snapping: boolean;
  /** 共边: neighbours' vertices at the same place move along. */
  readonly sharing: boolean;
  readonly saving: Saving;
  readonly kept: Kept;
  /** The refused entry of the outbox that the next save takes the place of. */
  readonly mends: string | null;
  readonly restored: Draft | null;
  readonly note: Note | null;
  readonly pointer: Position | null;
  open(opening: Opening): void;
  put(
    change: Partial<
      Pick<
        EditorState,
        | "border"
        | "selected"
        | "preview"
        | "dragged"
        | "saving"
        | "kept"
        | "mends"
        | "note"
        | "view"
        | "restored"
        | "proposal"
        | "picked"
        | "hint"
        | "typing"
      >
    >,
  ): void;
  aim(pointer: Position | null): void;
  edit(edit: Edit): void;
  undo(): void;
  redo(): void;
  use(tool: Tool): void;
  toggleSnapping(): void;
  drawTo(position: Position): void;
  drawBack(): void;
  finishDrawing(): void;
}

/** One editing page at a time; opening another place starts over. */
export const useEditor = create<EditorState>()((set, get) => ({
  layer: null,
  view: null,
  base: null,
  sketch: null,
  border: null,
  tool: "select",
  selected: null,
  drawing: [],
  preview: null,
  dragged: null,
  proposal: null,
  picked: [],
  hint: null,
  typing: false,
  staking: false,
  snapping: true,
  sharing: false,
  saving: { kind: "idle" },
  kept: null,
  mends: null,
  restored: null,
  note: null,
  pointer: null,

  open: ({ layer, view, base, draft }) =>
    set({
      layer,
      view,
      base: draft?.base ?? base,
      sketch: draft?.sketch ?? fresh(base.doc),
      mends: draft?.mends ?? null,
      restored: draft ?? null,
      kept: draft ? { at: draft.savedAt } : null,
      tool: (draft?.sketch ?? fresh(base.doc)).doc.geometry ? "select" : "draw",
      selected: null,
      drawing: [],
      preview: null,
      proposal: null,
      picked: [],
      hint: null,
      saving: { kind: "idle" },
    }),
  put: (change) => set(change),
  aim: (pointer) => set({ pointer }),
  edit: (edit) => {
    const { layer, sketch, saving } = get();
    if (!layer || !sketch || saving.kind === "sending") return;
    const settled = saving.kind === "refused" ? { saving: { kind: "idle" } as const } : {};
    set({
      sketch: perform(layer, sketch, edit, Date.now()),
      preview: null,
      proposal: null,
      note: null,
      hint: null,
      ...settled,
    });
  },
  undo: () => step(undo),
  redo: () => step(redo),
  use: (tool) =>
    set({
      tool,
      drawing: [],
      selected: null,
      preview: null,
      proposal: null,
      picked: [],
      hint: null,
      staking: false,
    }),
  toggleSnapping: () => set((old) => ({ snapping: !old.snapping })),
  drawTo: (position) => {
    const { layer, edit, drawing, tool, sketch } = get();
    if (layer?.geometry !== "Point" || (tool !== "draw" && tool !== "part"))
      return set({ drawing: [...drawing, position], hint: null });
    const before = tool === "part" && sketch?.doc.geometry ? partsOf(sketch.doc.geometry) : [];
    const geometry = geometryOf("Point", [...before, [[position]]]);
    edit({
      kind: "shape",
      geometry,
      name: before.length > 0 ? `加点位，共 ${before.length + 1} 个` : "放置点位",
    });
    if (tool === "draw") set({ tool: "select" });
  },
  drawBack: () => set((old) => ({ drawing: old.drawing.slice(0, -1) })),
  finishDrawing: () => {
    const { layer, edit, drawing } = get();
    if (!layer || layer.geometry === "Point") return;
    if (drawing.length < fewestOf("draw", layer)) return;
    const name = `画${layer.geometry === "Polygon" ? "面" : "线"}，${drawing.length} 个顶点`;
    edit({ kind: "shape", geometry: geometryOf(layer.geometry, [[drawing]]), name });
    set({ tool: "select", drawing: [] });
  },
}));

function step(move: typeof undo): void {
  const { layer, sketch, saving } = useEditor.getState();
  if (!layer || !sketch || saving.kind === "sending") return;
  useEditor.setState({ sketch: move(layer, sketch), selected: null, preview: null, proposal: null });
}
