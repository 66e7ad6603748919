import { IconDots, IconKeyboard, IconX } from "@tabler/icons-react";
import { Fragment, useEffect, useRef, useState } from "react";
import type { Operation } from "./operation.ts";
import { operations } from "./operations.ts";
import { SnapList } from "./snap-list.tsx";
import { useEditor } from "./store.ts";

type Flyout = "more" | "snap" | null;

/** The tool rail; a tool that cannot be used says why. */
export function Rail({ help, onHelp }: { help: boolean; onHelp(open: boolean): void }) {
  const [open, setOpen] = useState<Flyout>(null);
  const rail = useRef<HTMLElement>(null);
  const layer = useEditor((s) => s.layer);
  useEffect(() => {
    if (!open) return;
    const away = ({ target }: Event) =>
      target instanceof Node && !rail.current?.contains(target) && setOpen(null);
    window.addEventListener("pointerdown", away);
    return () => window.removeEventListener("pointerdown", away);
  }, [open]);
  const toggle = (which: Flyout) => setOpen((now) => (now === which ? null : which));
  const onRail = operations.filter(({ rail: at }) => typeof at === "number");
  return (
    <nav
      ref={rail}
      className="edit-rail card"
      aria-label="工具"
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !(open || help)) return;
        event.stopPropagation();
        setOpen(null);
        onHelp(false);
      }}
    >
      {onRail.map((operation, i) => (
        <Fragment key={operation.id}>
          {operation.rail === 2 && onRail[i - 1]?.rail !== 2 && (
            <button type="button" aria-expanded={open === "more"} onClick={() => toggle("more")}>
              <IconDots size={20} stroke={1.75} />
              <span>更多</span>
            </button>
          )}
          {i > 0 && operation.rail !== onRail[i - 1]?.rail && <hr />}
          <Tool
            operation={operation}
            {...(operation.id === "snap" ? { expanded: open === "snap", onPress: () => toggle("snap") } : {})}
          />
        </Fragment>
      ))}
      <button type="button" aria-pressed={help} onClick={() => onHelp(!help)}>
        <IconKeyboard size={20} stroke={1.75} />
        <span>快捷键</span>
        <kbd>?</kbd>
      </button>
      {open === "more" && <More onDone={() => setOpen(null)} />}
      {open === "snap" && layer && <SnapList layer={layer} />}
      {help && <Shortcuts onClose={() => onHelp(false)} />}
    </nav>
  );
}

interface ToolProps {
  readonly operation: Operation;
  readonly expanded?: boolean;
  /** Instead of the operation itself. */
  readonly onPress?: () => void;
}

function Tool({ operation, expanded, onPress }: ToolProps) {
  const [why, setWhy] = useState(false);
  const pressed = useEditor((s) => operation.pressed?.(s));
  const blocked = useEditor((s) => operation.blocked(s));
  const { icon: Icon } = operation;
  return (
    <button
      type="button"
      aria-pressed={pressed}
      aria-expanded={expanded}
      aria-disabled={blocked !== null}
      data-switch={operation.id === "snap" || undefined}
      title={blocked ?? operation.label}
      onClick={() => (blocked === null ? (onPress ?? operation.run)() : setWhy(true))}
      onBlur={() => setWhy(false)}
      onMouseLeave={() => setWhy(false)}
    >
      <Icon size={20} stroke={1.75} />
      <span>{operation.label}</span>
      <kbd>{operation.hint}</kbd>
      {why && blocked && <span className="edit-why">{blocked}</span>}
    </button>
  );
}

/** Tools that are wanted less often, with the reason where one cannot be used. */
function More({ onDone }: { onDone(): void }) {
  const state = useEditor();
  return (
    <div className="edit-flyout edit-more card" role="menu" aria-label="更多工具">
      {operations
        .filter(({ rail }) => rail === "more")
        .map(({ id, label, hint, icon: Icon, blocked, pressed, run }) => {
          const why = blocked(state);
          return (
            <button
              key={id}
              type="button"
              role="menuitem"
              aria-disabled={why !== null}
              data-pressed={pressed?.(state) || undefined}
              onClick={() => {
                if (why !== null) return;
                run();
                onDone();
              }}
            >
              <Icon size={18} stroke={1.75} />
              <span>
                {label}
                {why && <small>{why}</small>}
              </span>
              <kbd>{hint}</kbd>
            </button>
          );
        })}
    </div>
  );
}

const more: readonly (readonly [keys: string, what: string])[] = [
  ["Ctrl S", "保存"],
  ["Esc", "放下手里的，再按退出"],
  ["方向键", "移动选中的顶点；画图时移动十字；都没有时移动图；加 Shift 更快"],
  ["空格", "画图时在十字处落一个顶点"],
  ["+ −", "放大、缩小"],
  ["Tab", "到下一个顶点或下一项"],
  ["Enter", "画完、采用"],
  ["Alt", "按住暂停吸附"],
];

function Shortcuts({ onClose }: { onClose(): void }) {
  const close = useRef<HTMLButtonElement>(null);
  // Esc then closes the list, and not the editor behind it.
  useEffect(() => close.current?.focus(), []);
  return (
    <div className="edit-shortcuts card" role="dialog" aria-label="快捷键">
      <h2>快捷键</h2>
      <button
        type="button"
        ref={close}
        className="icon-button edit-shortcuts-close"
        aria-label="关闭快捷键"
        onClick={onClose}
      >
        <IconX size={18} stroke={1.75} />
      </button>
      <dl>
        {operations.map(({ id, hint, label }) => (
          <Fragment key={id}>
            <dt>
              <kbd>{hint}</kbd>
            </dt>
            <dd>{label}</dd>
          </Fragment>
        ))}
        {more.map(([keys, what]) => (
          <Fragment key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </Fragment>
        ))}
      </dl>
    </div>
  );
}
