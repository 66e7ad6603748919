import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { timeOf } from "./bar.tsx";
import { useEditor } from "./store.ts";

/** 撤销记录: newest first; what was undone stays, faint, until something else is done. */
export function UndoList() {
  const done = useEditor((s) => s.sketch?.done);
  const undone = useEditor((s) => s.sketch?.undone);
  const { undo, redo } = useEditor.getState();
  if (!done?.length && !undone?.length) return null;
  return (
    <section className="edit-undo card" aria-label="撤销记录">
      <header>
        <h2>撤销记录</h2>
        <button
          type="button"
          className="icon-button"
          aria-label="撤销"
          disabled={!done?.length}
          onClick={undo}
        >
          <IconArrowBackUp size={18} stroke={1.75} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label="重做"
          disabled={!undone?.length}
          onClick={redo}
        >
          <IconArrowForwardUp size={18} stroke={1.75} />
        </button>
      </header>
      <ol>
        {undone?.map((step) => (
          <li key={`${step.at}-${step.name}`} data-undone>
            <span>{step.name}</span>
            <span className="quiet">已撤销</span>
          </li>
        ))}
        {done
          ?.map((step, i) => (
            <li key={`${step.at}-${step.name}`} aria-current={i === done.length - 1 ? "step" : undefined}>
              <span>{step.name}</span>
              <span className="quiet figure">
                {i === done.length - 1 ? "现在" : timeOf(step.at).slice(0, 5)}
              </span>
            </li>
          ))
          .reverse()}
      </ol>
    </section>
  );
}
