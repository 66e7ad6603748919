import { IconAlertTriangle, IconDeviceFloppy, IconInfoCircle, IconX } from "@tabler/icons-react";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { Geometry } from "#data/domain/change.ts";
import type { Merged } from "#data/domain/merge.ts";
import { mergeVertices } from "#data/domain/merge-shape.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { timeOf } from "./bar.tsx";
import { type Base, baseOf, mergedDoc } from "./base.ts";
import { ConflictMap, frameOf, type ShapeChoice, Thumbnail } from "./conflict-map.tsx";
import {
  AutoMerged,
  OpenRow,
  Preview,
  QuietRow,
  ShapeRow,
  type Side,
  shapeLabel,
  shapeText,
} from "./conflict-rows.tsx";
import type { Doc } from "./document.ts";
import { keepDays } from "./drafts.ts";
import { useEditor } from "./store.ts";
import { useDeleter, useThem } from "./them.ts";

interface Props {
  readonly layer: LayerDef;
  readonly base: Base;
  readonly mine: Doc;
  readonly merged: Merged;
  readonly theirs: FeatureView;
  sound(geometry: Geometry): boolean;
  onResolve(doc: Doc): void;
  /** It was deleted while the dialog was open: there is nothing to merge into. */
  readonly deleted: boolean;
  /** Brings it back, then saves into it. */
  onRestore(): void;
  /** Mine becomes a place of its own. */
  onAnew(): void;
  /** Take theirs; mine stays in the undo list. */
  onTheirs(): void;
  onLater(): void;
}

