import { useEffect, useMemo, useState } from "react";
import { mostOverlap } from "#data/domain/extent.ts";
import { type Parts, partsOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import type { Border } from "./border.ts";
import { type Fault, faultsAround, faultsOf } from "./checks.ts";
import { useParts } from "./derived.ts";
import type { VertexAt } from "./document.ts";
import { useNeighbours } from "./neighbours.ts";
import type { Overlap } from "./shape/overlap.ts";
import { useEditor } from "./store.ts";
import { inWorker } from "./worker/call.ts";

/** From here on a shape is checked beside the page, and while it is dragged only at the edges that move. */
const manyVertices = 500;

const none: readonly Fault[] = [];

/**
 * Faults of the standing shape, or of what is being dragged, so that a mistake shows while the hand still holds it. What takes
 * the worker longer than the hand is told of the last shape it has judged; the server judges again.
 */
export function useFaults(): readonly Fault[] {
  const layer = useEditor((s) => s.layer);
  const border = useEditor((s) => s.border);
  const parts = useParts();
  const dragged = useEditor((s) => (s.preview && !s.proposal ? s.dragged : null));
  const own = useShapeFaults(layer, parts, border, dragged);
  const others = useOverlapFaults(layer, parts);
  const pieces = usePieceFaults(layer, border);
  return useMemo(
    () => (others.length + pieces.length === 0 ? own : [...own, ...others, ...pieces]),
    [own, others, pieces],
  );
}

function useShapeFaults(
  layer: LayerDef | null,
  parts: Parts,
  border: Border | null,
  dragged: VertexAt | null,
): readonly Fault[] {
  const many = useMemo(
    () => parts.reduce((sum, part) => sum + part.reduce((n, path) => n + path.length, 0), 0) > manyVertices,
    [parts],
  );
  const here = useMemo(() => {
    if (!layer) return none;
    if (!many) return faultsOf(layer.geometry, parts, border);
    return dragged ? faultsAround(layer.geometry, parts, border, dragged) : null;
  }, [layer, border, parts, many, dragged]);
  const [judged, setJudged] = useState(none);
  useEffect(() => {
    if (!layer || here !== null) return;
    return fromWorker(inWorker("faultsOf", layer.geometry, parts, border), setJudged);
  }, [layer, border, parts, here]);
  return here ?? judged;
}

/** Pieces split off, and neighbours that moved along, are stored as places of their own: each must stand by itself. */
function usePieceFaults(layer: LayerDef | null, border: Border | null): readonly Fault[] {
  const pieces = useEditor((s) => s.sketch?.doc.pieces);
  const along = useEditor((s) => s.sketch?.doc.along);
  return useMemo(() => {
    if (!layer) return none;
    const others = [
      ...(pieces ?? []).map(({ geometry }, i) => ({ geometry, name: `分出的第 ${i + 2} 处` })),
      ...(along ?? []).map(({ geometry, name }) => ({ geometry, name: `“${name}”` })),
    ];
    return others.flatMap(({ geometry, name }) =>
      faultsOf(layer.geometry, partsOf(geometry), border)
        .filter((fault) => !fault.advice)
        .map((fault): Fault => ({ ...fault, edges: [], elsewhere: true, title: `${name}：${fault.title}` })),
    );
  }, [layer, pieces, along, border]);
}

/** Where the layer's places may not cover the same ground: what lies under this one. */
function useOverlapFaults(layer: LayerDef | null, parts: Parts): readonly Fault[] {
  const most = layer && mostOverlap(layer);
  const resting = useEditor((s) => s.preview === null || s.proposal !== null);
  const neighbours = useNeighbours(most === null ? null : layer, parts);
  const [found, setFound] = useState(none);
  useEffect(() => {
    if (!layer || most === null || neighbours.length === 0) return setFound(none);
    if (!resting) return;
    return fromWorker(inWorker("overlapsOf", parts, neighbours, most), (overlaps) =>
      setFound(overlaps.map((overlap) => overlapFault(layer, overlap))),
    );
  }, [layer, most, neighbours, parts, resting]);
  return found;
}

function overlapFault(layer: LayerDef, { name, ground, metres }: Overlap): Fault {
  return {
    kind: "overlap",
    at: middleOf(ground),
    edges: [],
    ground,
    title: `和“${name}”重叠 ${Math.ceil(metres).toLocaleString("en-US")} 平方米`,
    detail: `${layer.name}之间不能重叠。已在图上标出，可以一键裁掉重叠的部分`,
  };
}

/** The middle of the largest part's vertices: for the ring with ✕, not for arithmetic. */
function middleOf(ground: Parts): [number, number] {
  const ring = ground[0]?.[0] ?? [];
  const sum = ring.reduce<[number, number]>(([x, y], [lon = 0, lat = 0]) => [x + lon, y + lat], [0, 0]);
  return [sum[0] / Math.max(1, ring.length), sum[1] / Math.max(1, ring.length)];
}

/** Takes the answer unless something newer was asked meanwhile; a task that threw leaves the judgement to the server. */
function fromWorker<T>(answer: Promise<T>, take: (value: T) => void): () => void {
  let wanted = true;
  answer.then(
    (value) => wanted && take(value),
    () => undefined,
  );
  return () => {
    wanted = false;
  };
}
