import { IconAlertTriangle, IconChevronRight, IconCloudUp } from "@tabler/icons-react";
import { lazy, Suspense } from "react";
import { create } from "zustand";
import { countText } from "./counts.ts";
import { useOutbox } from "./state.ts";
import "./indicator.css";

const OutboxDrawer = lazy(() => import("./drawer.tsx").then((m) => ({ default: m.OutboxDrawer })));

const useOpen = create<{ readonly open: boolean; readonly wanted: boolean }>()(() => ({
  open: false,
  wanted: false,
}));

export const openOutbox = (): void => useOpen.setState({ open: true, wanted: true });
const close = (): void => useOpen.setState({ open: false });

/** The full list, from wherever it was asked for. Mounted once behind the gate. */
export function OutboxDoor() {
  const { open, wanted } = useOpen();
  if (!wanted) return null;
  return (
    <Suspense fallback={null}>
      <OutboxDrawer open={open} onClose={close} />
    </Suspense>
  );
}

/** In the bar: how much waits, or that something was not taken. Nothing waits, nothing shows. */
export function OutboxButton() {
  const count = useOutbox((s) => s.entries.length);
  const stopped = useOutbox((s) => s.entries.filter(({ state }) => state !== "waiting").length);
  if (count === 0) return null;
  return (
    <button
      type="button"
      className="outbox-button"
      data-stopped={stopped > 0 || undefined}
      onClick={openOutbox}
    >
      {stopped > 0 ? (
        <IconAlertTriangle size={16} stroke={1.75} aria-hidden="true" />
      ) : (
        <IconCloudUp size={16} stroke={1.75} aria-hidden="true" />
      )}
      {stopped > 0 ? `${stopped} 项没发出去` : `${count} 项待发`}
    </button>
  );
}

/** In the hand: one strip under the search box. `up`: is the server reached? */
export function OutboxStrip({ up }: { up: boolean }) {
  const entries = useOutbox((s) => s.entries);
  const loose = useOutbox((s) => s.loose.size);
  const stopped = entries.filter(({ state }) => state !== "waiting").length;
  if (entries.length === 0)
    return up ? null : <p className="outbox-strip">网络断了，屏上是断线前的数据。连上后自动更新。</p>;
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
