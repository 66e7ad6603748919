import { useMemo } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Parts, partsOf } from "#data/domain/paths.ts";
import { type Fault, faultsOf } from "./checks.ts";
import { type Dirty, dirtyOf } from "./document.ts";
import { useEditor } from "./store.ts";

const none: Dirty = { fields: [], tasks: [], geometry: false, count: 0 };
const noParts: Parts = [];

/** The shape on the screen: what is dragged, else what stands. */
function useShape(): Geometry | null {
  return useEditor((s) => s.preview ?? s.sketch?.doc.geometry ?? null);
}

export function useParts(): Parts {
  const shape = useShape();
  return useMemo(() => (shape ? partsOf(shape) : noParts), [shape]);
}

/** Faults of the standing shape, or of what is being dragged, so that a mistake shows while the hand still holds it. */
export function useFaults(): readonly Fault[] {
  const layer = useEditor((s) => s.layer);
  const border = useEditor((s) => s.border);
  const parts = useParts();
  return useMemo(() => (layer ? faultsOf(layer.geometry, parts, border) : []), [layer, border, parts]);
}

export function useDirty(): Dirty {
  const base = useEditor((s) => s.base);
  const doc = useEditor((s) => s.sketch?.doc);
  return useMemo(() => (base && doc ? dirtyOf(base.doc, doc) : none), [base, doc]);
}
