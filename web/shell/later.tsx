import { useRouterState } from "@tanstack/react-router";
import { useEffect } from "react";
import { runOutbox } from "../outbox/engine.ts";
import { OutboxDoor } from "../outbox/indicator.tsx";
import { standAlone } from "./installed.ts";
import { UpdateNotice } from "./update.tsx";

/** What a signed-in page needs, but not to be drawn: the sender of the outbox, its list, and the files for a day without a line. */
export function Later() {
  useEffect(runOutbox, []);
  // The wall keeps its files in its own way.
  const wall = useRouterState({ select: (s) => s.location.pathname === "/screen" });
  useEffect(() => (wall ? undefined : standAlone()), [wall]);
  useEffect(() => {
    // The list is wanted most when its file cannot be fetched any more.
    void import("../outbox/drawer.tsx").catch(() => undefined);
  }, []);
  return (
    <>
      <OutboxDoor />
      <UpdateNotice />
    </>
  );
}
