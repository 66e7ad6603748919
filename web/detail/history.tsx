import { IconHistory } from "@tabler/icons-react";
import type { LayerDef } from "#data/layers/define.ts";
import { type AsOfQuery, useHistory } from "../api/queries.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { lineOf } from "./story.ts";

interface HistoryProps {
  readonly id: number;
  readonly layer: LayerDef | undefined;
  readonly asOf: AsOfQuery;
  readonly open: boolean;
}

/** What happened here, newest first; units, and names only inside the own unit. */
export function History({ id, layer, asOf, open }: HistoryProps) {
  const answer = useHistory(id, asOf, open);
  if (answer.error) return <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!answer.data) return <Skeleton rows={6} />;
  if (answer.data.entries.length === 0)
    return (
      <p className="proof-empty">
        <IconHistory size={18} stroke={1.75} aria-hidden="true" /> 那时还没有记录。
      </p>
    );
  return (
    <ol className="story">
      {answer.data.entries.map((entry, i) => {
        const line = lineOf(entry, layer, i);
        return (
          <li key={line.key}>
            <i className={line.mood ? `story-dot mood-${line.mood}` : "story-dot"} />
            <span className="figure story-day">{line.day}</span>
            <div>
              <p>
                <b>{line.what}</b>　{line.who}
              </p>
              {line.more.map((more) => (
                <p key={more} className="story-more">
                  {more}
                </p>
              ))}
              {line.recorded && <p className="quiet">{line.recorded} 记录</p>}
            </div>
          </li>
        );
      })}
    </ol>
  );
}
