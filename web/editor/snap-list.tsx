import type { LayerDef } from "#data/layers/define.ts";
import { snapSources, useSnapChoice } from "./snap-choice.ts";
import { useEditor } from "./store.ts";

/** What drawing holds on to; remembered by this browser. */
export function SnapList({ layer, onClose }: { layer: LayerDef; onClose?: () => void }) {
  const on = useEditor((s) => s.snapping);
  const { to, toggle } = useSnapChoice();
  return (
    <div className="edit-flyout card" role="dialog" aria-label="吸附到">
      <label className="edit-snap-row">
        <input type="checkbox" checked={on} onChange={() => useEditor.getState().toggleSnapping()} />
        <b>吸附</b> {!onClose && <kbd>S</kbd>}
      </label>
      <fieldset disabled={!on}>
        <legend className="quiet">吸附到，12 px 以内</legend>
        {snapSources(layer).map(({ id, label }) => (
          <label key={id} className="edit-snap-row">
            <input type="checkbox" checked={to.includes(id)} onChange={() => toggle(id)} />
            {label}
          </label>
        ))}
      </fieldset>
      {onClose ? (
        <button type="button" className="button" onClick={onClose}>
          好了
        </button>
      ) : (
        <p className="quiet">
          顶点先于边。按住 <kbd>Alt</kbd> 暂停吸附
        </p>
      )}
    </div>
  );
}
