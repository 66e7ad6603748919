import { IconHistory, IconRestore } from "@tabler/icons-react";
import { Tooltip } from "antd";
import { Suspense, useEffect, useState } from "react";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { usePlaceHistory } from "../api/history.ts";
import { inStead } from "../api/problem.ts";
import type { AsOfQuery } from "../api/queries.ts";
import { useComparing } from "../map/comparing.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { ShapeChange } from "./shape-change.tsx";
import { type Line, lineOf } from "./story.ts";

const RestoreDialog = part(() => import("./restore-dialog.tsx").then((m) => m.RestoreDialog));

interface HistoryProps {
  readonly view: FeatureView;
  readonly layer: LayerDef | undefined;
  readonly asOf: AsOfQuery;
  readonly open: boolean;
}

/** What happened here, newest first; units, and names only inside the own unit. */
export function History({ view, layer, asOf, open }: HistoryProps) {
  const answer = usePlaceHistory(view.feature.id, asOf, open);
  const [restoring, setRestoring] = useState<Line | null>(null);
  const show = useComparing((s) => s.show);
  useEffect(() => {
    if (!open) show(null);
    return () => show(null);
  }, [open, show]);
  if (inStead(answer)) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton rows={6} />;
  const lines = answer.data.pages.flatMap((page) => page.entries).map((entry, i) => lineOf(entry, layer, i));
  if (lines.length === 0)
    return (
      <p className="proof-empty">
        <IconHistory size={18} stroke={1.75} aria-hidden="true" /> 那时还没有记录。
      </p>
    );
  return (
    <>
      <ol className="story">
        {lines.map((line) => (
          <Entry
            key={line.key}
            line={line}
            view={view}
            layer={layer}
            asOf={asOf}
            onRestore={() => setRestoring(line)}
          />
        ))}
      </ol>
      {answer.hasNextPage && (
        <button type="button" className="link-button" onClick={() => void answer.fetchNextPage()}>
          更早的记录
        </button>
      )}
      {restoring && restoring.version !== null && (
        <Suspense fallback={null}>
          <RestoreDialog
            view={view}
            version={restoring.version}
            told={`属性和图形会回到 ${restoring.date} “${restoring.what}”之后的样子，记为新的一版；任务的状态不变，之后的历史都留着。`}
            onClose={() => setRestoring(null)}
          />
        </Suspense>
      )}
    </>
  );
}

interface EntryProps extends Omit<HistoryProps, "open"> {
  readonly line: Line;
  onRestore(): void;
}

function Entry({ line, view, layer, asOf, onRestore }: EntryProps) {
  const { may, feature } = view;
  const current = line.version === feature.guatu.version && !feature.guatu.deleted;
  const allowed = feature.guatu.deleted ? may.restore : may.edit;
  return (
    <li>
      <i className={line.mood ? `story-dot mood-${line.mood}` : "story-dot"} />
      <span className="figure story-day">{line.day}</span>
      <div>
        <p>
          <b>{line.what}</b>　{line.who}
        </p>
        {line.reason && <p className="story-more">{line.reason}</p>}
        {line.diffs.map(({ label, before, after }) => (
          <p key={label} className="story-diff">
            <span className="quiet">{label}</span> <del>{before}</del>
            <span aria-hidden="true"> → </span>
            <ins>{after}</ins>
          </p>
        ))}
        {line.notes.map((note) => (
          <p key={note} className="quiet">
            {note}
          </p>
        ))}
        {line.recorded && (
          <p className="quiet">
            {line.date} 起如此，<span className="figure">{line.recorded}</span> 记录
          </p>
        )}
        {line.shape && <ShapeChange id={feature.id} seq={line.seq} layer={layer} asOf={asOf} />}
        {line.version !== null && !current && (
          <p>
            {allowed ? (
              <button type="button" className="link-button story-act" onClick={onRestore}>
                <IconRestore size={15} stroke={1.75} aria-hidden="true" /> 恢复到这一版
              </button>
            ) : (
              <Tooltip title={may.why}>
                <button type="button" className="link-button story-act" aria-disabled="true">
                  <IconRestore size={15} stroke={1.75} aria-hidden="true" /> 恢复到这一版
                </button>
              </Tooltip>
            )}
          </p>
        )}
      </div>
    </li>
  );
}
