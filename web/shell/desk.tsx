import { Outlet } from "@tanstack/react-router";
import { useLive } from "../api/live.ts";
import { momentOf } from "../ui/format.ts";
import { Bar } from "./bar.tsx";
import "./desk.css";

/** The office frame: bar on top, a page under it, one strip when the connection is gone. */
export function Desk() {
  const up = useLive((s) => s.up);
  const since = useLive((s) => s.since);
  return (
    <div className="desk">
      <Bar />
      {(!up || since !== null) && (
        <p className="offline-strip" role="status">
          网络断了，{since === null ? "屏上是断线前的数据" : `数据停在 ${momentOf(since)}`}
          。连上后自动更新，不用刷新。
        </p>
      )}
      <div className="desk-page">
        <Outlet />
      </div>
    </div>
  );
}
