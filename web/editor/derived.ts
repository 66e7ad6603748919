import { useMemo } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Parts, partsOf } from "#data/domain/paths.ts";
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

export function useDirty(): Dirty {
  const base = useEditor((s) => s.base);
  const doc = useEditor((s) => s.sketch?.doc);
  return useMemo(() => (base && doc ? dirtyOf(base.doc, doc) : none), [base, doc]);
}
