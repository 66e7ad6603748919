import { takeOver, useUpdate } from "./installed.ts";
import "./update.css";

/** A new version asks before it takes over; what is not saved or not sent stays on this machine. */
export function UpdateNotice() {
  const { waiting, replaced, later } = useUpdate();
  if (later || (!waiting && !replaced)) return null;
  return (
    <div className="update card" role="status">
      <p>
        <b>有新版本</b>，刷新后使用。草稿和待发的都留着。
      </p>
      <button
        type="button"
        className="link-button"
        onClick={() => (waiting ? takeOver(waiting) : window.location.reload())}
      >
        现在刷新
      </button>
      <button type="button" className="link-button" onClick={() => useUpdate.setState({ later: true })}>
        稍后
      </button>
    </div>
  );
}
