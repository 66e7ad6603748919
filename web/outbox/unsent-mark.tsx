import { useOutbox } from "./state.ts";
import "./unsent-mark.css";

/** Beside the name of a place for which something of mine waits. */
export function UnsentMark({ feature }: { feature: number }) {
  const state = useOutbox((s) => {
    const own = s.entries.filter(({ subjects }) => subjects.includes(feature));
    if (own.length === 0) return null;
    return own.some((entry) => entry.state !== "waiting") ? "stopped" : "waiting";
  });
  if (!state) return null;
  return (
    <span className="unsent-tag" data-stopped={state === "stopped" || undefined}>
      {state === "stopped" ? "没发出去" : "待发"}
    </span>
  );
}
