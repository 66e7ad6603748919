import { type Light, type LightCounts, lightName, lights } from "#data/domain/light.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { glyphPath } from "../map/symbols/glyphs.ts";
import { cssPaint, listShapes, type Shape } from "../map/symbols/marks.ts";

/** Shapes as SVG, for everything that is not the map: colours are custom properties, so a theme switch repaints. */
function Shapes({ shapes, size }: { shapes: readonly Shape[]; size: number }) {
  return (
    <g transform={`translate(${size / 2} ${size / 2})`} strokeLinecap="round" strokeLinejoin="round">
      {shapes.map(({ d, fill = "none", stroke = "none", width, dash, place }, i) => (
        <path
          // biome-ignore lint/suspicious/noArrayIndexKey: a mark's paths have no identity but their order
          key={i}
          d={d}
          fill={fill}
          stroke={stroke}
          strokeWidth={width}
          strokeDasharray={dash?.join(" ")}
          transform={place ? `translate(${place.x} ${place.y}) scale(${place.scale})` : undefined}
        />
      ))}
    </g>
  );
}

/** ✓ ● ▲ ■ ○ of a light. With `title` it speaks for itself; without, the light's name must stand beside it. */
export function StateMark({
  light,
  size = 14,
  title = false,
}: {
  light: Light;
  size?: number;
  title?: boolean;
}) {
  const drawing = <Shapes shapes={listShapes(light, size, cssPaint(light))} size={size} />;
  const box = { width: size, height: size, viewBox: `0 0 ${size} ${size}`, style: { flex: "none" } };
  return title ? (
    <svg {...box} role="img" aria-label={lightName[light]}>
      <title>{lightName[light]}</title>
      {drawing}
    </svg>
  ) : (
    <svg {...box} aria-hidden="true">
      {drawing}
    </svg>
  );
}

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
      aria-hidden="true"
      style={{ flex: "none" }}
    >
      <path d={glyphPath(layer.glyph)} />
    </svg>
  );
}

const barOrder: readonly Light[] = ["done", "normal", "warn", "late", "none"];

/** Widths in px of the parts of a bar; every state that occurs keeps at least 2 px, so that one 滞后 in a thousand shows. */
export function barParts(counts: LightCounts, width: number): { light: Light; x: number; width: number }[] {
  const present = barOrder.filter((light) => counts[light] > 0);
  const total = present.reduce((sum, light) => sum + counts[light], 0);
  const least = 2;
  const free = width - least * present.length;
  let x = 0;
  return present.map((light) => {
    const part = { light, x, width: least + (free * counts[light]) / total };
    x += part.width;
    return part;
  });
}

/** The 44 × 6 bar of a layer or unit. 未开始 is hollow. */
export function StateBar({
  counts,
  width = 44,
  height = 6,
}: {
  counts: LightCounts;
  width?: number;
  height?: number;
}) {
  const said = lights
    .filter((light) => counts[light] > 0)
    .map((light) => `${lightName[light]} ${counts[light]}`);
  return (
    <svg
      width={width}
      height={height}
      role="img"
      aria-label={said.join("，") || "没有"}
      style={{ flex: "none" }}
    >
      {barParts(counts, width).map((part) => {
        const hollow = part.light === "none";
        const inset = hollow ? 0.5 : 0;
        return (
          <rect
            key={part.light}
            x={part.x + inset}
            y={inset}
            width={Math.max(part.width - 1 - inset, 1)}
            height={height - 2 * inset}
            rx={1}
            fill={hollow ? "none" : `var(--state-${part.light}-fill)`}
            stroke={hollow ? "var(--state-none-edge)" : "none"}
          />
        );
      })}
    </svg>
  );
}
