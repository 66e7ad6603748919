import { type Light, lightName } from "#data/domain/light.ts";
import { cssPaint, listShapes, type Shape } from "../map/symbols/marks.ts";

/** Shapes as SVG, for everything that is not the map: colours are custom properties, so a theme switch repaints. */
export function Shapes({ shapes, size }: { shapes: readonly Shape[]; size: number }) {
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
  state,
  size = 14,
  title = false,
}: {
  state: Light;
  size?: number;
  title?: boolean;
}) {
  const named = title ? { role: "img", "aria-label": lightName[state] } : { "aria-hidden": true };
  return (
    <svg width={size} height={size} viewBox={`0 0 ${size} ${size}`} style={{ flex: "none" }} {...named}>
      {title && <title>{lightName[state]}</title>}
      <Shapes shapes={listShapes(state, size, cssPaint(state))} size={size} />
    </svg>
  );
}
