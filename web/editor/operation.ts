import type { ComponentType } from "react";
import { useEditor } from "./store.ts";

export type State = ReturnType<typeof useEditor.getState>;

/** What a person can do to the shape. Rail, hotkeys and the list of shortcuts read one table of these, `operations`. */
export interface Operation {
  readonly id: string;
  readonly label: string;
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  /** As the keyboard event names it, lower case; with `Ctrl+` or `Shift+` in front when it needs it. */
  readonly keys: readonly string[];
  readonly hint: string;
  /** Where on the rail: a group of its own buttons, under 更多, or nowhere. */
  readonly rail: 0 | 1 | 2 | "more" | null;
  pressed?(state: State): boolean;
  /** Why it cannot be done now; `null` when it can. */
  blocked(state: State): string | null;
  run(): void;
}

export const { getState } = useEditor;

export const readOnly = ({ view, saving }: State): string | null => {
  if (saving.kind === "sending") return "正在保存";
  return view && !view.may.edit && !view.may.propose ? (view.may.why ?? "你不能改这一处") : null;
};

export const noShape = (state: State): string | null =>
  state.sketch?.doc.geometry ? readOnly(state) : "还没有画出来";
