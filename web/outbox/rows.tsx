import { IconAlertTriangle, IconCheck, IconClock, IconCloudUp, IconGitMerge } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import type { Done, Entry } from "./entry.ts";
import { useOutbox } from "./state.ts";

const megabytes = (bytes: number): string =>
  bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** What was done, in the words of its row; of a photo with its size. */
export const deedText = ({ what, photo }: Entry): string =>
  photo ? `${what}　${megabytes(photo.bytes)}` : what;

/** Where an entry stands: 排队, 64%, 正在发送, or why it stopped. */
export function useWay(entry: Entry): string {
  const part = useOutbox((s) => s.sending[entry.id]);
  if (entry.state === "conflict") return "两边都改了";
  if (entry.state === "refused") return "没发出去";
  if (typeof part === "number") return part < 1 ? `${Math.round(part * 100)}%` : "正在登记";
  if (part === null) return "正在发送";
  return entry.photo?.file ? "等登记" : "排队";
}

export function StateIcon({ entry }: { entry: Entry }) {
  const sending = useOutbox((s) => entry.id in s.sending);
  const shown = { size: 17, stroke: 1.75, "aria-hidden": true } as const;
  if (entry.state === "refused") return <IconAlertTriangle {...shown} />;
  if (entry.state === "conflict") return <IconGitMerge {...shown} />;
  return sending || entry.kind === "photo" ? <IconCloudUp {...shown} /> : <IconClock {...shown} />;
}

const shownMs = 6000;

/** Acknowledged a moment ago: said, and gone. */
export function useJustDone(): readonly Done[] {
  const done = useOutbox((s) => s.done);
  const [, again] = useState(0);
  const fresh = done.filter(({ at }) => Date.now() - at < shownMs).slice(0, 3);
  const oldest = fresh.at(-1)?.at;
  useEffect(() => {
    if (oldest === undefined) return;
    const timer = window.setTimeout(() => again((n) => n + 1), oldest + shownMs - Date.now() + 50);
    return () => window.clearTimeout(timer);
  }, [oldest]);
  return fresh;
}

export function DoneRow({ done }: { done: Done }) {
  return (
    <li className="outbox-row is-done">
      <IconCheck size={17} stroke={2} aria-hidden="true" />
      <span className="outbox-what">
        {done.title}　{done.what}
      </span>
      <span className="outbox-way">{done.merges > 0 ? "已合并确认" : "已确认"}</span>
    </li>
  );
}

/** Why the queue stands still, if it does; `null`: it moves. */
export function useStill(): string | null {
  const away = useOutbox((s) => s.away);
  const slow = useOutbox((s) => s.entries.some(({ state, attempts }) => state === "waiting" && attempts > 0));
  const signedOut = useOutbox((s) => s.entries.some(({ problem }) => problem?.status === 401));
  if (signedOut) return "重新登录后继续发";
  if (navigator.onLine === false) return "网络断了，连上自动发送";
  if (away) return away.problem.status === 0 ? "网络断了，自动重试" : "服务器忙，自动重试";
  return slow ? "网络慢，自动重试" : null;
}
