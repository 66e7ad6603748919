import { IconRestore, IconTrash } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import { part } from "../shell/part.ts";
import { moment } from "../ui/format.ts";

const RestoreDialog = part(() => import("./restore-dialog.tsx").then((m) => m.RestoreDialog));

/** A link to a deleted place: who took it away, when and why, and the way back. */
export function DeletedNote({ view }: { view: FeatureView }) {
  const [asking, setAsking] = useState(false);
  const { deletion, may } = view;
  return (
    <section className="detail-note deleted-note" aria-label="已删除">
      <p className="deleted-title">
        <IconTrash size={18} stroke={1.75} aria-hidden="true" /> <b>已删除</b>
      </p>
      {deletion && (
        <p>
          <span className="figure">{moment(deletion.at)}</span> 由{deletion.unit}
          {deletion.person && ` ${deletion.person}`}删除。
          {deletion.reason ? `理由：${deletion.reason}` : "没有写理由。"}
        </p>
      )}
      <p className="quiet">内容和历史都还在，恢复后任务接着原来的状态办。</p>
      {may.restore ? (
        <button type="button" className="button" onClick={() => setAsking(true)}>
          <IconRestore size={17} stroke={1.75} aria-hidden="true" /> 恢复
        </button>
      ) : (
        <p className="quiet">{may.why}，由能修改这一处的单位恢复。</p>
      )}
      {asking && (
        <Suspense fallback={null}>
          <RestoreDialog
            view={view}
            told="这一处会按删除前的样子回来，任务接着原来的状态。"
            onClose={() => setAsking(false)}
          />
        </Suspense>
      )}
    </section>
  );
}
