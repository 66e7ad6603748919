import type { LayerDef } from "#data/layers/define.ts";
import { useWho } from "../api/session.ts";
import { LayerForm } from "../forms/form.tsx";
import type { StepOrder } from "./base.ts";
import { useDirty } from "./derived.ts";
import { Flow } from "./flow.tsx";
import { Measures } from "./measures.tsx";
import { Removal } from "./removal.tsx";
import { heldFields } from "./rights.ts";
import { useEditor } from "./store.ts";

interface Props {
  readonly layer: LayerDef;
  readonly errors: Readonly<Record<string, string>>;
  readonly editable: boolean;
  readonly stepBlocked: string | null;
  onStep(order: StepOrder): void;
}

/** Attributes, tasks and size: the right panel, on a phone the sheet. */
export function AttributePanel({ layer, errors, editable, stepBlocked, onStep }: Props) {
  const attrs = useEditor((s) => s.sketch?.doc.attrs);
  const base = useEditor((s) => s.base);
  const view = useEditor((s) => s.view);
  const { who } = useWho();
  const dirty = useDirty();
  if (!attrs || !base) return null;
  const fresh = base.version === 0 && base.pending === undefined;
  const deleted = view?.feature.guatu.deleted ?? false;
  return (
    <aside className="edit-panel card" aria-label="属性">
      <header>
        <h2>属性</h2>
        <span className="quiet">
          {fresh ? "新的" : dirty.count > 0 ? `改动 ${dirty.count} 项` : "没有改动"}
        </span>
        {base.pending !== undefined && <span className="tag-changed">待发</span>}
        <span className="edit-gap" />
        {base.version > 0 && <span className="quiet">版本 {base.version}</span>}
      </header>
      <div className="edit-panel-body">
        {deleted && <Removal />}
        {view?.tasks.map((task) => (
          <Flow
            key={task.id}
            feature={view.feature}
            task={task}
            editable={editable}
            blocked={deleted ? "已删除" : stepBlocked}
            onStep={onStep}
          />
        ))}
        <LayerForm
          layer={layer}
          attrs={attrs}
          stored={base.doc.attrs}
          errors={errors}
          disabled={!editable}
          fresh={fresh}
          held={heldFields(who, layer)}
          onChange={(field, value) => useEditor.getState().edit({ kind: "set", field, value })}
        />
        {!deleted && <Removal />}
      </div>
      <Measures layer={layer} />
    </aside>
  );
}
