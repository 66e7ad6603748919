import { IconArrowBackUp, IconArrowForwardUp } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState } from "react";
import { composing } from "../ui/composing.ts";
import { nextDeed, type Way } from "./journal.ts";
import { ownJournal, useJournal } from "./record.ts";
import { type Taken, take } from "./taking.ts";
import "./pair.css";

const verb = { undo: "撤销", redo: "重做" } as const;
const toldMs = 8000;

/** 撤销 and 重做 of what this person wrote in this tab, by name; Ctrl+Z and Ctrl+Shift+Z on the map page. */
export function UndoPair() {
  const journal = useJournal((s) => s.journal);
  const [busy, setBusy] = useState<Way | null>(null);
  const [told, setTold] = useState<Taken | null>(null);
  const running = useRef(false);
  const act = useCallback(async (way: Way) => {
    if (running.current || !nextDeed(ownJournal(), way)) return;
    running.current = true;
    setBusy(way);
    setTold(null);
    setTold(await take(way));
    setBusy(null);
    running.current = false;
  }, []);
  useEffect(() => {
    ownJournal();
    const onKey = (event: KeyboardEvent) => {
      const way = wayOf(event);
      if (!way) return;
      event.preventDefault();
      void act(way);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [act]);
  // What was just written says so, with 撤销 beside it.
  const seen = useRef<number | null>(null);
  useEffect(() => {
    // What this tab wrote before it was reloaded is no news.
    const { done } = seen.current === null ? ownJournal() : journal;
    const last = done.at(-1)?.seq ?? 0;
    const grew = seen.current !== null && last > seen.current && !running.current;
    seen.current = Math.max(last, seen.current ?? 0);
    if (grew) setTold({ tone: "ok", text: `已写入：${journal.done.at(-1)?.name}` });
  }, [journal]);
  useEffect(() => {
    if (told?.tone !== "ok") return;
    const timer = window.setTimeout(() => setTold(null), toldMs);
    return () => window.clearTimeout(timer);
  }, [told]);
  if (journal.done.length + journal.undone.length === 0 && !told) return null;
  return (
    <section className="deeds card" aria-label="撤销和重做">
      {(["undo", "redo"] as const).map((way) => {
        const deed = nextDeed(journal, way);
        const Icon = way === "undo" ? IconArrowBackUp : IconArrowForwardUp;
        return (
          <button
            key={way}
            type="button"
            className="deeds-button"
            disabled={!deed || busy !== null}
            title={`${verb[way]}${deed ? `：${deed.name}` : ""}（${way === "undo" ? "Ctrl+Z" : "Ctrl+Shift+Z"}）`}
            onClick={() => void act(way)}
          >
            <Icon size={17} stroke={1.75} aria-hidden="true" />
            {busy === way ? `正在${verb[way]}` : verb[way]}
            {deed && (way === "undo" || journal.done.length === 0) && <b>{deed.name}</b>}
          </button>
        );
      })}
      {told && (
        <p className="deeds-told" data-tone={told.tone} role={told.tone === "ok" ? "status" : "alert"}>
          {told.text}
          {told.tone === "refused" && (
            <button type="button" className="link-button" onClick={() => setTold(null)}>
              知道了
            </button>
          )}
        </p>
      )}
    </section>
  );
}

/** Which of the two a key press asks for; none while something is typed, composed or asked in a dialog. */
function wayOf(event: KeyboardEvent): Way | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || composing(event)) return null;
  const key = event.key.toLowerCase();
  const way = key === "y" || (key === "z" && event.shiftKey) ? "redo" : key === "z" ? "undo" : null;
  const elsewhere = "input, textarea, select, [contenteditable=true], [role=dialog], [data-own-undo]";
  if (!way || (event.target instanceof Element && event.target.closest(elsewhere))) return null;
  return document.querySelector("[data-own-undo], .ant-modal-wrap:not([style*='none'])") ? null : way;
}
