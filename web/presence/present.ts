import { useEffect, useState } from "react";
import type { PresenceAnswer } from "#data/domain/presence.ts";
import { type PresenceMode, presenceTimes } from "#data/domain/presence.ts";
import { send } from "../api/client.ts";
import { useLive } from "../api/live.ts";
import { useSession } from "../api/session.ts";
import { thisTab } from "../editor/uid.ts";

const address = `/api/presence/${thisTab}`;
/** What this tab says may be overtaken on the way: a later turn counts. */
let turn = 0;
const nextTurn = () => ++turn;

/**
 * Says that this tab has a feature open, while it is, and tells who else has. `null` until the first answer and while the line
 * is broken: nothing is said about others that is not known. A tab that was hidden for minutes says nothing until it is looked at.
 */
export function usePresent(feature: number | null, mode: PresenceMode): PresenceAnswer | null {
  const [answer, setAnswer] = useState<PresenceAnswer | null>(null);
  const up = useLive((s) => s.up);
  useEffect(() => {
    if (feature === null) return;
    let there = true;
    let hiddenSince: number | null = document.hidden ? Date.now() : null;
    let away = false;
    const beat = () => {
      if (hiddenSince !== null && Date.now() - hiddenSince > presenceTimes.hiddenSeconds * 1000)
        return leave();
      // A page that opened without a line has no number to write with yet; the next beat tries again.
      if (useSession.getState().session?.csrf === "") return;
      away = false;
      send<PresenceAnswer>(address, { method: "PUT", body: { feature, mode, turn: nextTurn() } }).then(
        (told) => there && !away && setAnswer(told),
        () => there && setAnswer(null),
      );
    };
    const leave = () => {
      if (away) return;
      away = true;
      setAnswer(null);
      send<undefined>(`${address}?turn=${nextTurn()}`, { method: "DELETE", keepalive: true }).catch(
        () => undefined,
      );
    };
    const turned = () => {
      hiddenSince = document.hidden ? Date.now() : null;
      if (!document.hidden) beat();
    };
    const stopNews = useLive.subscribe(({ presence }, before) => {
      if (presence && presence !== before.presence && presence.feature === feature && !away)
        setAnswer(presence);
    });
    beat();
    const timer = window.setInterval(beat, presenceTimes.beatSeconds * 1000);
    window.addEventListener("pagehide", leave);
    window.addEventListener("pageshow", beat);
    document.addEventListener("visibilitychange", turned);
    return () => {
      there = false;
      window.clearInterval(timer);
      window.removeEventListener("pagehide", leave);
      window.removeEventListener("pageshow", beat);
      document.removeEventListener("visibilitychange", turned);
      stopNews();
      leave();
    };
  }, [feature, mode]);
  return up ? answer : null;
}
