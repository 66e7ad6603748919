import { useRouter } from "@tanstack/react-router";
import { asProblem, shortRequest } from "../api/problem.ts";
import "./page-states.css";

export function PagePending() {
  return (
    <div className="page-state" role="status">
      <p className="quiet">正在打开</p>
    </div>
  );
}

export const PageMissing = () => (
  <main className="page-state">
    <h1>没有这个页面</h1>
    <p>地址可能抄错了，或页面已经改名。</p>
    <a href="/">回到地图</a>
  </main>
);

/** A page that could not open: a sentence, a way on, a number. */
export function PageError({ error }: { error: unknown }) {
  const router = useRouter();
  return (
    <main className="page-state">
      <h1>页面没有打开</h1>
      <ErrorNote error={error} onRetry={() => void router.invalidate()} />
    </main>
  );
}

/** Sentence, 重试, 编号: the one form of an error inside a panel (never a toast). */
export function ErrorNote({ error, onRetry }: { error: unknown; onRetry?: () => void }) {
  const { body, message } = asProblem(error);
  return (
    <div className="error-note" role="alert">
      <p>{message}</p>
      <p className="error-note-foot">
        {onRetry && (
          <button type="button" className="link-button" onClick={onRetry}>
            重试
          </button>
        )}
        {body.request && (
          <span className="quiet" title={body.request}>
            编号 {shortRequest(body.request)}
          </span>
        )}
      </p>
    </div>
  );
}

/** Sunken blocks in the final geometry; shown only after 200 ms (CSS), never shimmering. */
export function Skeleton({ rows, height = 20 }: { rows: number; height?: number }) {
  return (
    <div className="skeleton" aria-hidden="true">
      {Array.from({ length: rows }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
        <div key={i} style={{ height, width: i % 3 === 2 ? "64%" : "100%" }} />
      ))}
    </div>
  );
}
