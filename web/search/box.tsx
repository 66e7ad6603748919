import { IconCurrentLocation, IconListCheck, IconMapPin, IconSearch } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from "react";
import type { SearchHit } from "#data/domain/wire/list.ts";
import { layerById } from "#data/layers/registry.ts";
import { type AsOfQuery, useSearchHits } from "../api/queries.ts";
import { LayerGlyph, StateMark } from "../legend/marks.tsx";
import { ErrorNote } from "../shell/page-states.tsx";
import { composing } from "../ui/composing.ts";
import { groupHits, searchOfHit } from "./hits.ts";
import "./box.css";

/** One box for names, pinyin initials, coordinates and target numbers. `/` goes to it from anywhere. */
export function SearchBox({ asOf, touch = false }: { asOf: AsOfQuery; touch?: boolean }) {
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [at, setAt] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const navigate = useNavigate();
  const listId = useId();
  const asked = useDeferredValue(text.trim());
  const answer = useSearchHits(asked, asOf);
  const groups = groupHits(asked === "" ? [] : (answer.data?.hits ?? []));
  const hits = groups.flatMap((group) => group.hits);
  const shown = open && asked !== "";
  /** The hits are those of what is written, not of what was written before. */
  const answered = answer.data !== undefined && !answer.isPlaceholderData && asked === text.trim();
  const [entered, setEntered] = useState(false);

  useSlashKey(input);

  const go = (hit: SearchHit | undefined) => {
    if (!hit) return;
    setOpen(false);
    input.current?.blur();
    const to = searchOfHit(hit);
    void navigate({ to: "/", search: (old: Record<string, unknown>) => ({ ...old, ...to }) });
  };

  // Enter came before the answer: it is kept until then.
  useEffect(() => {
    if (!entered || !answered) return;
    setEntered(false);
    go(hits[0]);
  });

  const onKey = (event: KeyboardEvent) => {
    // Enter also ends a pinyin composition: that one is the input method's.
    if (composing(event.nativeEvent)) return;
    if (event.key === "Enter") {
      if (answered) go(hits[at]);
      else setEntered(true);
    } else if (event.key === "Escape") input.current?.blur();
    else if (event.key === "ArrowDown") setAt((i) => Math.min(i + 1, hits.length - 1));
    else if (event.key === "ArrowUp") setAt((i) => Math.max(i - 1, 0));
    else return;
    event.preventDefault();
  };

  return (
    <div className={touch ? "search search-touch" : "search"}>
      <IconSearch size={18} stroke={1.75} aria-hidden="true" />
      <input
        ref={input}
        type="search"
        role="combobox"
        aria-label="搜索名称、拼音首字母、坐标、任务编号"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && hits[at] ? `${listId}-${at}` : undefined}
        autoComplete="off"
        placeholder={touch ? "找名称、坐标、任务编号" : "名称、拼音首字母、坐标、任务编号"}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setEntered(false);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKey}
      />
      {!touch && <kbd>/</kbd>}
      {shown && (
        // Pressing in the list must not take the focus (and with it the list) away before the click.
        // biome-ignore lint/a11y/noStaticElementInteractions: only keeps the focus in the input
        <div className="search-hits card" onMouseDown={(event) => event.preventDefault()}>
          {answer.error && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
          {answered && hits.length === 0 && (
            <p className="search-none">没有找到“{asked}”。换个名称、拼音首字母，或写“经度,纬度”。</p>
          )}
          <div role="listbox" id={listId} aria-label="搜索结果" aria-busy={!answered}>
            {groups.map((group) => (
              // biome-ignore lint/a11y/useSemanticElements: a group of options in a listbox
              <div key={group.name} role="group" aria-label={group.name}>
                <p className="search-group">{group.name}</p>
                {group.hits.map((hit) => {
                  const index = hits.indexOf(hit);
                  return (
                    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are handled by the combobox
                    // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the input (aria-activedescendant)
                    <div
                      key={`${hit.kind}${hit.id ?? hit.title}`}
                      id={`${listId}-${index}`}
                      role="option"
                      aria-selected={index === at}
                      className={index === at ? "search-hit at" : "search-hit"}
                      onMouseEnter={() => setAt(index)}
                      onClick={() => go(hit)}
                    >
                      <HitIcon hit={hit} />
                      <span className="search-title">{hit.title}</span>
                      <span className="quiet">{hit.sub}</span>
                      {hit.light && <StateMark light={hit.light} size={12} />}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function HitIcon({ hit }: { hit: SearchHit }) {
  const layer = hit.layer ? layerById(hit.layer) : undefined;
  if (layer) return <LayerGlyph layer={layer} size={16} />;
  const Icon = { coordinate: IconCurrentLocation, target: IconListCheck }[hit.kind as string] ?? IconMapPin;
  return <Icon size={16} stroke={1.75} aria-hidden="true" />;
}

function useSlashKey(input: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const typing = target.closest("input, textarea, select, [contenteditable]");
      if (event.key !== "/" || composing(event) || event.ctrlKey || event.metaKey || typing) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [input]);
}
