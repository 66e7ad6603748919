import {
  IconAlertTriangle,
  IconCloudOff,
  IconCloudUp,
  IconGitMerge,
  IconHistory,
  IconLock,
} from "@tabler/icons-react";
import type { ComponentType, ReactNode } from "react";
import type { Merged } from "#data/domain/merge.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { retryEntries } from "../outbox/api.ts";
import type { Entry } from "../outbox/entry.ts";
import { openOutbox, useOutbox } from "../outbox/state.ts";
import { moment } from "../ui/format.ts";
import { type Base, taskOfField } from "./base.ts";
import { useDirty } from "./derived.ts";
import { usePendingEntry } from "./pending.ts";
import { useEditor } from "./store.ts";
import { useDeleter, useThem } from "./them.ts";

interface Props {
  readonly layer: LayerDef;
  /** A newer stored state than the one this edit starts from, and how it goes with mine. */
  readonly newer: { readonly view: FeatureView; readonly merged: Merged } | null;
  onDiscard(): void;
  /** The place was deleted meanwhile: bring it back and save, or save as a place of its own. */
  onRestore(): void;
  onAnew(): void;
  onCompare(): void;
  readonly children?: ReactNode;
}

/** What the person must know now, each with what to do. Errors stand here, never in a toast. */
export function Notices({ layer, newer, onDiscard, onRestore, onAnew, onCompare, children }: Props) {
  const saving = useEditor((s) => s.saving);
  const restored = useEditor((s) => s.restored);
  const view = useEditor((s) => s.view);
  const base = useEditor((s) => s.base);
  const dirty = useDirty();
  const pending = usePendingEntry();
  const mends = useEditor((s) => s.mends);
  return (
    <div className="edit-notices">
      {saving.kind === "refused" && (
        <Notice tone="late" icon={IconAlertTriangle} alert>
          <b>没保存：</b>
          {saving.problem.message}
          {saving.problem.body.errors?.map((error) => (
            <span key={error.at + error.message} className="edit-notice-line">
              {error.message}
            </span>
          ))}
          <span className="quiet">
            {mends ? "这项改动还在待发箱里。" : "草稿还在本机。"}
            {saving.problem.body.request && `编号 ${saving.problem.body.request}`}
          </span>
          {saving.problem.body.code === "gone" && <WaysOn onRestore={onRestore} onAnew={onAnew} />}
        </Notice>
      )}
      {pending && <Queued entry={pending} />}
      {children}
      <Retired layer={layer} />
      {view && !view.may.edit && !view.may.propose && !view.feature.guatu.deleted && (
        <Notice tone="plain" icon={IconLock}>
          {view.may.why ?? "你不能改这一处"}
        </Notice>
      )}
      {newer?.view.feature.guatu.deleted && saving.kind !== "refused" && (
        <DeletedMeanwhile feature={newer.view.feature.id} onRestore={onRestore} onAnew={onAnew} />
      )}
      {newer && !newer.view.feature.guatu.deleted && base && (
        <Newer layer={layer} base={base} newer={newer} onCompare={onCompare} />
      )}
      {restored && (
        <Notice tone="draft" icon={IconHistory}>
          <b>已恢复 {moment(new Date(restored.savedAt).toISOString())} 存在本机的草稿</b>，改动 {dirty.count}{" "}
          项，还没有保存。
          <button type="button" onClick={() => useEditor.getState().put({ restored: null })}>
            接着改
          </button>
          <button type="button" onClick={onDiscard}>
            丢弃草稿
          </button>
        </Notice>
      )}
    </div>
  );
}

function WaysOn({ onRestore, onAnew }: Pick<Props, "onRestore" | "onAnew">) {
  return (
    <>
      <button type="button" onClick={onRestore}>
        恢复它再保存
      </button>
      <button type="button" onClick={onAnew}>
        另存为新的
      </button>
    </>
  );
}

function DeletedMeanwhile({
  feature,
  onRestore,
  onAnew,
}: Pick<Props, "onRestore" | "onAnew"> & { readonly feature: number }) {
  const { name } = useDeleter(feature, true);
  return (
    <Notice tone="late" icon={IconAlertTriangle} alert>
      <b>{name}把这一处删除了</b>，你的改动还没有保存，草稿还在本机。
      <WaysOn onRestore={onRestore} onAnew={onAnew} />
    </Notice>
  );
}

