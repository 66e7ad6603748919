import { IconRestore, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { removeOrRestore } from "./saving.ts";
import { useEditor } from "./store.ts";

/** Deleting wants a reason and can be taken back; a deleted place offers nothing else. */
export function Removal() {
  const view = useEditor((s) => s.view);
  const sending = useEditor((s) => s.saving.kind === "sending");
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState("");
  if (!view) return null;
  if (view.feature.guatu.deleted)
    return (
      <div className="edit-removal">
        <p>这一处已经删除，恢复以后才能修改。</p>
        <button
          type="button"
          className="edit-button"
          disabled={sending}
          onClick={() => void removeOrRestore("restore", "恢复误删")}
        >
          <IconRestore size={16} stroke={1.75} aria-hidden="true" /> 恢复
        </button>
      </div>
    );
  if (!view.may.delete) return null;
  if (!asking)
    return (
      <button type="button" className="edit-quiet-button" onClick={() => setAsking(true)}>
        <IconTrash size={15} stroke={1.75} aria-hidden="true" /> 删除这一处
      </button>
    );
  const missing = reason.trim() === "";
  return (
    <form
      className="edit-step-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!missing) void removeOrRestore("delete", reason.trim()).then((gone) => gone && setAsking(false));
      }}
    >
      <label htmlFor="edit-delete-reason">删除的原因（必填，记入变更记录，以后可以恢复）</label>
      <textarea
        id="edit-delete-reason"
        className="form-input"
        rows={2}
        maxLength={500}
        value={reason}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
        autoFocus
        onChange={(event) => setReason(event.target.value)}
      />
      <div className="edit-row">
        <button type="button" className="edit-button" onClick={() => setAsking(false)}>
          不删了
        </button>
        <button type="submit" className="edit-button edit-danger" disabled={missing || sending}>
          删除
        </button>
      </div>
    </form>
  );
}
