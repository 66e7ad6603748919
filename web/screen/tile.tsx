import { type Light, lightName } from "#data/domain/light.ts";

const side = 72;
const middle = side / 2;

/** A task as a tile: its shape is its state, its number stands inside; 完成 is a tick. Size by CSS. */
export function TaskTile({ no, light }: { no: number; light: Light }) {
  const says = `任务 ${no} ${lightName[light]}`;
  return (
    <svg className="wall-tile" viewBox={`0 0 ${side} ${side}`} role="img" aria-label={says}>
      <title>{says}</title>
      <TileShape light={light} />
      {light === "done" ? null : (
        <text
          x={middle}
          y={light === "warn" ? 58 : 49}
          textAnchor="middle"
          fontSize={light === "warn" ? 34 : 37}
          fill={hollow(light) ? `var(--state-${light}-text)` : `var(--state-${light}-on-fill)`}
        >
          {no}
        </text>
      )}
    </svg>
  );
}

const hollow = (light: Light): boolean => light === "normal" || light === "none";

function TileShape({ light }: { light: Light }) {
  const fill = `var(--state-${light}-fill)`;
  if (light === "done")
    return (
      <>
        <circle cx={middle} cy={middle} r={34} fill="var(--state-done-tint)" />
        <path
          d="M22 37l10 10 19-21"
          fill="none"
          stroke={fill}
          strokeWidth={6}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </>
    );
  if (light === "late") return <rect x={3} y={3} width={66} height={66} rx={7} fill={fill} />;
  if (light === "warn")
    return <path d="M36 2L70 64a4 4 0 0 1-3.500 6h-61A4 4 0 0 1 2 64z" fill={fill} strokeLinejoin="round" />;
  return (
    <circle
      cx={middle}
      cy={middle}
      r={32}
      fill="none"
      stroke={fill}
      strokeWidth={4}
      strokeDasharray={light === "none" ? "9 8" : undefined}
    />
  );
}
