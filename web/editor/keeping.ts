import { useEffect } from "react";
import { serverNow } from "../api/client.ts";
import { draftKey, dropDraft, putDraft } from "./drafts.ts";
import { useEditor } from "./store.ts";

/** A pause this long after a change, the draft is on disk; leaving the page writes at once. */
const pauseMs = 250;

/** Keeps the draft of the open place in this browser while it differs from what is stored. */
export function useKeptDraft(account: string): void {
  const sketch = useEditor((s) => s.sketch);
  useEffect(() => {
    if (!sketch) return;
    const write = () => void keep(account);
    const timer = window.setTimeout(write, pauseMs);
    window.addEventListener("pagehide", write);
    return () => {
      window.clearTimeout(timer);
      window.removeEventListener("pagehide", write);
    };
  }, [account, sketch]);
}

async function keep(account: string): Promise<void> {
  const { layer, base, sketch, mends, saving } = useEditor.getState();
  // What is being sent is in the outbox; a draft of it would come back after its acknowledgement.
  if (!layer || !base || !sketch || saving.kind === "sending") return;
  const key = draftKey(account, base, layer.id);
  const now = serverNow();
  try {
    if (sketch.done.length === 0 && sketch.undone.length === 0) {
      await dropDraft(key);
      if (useEditor.getState().sketch === sketch) useEditor.setState({ kept: null });
      return;
    }
    const title = String(sketch.doc.attrs.name ?? layer.name);
    await putDraft({ key, layer: layer.id, title, base, sketch, savedAt: now, mends });
    if (useEditor.getState().sketch === sketch) useEditor.setState({ kept: { at: now } });
  } catch {
    useEditor.setState({ kept: "lost" });
  }
}
