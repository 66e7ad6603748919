import { geometryOf, partsOf } from "#data/domain/paths.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import { send } from "../api/client.ts";
import { asProblem } from "../api/problem.ts";
import { openShape, say } from "./proposals.ts";
import { useEditor } from "./store.ts";
import { inWorker } from "./worker/call.ts";

const { getState, setState } = useEditor;

/** Chooses another place for merging, or lets it go. Says why when it may not be. */
export async function pick(feature: number): Promise<void> {
  const { view, picked, layer } = getState();
  if (!view || !layer || feature === view.feature.id) return;
  if (picked.some((each) => each.feature.id === feature))
    return setState({ picked: picked.filter((each) => each.feature.id !== feature), hint: null });
  try {
    const other = await send<FeatureView>(`/api/features/${feature}/view`);
    const { name } = other.feature.properties;
    const why = mergeBlocked(view, other);
    if (why) return setState({ hint: `“${String(name)}”${why}` });
    if (getState().tool === "merge") setState((old) => ({ picked: [...old.picked, other], hint: null }));
  } catch (error) {
    setState({ hint: asProblem(error).message });
  }
}

function mergeBlocked(view: FeatureView, other: FeatureView): string | null {
  if (other.feature.guatu.layer !== view.feature.guatu.layer) return "不在同一个图层，不能合并";
  if (other.feature.guatu.town !== view.feature.guatu.town) return "不在同一个镇街，不能合并";
  return other.may.delete ? null : (other.may.why ?? "你不能改，所以不能合并");
}

/** This place takes the shapes of the chosen ones, which are deleted with the same save. */
export async function mergePicked(): Promise<void> {
  const now = openShape();
  const { picked } = getState();
  if (!now || picked.length === 0) return;
  const all = [...now.parts, ...picked.flatMap((other) => partsOf(other.feature.geometry))];
  const parts = await inWorker("merged", now.layer.geometry, all).catch(() => null);
  if (getState().sketch?.doc !== now.doc) return;
  if (!parts || parts.length === 0) return say("没有合并成，请先处理图上标出的问题");
  const others = picked.map(({ feature }) => ({
    feature: feature.id,
    version: feature.guatu.version,
    name: String(feature.properties.name ?? feature.id),
  }));
  getState().edit({
    kind: "regroup",
    geometry: geometryOf(now.layer.geometry, parts),
    pieces: now.doc.pieces,
    along: now.doc.along?.filter(({ feature }) => !others.some((other) => other.feature === feature)),
    absorbed: [...(now.doc.absorbed ?? []), ...others],
    name: `合并 ${others.length + 1} 处${parts.length > 1 ? `，不相连，分 ${parts.length} 块` : ""}`,
  });
  setState({ tool: "select", picked: [] });
}
