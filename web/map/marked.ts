import type { Map as MapLibre } from "maplibre-gl";
import type { LayerDef } from "#data/layers/define.ts";
import { pointSource, selectionSource } from "./compose.ts";

/** What of the map stands out: under the pointer, selected, chosen together. The style draws it by feature states. */
export class Marked {
  readonly #map: MapLibre;
  readonly #layers: () => readonly LayerDef[];
  #hovered: number | null = null;
  #selected: number | null = null;
  /** Chosen together: feature → layer. */
  #picked: ReadonlyMap<number, string> = new Map();

  constructor(map: MapLibre, layers: () => readonly LayerDef[]) {
    this.#map = map;
    this.#layers = layers;
  }

  hover(id: number | null): void {
    if (id === this.#hovered) return;
    if (this.#hovered !== null) this.#state(this.#hovered, { hover: false });
    this.#hovered = id;
    if (id !== null) this.#state(id, { hover: true });
  }

  select(id: number | null): void {
    const before = this.#selected;
    this.#selected = id;
    if (before !== null && before !== id && !this.#picked.has(before))
      this.#state(before, { selected: false });
    if (id !== null) this.#state(id, { selected: true });
  }

  /** Marks what is chosen together; `anew` also what was marked before. */
  pick(picked: ReadonlyMap<number, string>, anew = false): void {
    const before = this.#picked;
    this.#picked = picked;
    for (const [id, layer] of before)
      if (!picked.has(id) && id !== this.#selected) this.#stateIn(layer, id, { selected: false });
    for (const [id, layer] of picked)
      if (anew || !before.has(id)) this.#stateIn(layer, id, { selected: true });
  }

  /** A source that is new knows nothing of what is chosen in it. */
  pickAgain(): void {
    this.pick(this.#picked, true);
  }

  /** Feature ids are unique over layers, so the state is set wherever the feature may be drawn. */
  #state(id: number, state: Record<string, boolean>): void {
    for (const { id: layer } of this.#layers())
      if (this.#map.getSource(layer))
        this.#map.setFeatureState({ source: layer, sourceLayer: layer, id }, state);
    for (const source of [pointSource, selectionSource])
      if (this.#map.getSource(source)) this.#map.setFeatureState({ source, id }, state);
  }

  #stateIn(layer: string, id: number, state: Record<string, boolean>): void {
    if (this.#map.getSource(layer))
      this.#map.setFeatureState({ source: layer, sourceLayer: layer, id }, state);
    if (this.#map.getSource(pointSource)) this.#map.setFeatureState({ source: pointSource, id }, state);
  }
}