interface NewerProps {
  readonly layer: LayerDef;
  readonly base: Base;
  readonly newer: NonNullable<Props["newer"]>;
  onCompare(): void;
}

function Newer({ layer, base, newer: { view, merged }, onCompare }: NewerProps) {
  const them = useThem(base, view);
  return (
    <Notice tone="warn" icon={IconGitMerge}>
      <b>
        {them.name}刚刚改了{changedNames(layer, merged)}
      </b>{" "}
      {merged.clean ? "与你的改动不冲突，保存时自动合并。" : "和你改到了同一处，保存前要定一下。"}
      <button type="button" onClick={onCompare}>
        {merged.clean ? "现在合并" : "看两边"}
      </button>
    </Notice>
  );
}

/** A draft may be older than its layer: what has no field any more is shown, and can be taken out; the rest is saved as ever. */
function Retired({ layer }: { layer: LayerDef }) {
  const { fields } = useDirty();
  const attrs = useEditor((s) => s.sketch?.doc.attrs);
  const stored = useEditor((s) => s.base?.doc.attrs);
  const gone = fields.filter((field) => !(field in layer.fields));
  if (gone.length === 0) return null;
  const drop = () => {
    for (const field of gone) useEditor.getState().edit({ kind: "set", field, value: stored?.[field] });
  };
  return (
    <Notice tone="warn" icon={IconAlertTriangle} alert>
      <b>“{layer.name}”的字段改过了</b>，草稿里有 {gone.length} 项已经没有地方填：
      {gone.map((field) => `${field} ${JSON.stringify(attrs?.[field] ?? "空")}`).join("、")}
      。去掉后其余的照常保存，撤销可以找回。
      <button type="button" onClick={drop}>
        去掉这 {gone.length} 项
      </button>
    </Notice>
  );
}

/** Safe on this machine; why it is not sent yet, in the words of the plan. */
function Queued({ entry }: { entry: Entry }) {
  const away = useOutbox((s) => s.away !== null || navigator.onLine === false);
  const loose = useOutbox((s) => s.loose.has(entry.id));
  const count = useOutbox((s) => s.entries.length);
  if (loose)
    return (
      <Notice tone="late" icon={IconAlertTriangle} alert>
        这台浏览器存不下“{entry.what}”，只在这个页面里。请别关页面，连上后自动发送。
      </Notice>
    );
  return (
    <Notice tone="draft" icon={away ? IconCloudOff : IconCloudUp} alert>
      {away ? (
        <>
          <b>网络断了，{count} 项改动存在本机</b>，连上后自动发送，不用重做。
        </>
      ) : (
        <>
          <b>“{entry.what}”在待发箱里</b>，前面的发完就发，不用等。
        </>
      )}
      <button type="button" onClick={() => void retryEntries([entry.id])}>
        现在重试
      </button>
      <button type="button" onClick={openOutbox}>
        看待发箱
      </button>
    </Notice>
  );
}

function changedNames(layer: LayerDef, merged: Merged): string {
  const names = merged.fields
    .filter(({ outcome }) => outcome !== "mine")
    .map(({ field }) => `“${taskOfField(field) === null ? (layer.fields[field]?.label ?? field) : "进度"}”`);
  if (merged.geometry.outcome !== "same" && merged.geometry.outcome !== "mine") names.push("“边界”");
  return names.length > 0 ? names.join("、") : "办理状态";
}

interface NoticeProps {
  readonly tone: "late" | "warn" | "draft" | "plain";
  readonly icon: ComponentType<{ size?: number; stroke?: number }>;
  readonly alert?: boolean;
  readonly children: ReactNode;
}

function Notice({ tone, icon: Icon, alert, children }: NoticeProps) {
  return (
    <div className={`edit-notice edit-notice-${tone}`} role={alert ? "alert" : "status"}>
      <Icon size={18} stroke={1.75} />
      <p>{children}</p>
    </div>
  );
}
