import { useEffect, useRef } from "react";
import { useDirty } from "./derived.ts";

interface Props {
  onStay(): void;
  onLeave(): void;
  onDiscard(): void;
}

/** Loss is one of the two things a dialog is for. */
export function LeaveDialog({ onStay, onLeave, onDiscard }: Props) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { count } = useDirty();
  const stay = useRef(onStay);
  stay.current = onStay;
  useEffect(() => {
    const { current } = dialog;
    if (!current?.open) current?.showModal();
    const closed = () => stay.current();
    current?.addEventListener("close", closed);
    return () => current?.removeEventListener("close", closed);
  }, []);
  return (
    <dialog ref={dialog} className="edit-leave" aria-label="还有改动没保存">
      <h2>{count} 项改动还没有保存</h2>
      <p>离开后草稿留在本机 30 天，下次打开这一处接着改。</p>
      <div className="edit-row">
        <button type="button" className="edit-quiet-button" onClick={onDiscard}>
          丢弃改动
        </button>
        <span className="edit-gap" />
        <button type="button" className="edit-button" onClick={onStay}>
          继续编辑
        </button>
        <button type="button" className="edit-button edit-primary" onClick={onLeave}>
          离开，草稿留着
        </button>
      </div>
    </dialog>
  );
}
