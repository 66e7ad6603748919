import { useMemo } from "react";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { formErrors } from "../forms/errors.ts";
import type { Fault } from "./checks.ts";
import { useDirty } from "./derived.ts";
import { useFaults } from "./faults.ts";
import { useEditor } from "./store.ts";

export interface Gate {
  /** Faults to show. */
  readonly faults: readonly Fault[];
  readonly editable: boolean;
  /** Why 保存 cannot be pressed; `null` when it can. */
  readonly blocked: string | null;
  /** The same for a flow step, which needs no change of its own. */
  readonly stepBlocked: string | null;
  readonly shownErrors: Readonly<Record<string, string>>;
}

/** What stands in the way of saving, in the order a person would mend it. */
export function useGate(layer: LayerDef, latest: FeatureView | null): Gate {
  const all = useFaults();
  const dirty = useDirty();
  const attrs = useEditor((s) => s.sketch?.doc.attrs);
  const isNew = useEditor((s) => s.base?.version === 0 && s.base.pending === undefined);
  const sending = useEditor((s) => s.saving.kind === "sending");
  const drawing = useEditor((s) => s.drawing.length > 0);
  const proposed = useEditor((s) => s.proposal !== null);
  const must = all.filter((fault) => !fault.advice);
  const first = must[0];
  const errors = useMemo(() => formErrors(layer, attrs ?? {}), [layer, attrs]);
  const messages = Object.values(errors);
  const proposes = latest?.may.propose === true;
  const editable = latest === null || latest.may.edit || proposes;
  // Faults of what is stored and not touched are not this person's to mend before reporting progress.
  const faults = isNew ? all.filter((fault) => fault.kind !== "missing") : dirty.geometry ? all : [];
  const asked = isNew || dirty.geometry || dirty.fields.length > 0;
  const trouble = !asked
    ? null
    : first && (isNew || dirty.geometry)
      ? `${first.title}${must.length > 1 ? ` 等 ${must.length} 处` : ""}，处理后才能保存`
      : (messages[0] ?? null);
  const blocked = sending
    ? "正在保存"
    : proposed
      ? "先定下采用还是不用"
      : drawing
        ? "先把图形画完"
        : !editable
          ? (latest?.may.why ?? "你不能改这一处")
          : dirty.count === 0
            ? "没有改动"
            : proposes
              ? "跨镇街的要发起会签"
              : trouble;
  return {
    faults,
    editable: editable && !sending,
    blocked,
    stepBlocked: proposes ? "由牵头单位或责任属地办理" : sending ? "正在保存" : editable ? trouble : null,
    shownErrors: asked ? (isNew && dirty.fields.length === 0 ? {} : errors) : {},
  };
}
