import type { Light } from "#data/domain/light.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { glyphPaths } from "../map/symbols/glyphs.ts";
import { cssPaint, markBox, markShapes } from "../map/symbols/marks.ts";
import { Shapes } from "./state-mark.tsx";

/** The glyph of a layer in the text's own colour, for trees and lists. Its name must stand beside it. */
export function LayerGlyph({ layer, size = 16 }: { layer: Pick<LayerDef, "glyph">; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.75}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
      style={{ flex: "none" }}
    >
      {glyphPaths(layer.glyph).map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  );
}

/** The whole map mark (shape, glyph, halo, 完成 badge) as it stands on the map. */
export function MapMark({
  layer,
  state,
  size = 24,
}: {
  layer: Pick<LayerDef, "glyph">;
  state: Light;
  size?: number;
}) {
  const box = markBox(size);
  return (
    <svg width={box} height={box} viewBox={`0 0 ${box} ${box}`} aria-hidden style={{ flex: "none" }}>
      <Shapes shapes={markShapes(state, size, cssPaint(state), layer.glyph)} size={box} />
    </svg>
  );
}
