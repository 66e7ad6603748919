import { Suspense, useState } from "react";
import type { FeatureBody, TaskView } from "#data/domain/wire/feature.ts";
import { useOutbox } from "../outbox/state.ts";
import { part } from "../shell/part.ts";

const DueDialog = part(() => import("./due-dialog.tsx").then((m) => m.DueDialog));

interface DueDateProps {
  readonly feature: FeatureBody;
  readonly task: TaskView;
}

/** The due day, and for who may move it the way to do so. */
export function DueDate({ feature, task }: DueDateProps) {
  const [asking, setAsking] = useState(false);
  const waits = useOutbox((s) =>
    s.entries.some(({ changes }) =>
      changes.some((op) => op.op === "task" && op.task === task.id && op.due !== undefined),
    ),
  );
  return (
    <>
      <span className="figure">{task.due ?? "方案没有写"}</span>
      {waits && <span className="quiet">　改期待发</span>}
      {task.redate && !waits && (
        <button type="button" className="link-button due-move" onClick={() => setAsking(true)}>
          改期限
        </button>
      )}
      {asking && (
        <Suspense fallback={null}>
          <DueDialog feature={feature} task={task} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </>
  );
}
