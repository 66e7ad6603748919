import { IconAlertTriangle, IconChevronRight, IconCloudUp } from "@tabler/icons-react";
import { useLive } from "../api/live.ts";
import { momentOf } from "../ui/format.ts";
import { countText } from "./counts.ts";
import { openOutbox, useOutbox } from "./state.ts";
import "./strip.css";

/** In the hand: one strip under the search box. `up`: is the server reached? */
export function OutboxStrip({ up }: { up: boolean }) {
  const entries = useOutbox((s) => s.entries);
  const since = useLive((s) => s.since);
  const loose = useOutbox((s) => s.loose.size);
  const stopped = entries.filter(({ state }) => state !== "waiting").length;
  if (entries.length === 0)
    return up && since === null ? null : (
      <p className="outbox-strip">
        网络断了，{since === null ? "屏上是断线前的数据" : `数据停在 ${momentOf(since)}`}。连上后自动更新。
      </p>
    );
  return (
    <button
      type="button"
      className="outbox-strip"
      data-stopped={stopped > 0 || undefined}
      onClick={openOutbox}
    >
      {stopped > 0 ? (
        <IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" />
      ) : (
        <IconCloudUp size={18} stroke={1.75} aria-hidden="true" />
      )}
      <span>
        {stopped > 0 ? (
          <>
            <b>{stopped} 项没发出去</b>，点开看原因
          </>
        ) : (
          <>
            {up ? "" : "没有网络，"}
            <b>{countText(entries)}</b>
            {loose > 0 ? "只在这个页面里，别关" : up ? "正在发送" : "存在本机"}
          </>
        )}
      </span>
      <IconChevronRight size={18} stroke={1.75} aria-hidden="true" />
    </button>
  );
}
