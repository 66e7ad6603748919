import { useCallback, useRef } from "react";
import { geometryOf, type Parts, type Position, partsOf } from "#data/domain/paths.ts";
import { between, toPlane } from "#data/domain/plane.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { send } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import { overlaid } from "../outbox/overlaid.ts";
import { useOutbox } from "../outbox/state.ts";
import { useParts } from "./derived.ts";
import { type Along, apply, docParts, type Edit } from "./document.ts";
import { useNeighbours } from "./neighbours.ts";
import type { Neighbour } from "./shape/overlap.ts";
import { useEditor } from "./store.ts";

type Move = Extract<Edit, { kind: "move" }>;

const { getState, setState } = useEditor;

/** Vertices nearer than this are one, in two places: twice what is stored of a coordinate. */
const samePlaceMetres = 0.03;

const isAt = (place: Position) => (other: Position) =>
  between(toPlane(place), toPlane(other)) < samePlaceMetres;

/** The parts with every vertex at `from` moved; `null` when there is none. */
function movedAt(parts: Parts, from: Position, to: Position): Parts | null {
  const here = isAt(from);
  if (!parts.flat(2).some(here)) return null;
  return parts.map((part) => part.map((path) => path.map((position) => (here(position) ? to : position))));
}

/** Does a move; with 共边 on, vertices of neighbours at the same place move with it, where the person may edit them. */
export function useMove(layer: LayerDef): (edit: Move) => void {
  const sharing = useEditor((s) => s.sharing);
  const neighbours = useNeighbours(sharing ? layer : null, useParts());
  const latest = useRef(neighbours);
  latest.current = neighbours;
  return useCallback(
    (edit: Move) => {
      if (getState().sharing) void moveShared(layer, edit, latest.current);
      else getState().edit(edit);
    },
    [layer],
  );
}

async function moveShared(layer: LayerDef, edit: Move, neighbours: readonly Neighbour[]): Promise<void> {
  const { sketch } = getState();
  const from = sketch && docParts(sketch.doc)[edit.at.part]?.[edit.at.ring]?.[edit.at.index];
  if (!sketch || !from) return;
  const { doc } = sketch;
  const touching = neighbours.filter(({ parts }) => parts.flat(2).some(isAt(from)));
  if (touching.length === 0) return getState().edit(edit);
  const answers = await Promise.all(
    touching.map((other) => followed(layer, other, from, edit.to, doc.along)),
  );
  if (getState().sketch?.doc !== doc) return;
  const along = answers.flatMap((answer) => ("along" in answer ? [answer.along] : []));
  const left = answers.flatMap((answer) => ("why" in answer ? [answer.why] : []));
  if (along.length === 0) getState().edit(edit);
  else {
    const moved = apply(layer, doc, edit);
    const ids = new Set(along.map(({ feature }) => feature));
    getState().edit({
      kind: "regroup",
      geometry: moved.doc.geometry,
      pieces: doc.pieces,
      absorbed: doc.absorbed,
      along: [...(doc.along ?? []).filter(({ feature }) => !ids.has(feature)), ...along],
      name: `${moved.name}，共边：${along.map(({ name }) => name).join("、")}`,
    });
  }
  setState({ selected: edit.at });
  if (left.length > 0) setState({ note: { tone: "warn", text: left.join("；") } });
}

/** The neighbour as it would be, or why it stays. What moved along before is not asked for again. */
async function followed(
  layer: LayerDef,
  other: Neighbour,
  from: Position,
  to: Position,
  before: readonly Along[] | undefined,
): Promise<{ along: Along } | { why: string }> {
  const known = before?.find(({ feature }) => feature === other.id);
  try {
    const stored = known ?? (await asStored(other.id));
    if ("why" in stored) return stored;
    const parts = movedAt(partsOf(stored.geometry), from, to);
    if (!parts) return { why: `“${other.name}”刚被改过，没有跟着动` };
    return { along: { ...stored, geometry: geometryOf(layer.geometry, parts) } };
  } catch (error) {
    return { why: `“${other.name}”没有跟着动：${asProblem(error).message}` };
  }
}

async function asStored(feature: number): Promise<Along | { why: string }> {
  const view = await send<FeatureView>(`/api/features/${feature}/view`);
  const name = String(view.feature.properties.name ?? feature);
  if (!view.may.edit) return { why: `“${name}”你不能改，没有跟着动` };
  // As I left it, if something of mine waits for it.
  const { entries } = useOutbox.getState();
  const { geometry } = overlaid([feature, view.feature.guatu.uid], view.feature, entries);
  return {
    feature,
    version: view.feature.guatu.version,
    name,
    geometry: geometry ?? view.feature.geometry,
  };
}
