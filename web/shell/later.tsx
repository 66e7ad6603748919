import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { OutboxDrawer } from "../outbox/drawer.tsx";
import { runOutbox } from "../outbox/engine.ts";
import { useOutbox } from "../outbox/state.ts";
import { standAlone } from "./installed.ts";
import { UpdateNotice } from "./update.tsx";

const unlist = () => useOutbox.setState({ listed: false });

/** What a signed-in page needs, but not to be drawn: the sender of the outbox, its list, and the files for a day without a line. */
export function Later() {
  useEffect(runOutbox, []);
  // The wall keeps its files in its own way.
  const wall = useRouterState({ select: (s) => s.location.pathname === "/screen" });
  useEffect(() => (wall ? undefined : standAlone()), [wall]);
  const listed = useOutbox((s) => s.listed);
  return (
    <>
      {listed && <OutboxDrawer onClose={unlist} />}
      <UpdateNotice />
    </>
  );
}
