import { create } from "zustand";
import { type LayerDef, targetsOfFeature } from "#data/layers/define.ts";
import { enqueuePhotos } from "../outbox/api.ts";
import type { Base } from "./base.ts";
import type { Doc } from "./document.ts";

interface Shots {
  /** Pictures taken of a place that is not stored yet, by its uid. They go behind it when it is saved. */
  readonly files: Readonly<Record<string, readonly File[]>>;
  add(uid: string, files: readonly File[]): void;
  drop(uid: string, file: File): void;
}

export const useShots = create<Shots>()((set) => ({
  files: {},
  add: (uid, files) =>
    set((old) => ({ files: { ...old.files, [uid]: [...(old.files[uid] ?? []), ...files] } })),
  drop: (uid, file) =>
    set((old) => ({
      files: { ...old.files, [uid]: (old.files[uid] ?? []).filter((each) => each !== file) },
    })),
}));

/** The task of a place that its first pictures show; null where it has none and needs no evidence. */
export const targetOfShots = (layer: LayerDef, doc: Doc): number | null =>
  targetsOfFeature(layer, doc.attrs)[0] ?? null;

/** Queues what was taken of a new place behind the change that creates it. */
export async function sendShots(layer: LayerDef, base: Base, doc: Doc): Promise<void> {
  const files = useShots.getState().files[base.uid];
  const target = targetOfShots(layer, doc);
  if (base.feature !== null || !files?.length || target === null) return;
  const title = String(doc.attrs.name ?? layer.name);
  await enqueuePhotos({ title, layer: layer.id, subjects: [base.uid], target, phase: "before" }, files);
  useShots.setState((old) => ({ files: { ...old.files, [base.uid]: [] } }));
}
