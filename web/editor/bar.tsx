import { IconDeviceFloppy, IconPencil } from "@tabler/icons-react";
import { Suspense } from "react";
import { towns } from "#data/programme/towns.ts";
import { Mark } from "../shell/mark.tsx";
import { part } from "../shell/part.ts";
import { useDirty } from "./derived.ts";
import { useEditor } from "./store.ts";

const Others = part(() => import("../presence/others.tsx").then((m) => m.Others));

const clock = new Intl.DateTimeFormat("zh-CN", {
  timeZone: "Asia/Shanghai",
  timeStyle: "medium",
  hour12: false,
});
export const timeOf = (ms: number): string => clock.format(ms);

const townName = (code: string | null): string => towns.find((town) => town.code === code)?.name ?? "跨镇街";

interface Props {
  /** Why 保存 cannot be pressed; `null` when it can. */
  readonly blocked: string | null;
  onCancel(): void;
  onSave(): void;
}

/** The bar while editing: what, where, which version, where the draft is, and the two ways out. */
export function EditBar({ blocked, onCancel, onSave }: Props) {
  const layer = useEditor((s) => s.layer);
  const view = useEditor((s) => s.view);
  const name = useEditor((s) => s.sketch?.doc.attrs.name);
  const sending = useEditor((s) => s.saving.kind === "sending");
  const dirty = useDirty();
  const title =
    typeof name === "string" && name !== "" ? name : view ? "（没有名称）" : `新的${layer?.name ?? ""}`;
  return (
    <header className="edit-bar">
      <a className="edit-brand" href="/" aria-label="青浦挂图，回到地图">
        <Mark />
        <span>青浦挂图</span>
      </a>
      <span className="edit-tag">
        <IconPencil size={14} stroke={2} aria-hidden="true" />
        编辑中
      </span>
      <h1>
        <span className="edit-bar-layer">{layer?.name}</span> {title}
      </h1>
      <p className="edit-bar-where quiet">
        {view ? `${townName(view.feature.guatu.town)} · 版本 ${view.feature.guatu.version}` : "还没有保存过"}
      </p>
      <Suspense fallback={null}>
        <Others
          feature={view?.feature.id ?? null}
          mode={view?.may.edit || view?.may.propose ? "editing" : "viewing"}
        />
      </Suspense>
      <span className="edit-gap" />
      <DraftState />
      {blocked && dirty.count > 0 && <span className="edit-blocked">{blocked}</span>}
      <button type="button" className="edit-button" onClick={onCancel}>
        取消 <kbd>Esc</kbd>
      </button>
      <button
        type="button"
        className="edit-button edit-primary"
        disabled={blocked !== null}
        title={blocked ?? "保存"}
        onClick={onSave}
      >
        {sending ? "正在保存" : "保存"} <kbd>Ctrl S</kbd>
      </button>
    </header>
  );
}

function DraftState() {
  const kept = useEditor((s) => s.kept);
  if (kept === null) return null;
  return (
    <span className="edit-draft" data-lost={kept === "lost" || undefined} role="status">
      <IconDeviceFloppy size={16} stroke={1.75} aria-hidden="true" />
      {kept === "lost" ? (
        "草稿没能存到本机，请尽快保存"
      ) : (
        <>
          <span className="edit-draft-word">草稿已存本机</span>{" "}
          <span className="figure">{timeOf(kept.at)}</span>
        </>
      )}
    </span>
  );
}
