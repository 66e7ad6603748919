import { useEffect, useRef } from "react";
import { composing } from "../ui/composing.ts";
import { mergePicked } from "./merging.ts";
import { chordOf, isTyping, operations } from "./operations.ts";
import { leaveProposal, takeProposal } from "./proposals.ts";
import { finishSketch } from "./shaping.ts";
import { useEditor } from "./store.ts";

interface Keys {
  onSave(): void;
  onCancel(): void;
  onHelp(): void;
  /** A dialog is open: it has its own keys. */
  readonly off: boolean;
}

/** Hotkeys of the page. Never while an input method composes, and letters never out of a text box. */
export function useKeyboard(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const { off, onSave, onCancel, onHelp } = latest.current;
      const chord = chordOf(event);
      if (chord === "Ctrl+s") {
        event.preventDefault();
        // Half a word of pinyin is nothing to save.
        if (!off && !composing(event)) onSave();
        return;
      }
      if (off || isTyping(event)) return;
      if (event.key === "Escape") {
        // Else the same key press closes the dialog it opens.
        event.preventDefault();
        return release(onCancel);
      }
      if (event.key === "?" || event.key === "？") return onHelp();
      if (event.key === "Enter" && confirm(event)) return;
      const operation = operations.find((each) => each.keys.includes(chord));
      if (!operation || event.altKey) return;
      event.preventDefault();
      if (operation.blocked(useEditor.getState()) === null) operation.run();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
}

/** Enter ends what is under way; on a button it presses the button. */
function confirm({ target }: KeyboardEvent): boolean {
  const { drawing, proposal, picked } = useEditor.getState();
  if (target instanceof HTMLButtonElement || target instanceof HTMLAnchorElement) return false;
  if (proposal) takeProposal();
  else if (drawing.length > 0) finishSketch();
  else if (picked.length > 0) void mergePicked();
  else return false;
  return true;
}

/** Esc lets go of one thing at a time; with empty hands it leaves. */
function release(onCancel: () => void): void {
  const { drawing, selected, tool, sketch, proposal, typing } = useEditor.getState();
  if (useEditor.getState().staking) useEditor.setState({ staking: false });
  else if (typing) useEditor.setState({ typing: false });
  else if (proposal) leaveProposal();
  else if (drawing.length > 0) useEditor.setState({ drawing: [] });
  else if (selected) useEditor.setState({ selected: null });
  else if (tool !== "select" && sketch?.doc.geometry) useEditor.getState().use("select");
  else onCancel();
}
