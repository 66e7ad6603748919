import { Fragment, useState } from "react";
import { helpIcon as HelpIcon, type Operation, operations } from "./operations.ts";
import { useEditor } from "./store.ts";

/** The tool rail; a tool that cannot be used says why. */
export function Rail({ help, onHelp }: { help: boolean; onHelp(open: boolean): void }) {
  const onRail = operations.filter((operation) => operation.group !== null);
  return (
    <nav className="edit-rail card" aria-label="工具">
      {onRail.map((operation, i) => (
        <Fragment key={operation.id}>
          {i > 0 && operation.group !== onRail[i - 1]?.group && <hr />}
          <Tool operation={operation} />
        </Fragment>
      ))}
      <button type="button" aria-pressed={help} onClick={() => onHelp(!help)}>
        <HelpIcon size={20} stroke={1.75} />
        <span>快捷键</span>
        <kbd>?</kbd>
      </button>
      {help && <Shortcuts />}
    </nav>
  );
}

function Tool({ operation }: { operation: Operation }) {
  const state = useEditor();
  const [why, setWhy] = useState(false);
  const blocked = operation.blocked(state);
  const { icon: Icon } = operation;
  return (
    <button
      type="button"
      aria-pressed={operation.pressed?.(state)}
      aria-disabled={blocked !== null}
      data-switch={operation.id === "snap" || undefined}
      title={blocked ?? operation.label}
      onClick={() => (blocked === null ? operation.run() : setWhy(true))}
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

const more: readonly (readonly [keys: string, what: string])[] = [
  ["Ctrl S", "保存"],
  ["Esc", "放下手里的，再按退出"],
  ["方向键", "移动选中的顶点，加 Shift 快十倍"],
  ["Tab", "到下一个顶点或下一项"],
  ["Enter", "画完"],
  ["Alt", "按住暂停吸附"],
];

function Shortcuts() {
  return (
    <div className="edit-shortcuts card" role="dialog" aria-label="快捷键">
      <h2>快捷键</h2>
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
