import { mostOverlap } from "#data/domain/extent.ts";
import { geometryOf, type Parts, type Shape } from "#data/domain/paths.ts";
import { faultsOf } from "./checks.ts";
import { docParts } from "./document.ts";
import { sizeText } from "./measures.tsx";
import type { Neighbour } from "./shape/overlap.ts";
import { type Dial, type Proposal, useEditor } from "./store.ts";
import { inWorker } from "./worker/call.ts";

const { getState, setState } = useEditor;

/** What is open, or null while there is no shape to work on. */
export function openShape() {
  const { layer, sketch } = getState();
  return layer && sketch?.doc.geometry ? { layer, doc: sketch.doc, parts: docParts(sketch.doc) } : null;
}

/** Why nothing was done; what was being sketched is let go. */
export const say = (hint: string) => setState({ hint, drawing: [] });

let asked = 0;

/**
 * Shows what the worker makes of the open shape beside what stands. Nothing is shown when the shape changed meanwhile or
 * something newer was asked.
 */
async function propose(name: string, making: Promise<Parts>, dial?: Dial): Promise<void> {
  const before = getState().sketch?.doc;
  const turn = ++asked;
  const parts = await making.catch(() => null);
  const { layer, sketch } = getState();
  if (turn !== asked || !layer || sketch?.doc !== before) return;
  if (parts === null) return say(`${name}没有算出来，请先处理图上标出的问题`);
  if (parts.length === 0)
    return dial && getState().proposal
      ? setState((old) => ({ proposal: old.proposal && { ...old.proposal, dial, empty: true } }))
      : say(`${name}之后什么也不剩，请改手动调整`);
  const proposal: Proposal = {
    name,
    text: textOf(name, parts),
    geometry: geometryOf(layer.geometry, parts),
    ...(dial ? { dial } : {}),
  };
  setState({ proposal, preview: proposal.geometry, selected: null, tool: "select", drawing: [], hint: null });
}

function textOf(name: string, parts: Parts): string {
  const { layer, sketch } = getState();
  if (!layer) return "";
  const told = (of: Parts) => `${sizeText(layer, of)}、${of.flat(2).length} 个顶点`;
  const standing = sketch ? docParts(sketch.doc) : [];
  if (standing.length === 0) return `${name} ${told(parts)}`;
  // A self-crossing area has no size to speak of. Only small ones are worth the look.
  const tangled =
    standing.flat(2).length <= 500 &&
    faultsOf(layer.geometry, standing, null).some((fault) => fault.kind === "crossing");
  const blocks = parts.length > standing.length ? `，分成 ${parts.length} 块` : "";
  return `原来${tangled ? "自相交" : ` ${told(standing)}`}；${name}后 ${told(parts)}${blocks}`;
}

/** Repeated vertices, spikes, self-crossings and slips of the hand taken out; shown before it is done. */
export async function proposeRepair(): Promise<void> {
  const now = openShape();
  if (now) await propose("一键修复", inWorker("repaired", now.layer.geometry, now.parts));
}

/** What lies outside the own town cut away; shown before it is done. */
export async function proposeClip(): Promise<void> {
  const now = openShape();
  const { border } = getState();
  if (!now || !border || now.layer.geometry === "Point") return;
  await propose("裁到镇界", inWorker("clipped", now.layer.geometry, now.parts, border));
}

/** What lies over other places cut away; shown before it is done. */
export async function proposeBeside(neighbours: readonly Neighbour[]): Promise<void> {
  const now = openShape();
  const most = now && mostOverlap(now.layer);
  if (!now || most === null) return;
  await propose("裁掉重叠", inWorker("beside", now.parts, neighbours, most));
}

export async function proposeSimpler(metres: number): Promise<void> {
  const now = openShape();
  if (!now) return;
  await propose("简化", inWorker("simplified", now.layer.geometry, now.parts, metres), {
    kind: "simplify",
    value: metres,
  });
}

/** The area within `metres` of something; of the open area itself when nothing else is named. */
export async function proposeBuffer(metres: number, of?: { shape: Shape; parts: Parts }): Promise<void> {
  const shape = of?.shape ?? "Polygon";
  const parts = of?.parts ?? openShape()?.parts;
  if (!parts) return;
  const name = of ? "缓冲成面" : metres < 0 ? "内缩" : "外扩";
  await propose(name, inWorker("buffered", shape, parts, metres), {
    kind: "buffer",
    value: metres,
    of: shape,
    parts,
  });
}

/** Clockwise. */
export async function proposeRotated(degrees: number): Promise<void> {
  const now = openShape();
  if (now) await propose("旋转", inWorker("rotated", now.parts, degrees), { kind: "rotate", value: degrees });
}

/** Corners that were meant to be right made right. */
export async function proposeSquared(): Promise<void> {
  const now = openShape();
  if (!now) return;
  const making = inWorker("squared", now.layer.geometry, now.parts);
  const same = await making.then(
    (parts) => JSON.stringify(parts) === JSON.stringify(now.parts),
    () => false,
  );
  if (same) setState({ note: { tone: "ok", text: "没有要改的：角已经是直角，或离直角太远" } });
  else await propose("正交", making);
}

/** The same proposal with another value. */
export function redial(dial: Dial, value: number): void {
  if (dial.kind === "simplify") void proposeSimpler(value);
  else if (dial.kind === "rotate") void proposeRotated(value);
  else void proposeBuffer(value, dial.of === "Polygon" ? undefined : { shape: dial.of, parts: dial.parts });
}

export function takeProposal(): void {
  const { proposal, edit } = getState();
  if (!proposal || proposal.empty) return;
  const { dial, name, geometry } = proposal;
  edit({ kind: "shape", geometry, name: dial ? `${name}，${dialText(dial)}` : name });
}

function dialText({ kind, value }: Dial): string {
  if (kind === "rotate") return `${value < 0 ? "逆" : "顺"}时针 ${Math.abs(value)} 度`;
  return `${kind === "simplify" ? "容差 " : ""}${Math.abs(value)} 米`;
}

/** A band that is not wanted leaves nothing to choose from: back to drawing. */
export function leaveProposal(): void {
  setState({ proposal: null, preview: null });
  if (!getState().sketch?.doc.geometry) getState().use("draw");
}
