import { useMemo } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Parts, partsOf } from "#data/domain/paths.ts";
import { type Fault, faultsAround, faultsOf } from "./checks.ts";
import { type Dirty, dirtyOf } from "./document.ts";
import { useEditor } from "./store.ts";

const none: Dirty = { fields: [], tasks: [], geometry: false, count: 0 };
const noParts: Parts = [];
/** From here on a drag asks only about the edges it moves; all is asked again when it ends. */
const manyVertices = 1000;

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
  const dragged = useEditor((s) => (s.preview && !s.proposal ? s.dragged : null));
  return useMemo(() => {
    if (!layer) return [];
    const many =
      dragged && parts.reduce((sum, part) => sum + part.reduce((n, path) => n + path.length, 0), 0);
    return many && many > manyVertices
      ? faultsAround(layer.geometry, parts, border, dragged)
      : faultsOf(layer.geometry, parts, border);
  }, [layer, border, parts, dragged]);
}

export function useDirty(): Dirty {
  const base = useEditor((s) => s.base);
  const doc = useEditor((s) => s.sketch?.doc);
  return useMemo(() => (base && doc ? dirtyOf(base.doc, doc) : none), [base, doc]);
}
