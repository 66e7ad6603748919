import type { ProposalPlace } from "#data/domain/proposal-answers.ts";
import { layerById } from "#data/layers/registry.ts";
import { ConflictMap } from "../editor/conflict-map.tsx";

/** Both shapes of one place over the base map with the town borders: dotted as it is, dashed as it is to be. */
export function Preview({ place }: { place: ProposalPlace }) {
  const layer = layerById(place.layer);
  if (!layer) return null;
  return <ConflictMap layer={layer} base={place.before} mine={null} theirs={place.after} them="改后" />;
}