/** Three sides of one place. The server has merged nothing; what was disjoint is merged here, the rest a person chooses. */
export function ConflictDialog({
  layer,
  base,
  mine,
  merged,
  theirs,
  sound,
  deleted,
  onRestore,
  onAnew,
  onResolve,
  onTheirs,
  onLater,
}: Props) {
  const [choice, setChoice] = useState<Readonly<Record<string, Side>>>({});
  const [shape, setShape] = useState<ShapeChoice | null>(null);
  const kept = useEditor((s) => s.kept);
  const them = useThem(base, theirs);
  const deleter = useDeleter(theirs.feature.id, deleted);
  const dialog = useModal(onLater);
  const title = useId();
  const next = useMemo(() => baseOf(theirs), [theirs]);
  const quiet = merged.fields.filter((field) => field.outcome !== "conflict");
  const open = merged.fields.filter((field) => field.outcome === "conflict");
  const shapes = useShapes(base.doc, mine, next.doc, merged, sound);
  const shapeOpen = merged.geometry.outcome === "conflict";
  const frame = useMemo(() => frameOf([mine.geometry, next.doc.geometry]), [mine, next]);
  const left = open.filter((field) => !choice[field.field]).length + (shapeOpen && !shape ? 1 : 0);
  const chosenShape = shapeOpen ? (shape ? shapes[shape] : null) : merged.geometry.value;
  const result = mergedDoc(next.doc, merged, choice, chosenShape ?? merged.geometry.value);
  const shapeMerged = !["same", "conflict"].includes(merged.geometry.outcome);
  return (
    <dialog ref={dialog} className="conflict" aria-labelledby={title}>
      <header>
        <h1 id={title}>
          {String(mine.attrs.name ?? layer.name)}：你编辑时，{them.name}也改了
        </h1>
        <p>
          你从版本 {base.version} 开始编辑，现在是版本 {next.version}。{quiet.length + (shapeMerged ? 1 : 0)}{" "}
          项已自动合并，
          <b className="conflict-count">{open.length + (shapeOpen ? 1 : 0)} 项改到了同一处</b>
          ，由你定。草稿还在本机，选哪个都不会丢。
        </p>
        <button type="button" className="icon-button" aria-label="稍后再定" onClick={onLater}>
          <IconX size={20} stroke={1.75} />
        </button>
      </header>
      {deleted && (
        <p className="conflict-gone" role="alert">
          <IconAlertTriangle size={18} stroke={1.75} aria-hidden="true" />
          <span>
            <b>{deleter.name}刚刚把这一处删除了</b>
            ，现在没有可以合并的。你的改动还在本机：可以恢复它再合并，也可以另存为新的一处。
          </span>
        </p>
      )}
      <div className="conflict-body">
        <div className="conflict-fields">
          <table>
            <thead>
              <tr>
                <th>字段</th>
                <th>
                  <i className="key-base" /> 原来<small>版本 {base.version}</small>
                </th>
                <th>
                  <i className="key-mine" /> 我的<small>现在</small>
                </th>
                <th>
                  <i className="key-theirs" /> {them.name}
                  <small>
                    版本 {next.version} {them.at}
                  </small>
                </th>
              </tr>
            </thead>
            <tbody>
              {quiet.map((field) => (
                <QuietRow key={field.field} layer={layer} field={field} />
              ))}
              {shapeMerged && (
                <tr>
                  <th scope="row">
                    {shapeLabel(layer)}
                    <AutoMerged />
                  </th>
                  <td>{shapeText(base.doc.geometry)}</td>
                  <td>
                    {merged.geometry.movedByMe > 0 ? `动了 ${merged.geometry.movedByMe} 个顶点` : "未改"}
                  </td>
                  <td>
                    {merged.geometry.movedByThem > 0 ? `动了 ${merged.geometry.movedByThem} 个顶点` : "未改"}
                  </td>
                </tr>
              )}
              {open.map((field) => (
                <OpenRow
                  key={field.field}
                  layer={layer}
                  field={field}
                  them={them.name}
                  chosen={choice[field.field]}
                  onChoose={(side) => setChoice({ ...choice, [field.field]: side })}
                />
              ))}
              {shapeOpen && (
                <ShapeRow
                  layer={layer}
                  base={base.doc}
                  mine={mine}
                  theirs={next.doc}
                  merged={merged}
                  them={them.name}
                  chosen={shape}
                  onChoose={setShape}
                />
              )}
            </tbody>
          </table>
          {them.reason && (
            <p className="conflict-said">
              <b>{them.name}</b> {them.unit} {them.at} 写的原因：{them.reason}
            </p>
          )}
          <Preview layer={layer} merged={merged} doc={result} left={left} />
        </div>
        <div className="conflict-side">
          <ConflictMap
            layer={layer}
            base={base.doc.geometry}
            mine={mine.geometry}
            theirs={next.doc.geometry}
            them={them.name}
          />
          {shapeOpen && (
            <>
              <div className="conflict-outcomes">
                {(["mine", "theirs", "vertices"] as const).map((kind) => (
                  <Thumbnail
                    key={kind}
                    layer={layer}
                    kind={kind}
                    geometry={shapes[kind]}
                    project={frame}
                    label={{ mine: "用我的", theirs: `用${them.name}的`, vertices: "逐顶点合并" }[kind]}
                    chosen={shape === kind}
                    onChoose={() => setShape(kind)}
                  />
                ))}
              </div>
              <p className="conflict-note">
                <IconInfoCircle size={16} stroke={1.75} aria-hidden="true" />
                {shapes.vertices
                  ? `逐顶点合并：两边各自动过的顶点都保留，动到同一个顶点的用我的。合并后不自相交，未出镇界。`
                  : "逐顶点合并会自相交或出镇界，这次不能用。"}
              </p>
            </>
          )}
        </div>
      </div>
      <footer>
        <span className="quiet">
          <IconDeviceFloppy size={16} stroke={1.75} aria-hidden="true" />{" "}
          {kept && kept !== "lost" ? `草稿存于 ${timeOf(kept.at)}，保留 ${keepDays} 天` : "草稿在这一页里"}
        </span>
        <span className="edit-gap" />
        {deleted ? (
          <AfterDeletion onLater={onLater} onRestore={onRestore} onAnew={onAnew} />
        ) : (
          <>
            {left > 0 && <span className="edit-blocked">还有 {left} 项没选</span>}
            <button
              type="button"
              className="edit-button"
              title="我的改动留在撤销记录里，重做可以找回"
              onClick={onTheirs}
            >
              用版本 {next.version}，我的可重做找回
            </button>
            <button type="button" className="edit-button" onClick={onLater}>
              稍后再定
            </button>
            <button
              type="button"
              className="edit-button edit-primary"
              disabled={left > 0}
              onClick={() => onResolve(result)}
            >
              合并并保存为版本 {next.version + 1}
            </button>
          </>
        )}
      </footer>
    </dialog>
  );
}

function AfterDeletion({ onLater, onRestore, onAnew }: Pick<Props, "onLater" | "onRestore" | "onAnew">) {
  return (
    <>
      <button type="button" className="edit-button" onClick={onLater}>
        稍后再定
      </button>
      <button type="button" className="edit-button" onClick={onAnew}>
        另存为新的
      </button>
      <button type="button" className="edit-button edit-primary" onClick={onRestore}>
        恢复它再合并
      </button>
    </>
  );
}

/** Opens as a modal (focus stays inside, Esc means later). */
function useModal(onLater: () => void) {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const { current } = dialog;
    if (!current?.open) current?.showModal();
    const cancel = (event: Event) => {
      event.preventDefault();
      onLater();
    };
    current?.addEventListener("cancel", cancel);
    return () => current?.removeEventListener("cancel", cancel);
  }, [onLater]);
  return dialog;
}

function useShapes(base: Doc, mine: Doc, theirs: Doc, merged: Merged, sound: Props["sound"]) {
  return useMemo((): Record<ShapeChoice, Geometry | null> => {
    const all = base.geometry && mine.geometry && theirs.geometry;
    const vertices = all && mergeVertices(base.geometry, mine.geometry, theirs.geometry);
    const good = merged.geometry.outcome === "conflict" && vertices && sound(vertices);
    return { mine: mine.geometry, theirs: theirs.geometry, vertices: good ? vertices : null };
  }, [base, mine, theirs, merged, sound]);
}
