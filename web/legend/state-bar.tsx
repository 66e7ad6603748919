import { type Light, type LightCounts, lightName, lights } from "#data/domain/light.ts";

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
