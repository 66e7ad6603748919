import { useEffect, useMemo, useRef, useState } from "react";
import type { Light } from "#data/domain/light.ts";
import type { ProgrammeAnswer } from "#data/domain/wire/programme.ts";
import { towns } from "#data/programme/towns.ts";
import { StateMark } from "../../legend/marks.tsx";
import { tokens } from "../../theme/tokens.ts";
import { placeLabels } from "./labels.ts";
import { fitted, type Projection } from "./projection.ts";
import { lakeShapes, townShapes } from "./shapes.ts";
import type { Ring } from "./simplify.ts";
import type { Slabs } from "./slabs.ts";

interface DistrictProps {
  readonly answer: ProgrammeAnswer;
  /** Stage px. */
  readonly width: number;
  readonly height: number;
  /** Screen px of one stage px. */
  readonly scale: number;
}

const box = [120.849, 30.94, 121.321, 31.296] as const;
const margin = 60;
/** Px of a name: a small map carries smaller ones. */
const labelSize = (width: number) => (width < 1400 ? 38 : 44);
/** Only what must be seen is outlined; 滞后 last, over its neighbours' lines. */
const outlined = ["warn", "late"] as const satisfies readonly Light[];

/** The district as a model on the table: slabs of one height, names with lights, outlines of 预警 and 滞后. */
export function District({ answer, width, height, scale }: DistrictProps) {
  const slab = Math.round(Math.min(width, height) * 0.075);
  const scene = useMemo(() => sceneOf(width, height, slab), [width, height, slab]);
  const { canvas, plain } = useSlabs(scene, { width, height, slab, pixels: scale * window.devicePixelRatio });
  const lightOf = (code: string) => answer.towns.find((town) => town.code === code)?.light ?? "none";
  return (
    <div className="wall-district" style={{ width, height }}>
      <svg width={width} height={height} aria-hidden="true">
        <g className="wall-ground">
          {scene.towns.map(({ code, ground }) => (
            <path key={code} d={ground} />
          ))}
        </g>
        {plain && <PlainSlabs scene={scene} slab={slab} />}
      </svg>
      <canvas key={`${width} ${height}`} ref={canvas} hidden={plain} />
      <svg width={width} height={height} aria-hidden="true">
        <clipPath id="wall-tops">
          {scene.towns.map(({ code, top }) => (
            <path key={code} d={top} />
          ))}
        </clipPath>
        <g clipPath="url(#wall-tops)" className="wall-lakes">
          {scene.lakes.map((d) => (
            <path key={d} d={d} />
          ))}
        </g>
        <g className="wall-borders">
          {scene.towns.map(({ code, top }) => (
            <path key={code} d={top} />
          ))}
        </g>
        {outlined.map((light) => (
          <g key={light} className={`wall-outline is-${light}`}>
            {scene.towns
              .filter(({ code }) => lightOf(code) === light)
              .map(({ code, top }) => (
                <path key={code} d={top} />
              ))}
          </g>
        ))}
      </svg>
      <ul aria-label="镇街位置">
        {scene.labels.map(({ key, left, top }) => (
          <li key={key} className="wall-town-label" style={{ left, top, fontSize: scene.font }}>
            <StateMark light={lightOf(key)} size={scene.font * 0.82} title />
            {towns.find((town) => town.code === key)?.short}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Without WebGL the same model from stacked outlines: flat, but nothing is missing. */
function PlainSlabs({ scene, slab }: { scene: Scene; slab: number }) {
  const steps = Math.round(slab / 4);
  return (
    <g className="wall-plain">
      {Array.from({ length: steps }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: layers of one thing, in order
        <g key={i} transform={`translate(0 ${(-i * scene.rise) / steps})`}>
          {scene.towns.map(({ code, ground }) => (
            <path key={code} d={ground} />
          ))}
        </g>
      ))}
      <g className="wall-plain-top">
        {scene.towns.map(({ code, top }) => (
          <path key={code} d={top} />
        ))}
      </g>
    </g>
  );
}

type Scene = ReturnType<typeof sceneOf>;

function sceneOf(width: number, height: number, slab: number) {
  const inner = fitted(box, width - 2 * margin, height - 2 * margin, slab);
  const at: Projection["screen"] = (point, up) => {
    const [x, y] = inner.screen(point, up);
    return [x + margin, y + margin];
  };
  const path = (rings: readonly Ring[], up: number) =>
    rings
      .map(
        (ring) =>
          `M${ring
            .map((point) =>
              at(point, up)
                .map((v) => v.toFixed(1))
                .join(" "),
            )
            .join("L")}Z`,
      )
      .join("");
  const shapes = townShapes();
  const font = labelSize(width);
  return {
    font,
    /** Screen px a slab rises. */
    rise: at([121, 31], 0)[1] - at([121, 31], slab)[1],
    outlines: shapes.flatMap(({ parts }) => parts.map((ring) => ring.map(inner.plane))),
    towns: shapes.map(({ code, parts }) => ({ code, ground: path(parts, 0), top: path(parts, slab) })),
    lakes: lakeShapes().map((ring) => path([ring], slab)),
    labels: placeLabels(
      shapes.map(({ code, label }) => {
        const [x, y] = at(label, slab);
        const name = towns.find((town) => town.code === code)?.short ?? "";
        return { key: code, x, y, width: font * (name.length + 1.25), height: font * 1.35 };
      }),
    ),
  };
}

interface Drawn {
  readonly width: number;
  readonly height: number;
  readonly slab: number;
  readonly pixels: number;
}

/** The slabs are drawn by deck.gl, which is fetched only here; `plain` when this machine cannot. */
function useSlabs({ outlines }: Scene, { width, height, slab, pixels }: Drawn) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [plain, setPlain] = useState(false);
  useEffect(() => {
    let slabs: Slabs | null = null;
    let gone = false;
    const fail = () => setPlain(true);
    import("./slabs.ts")
      .then(({ drawSlabs }) => {
        if (gone || !canvas.current) return;
        const color = tokens.color.wall.scoreRamp[2] ?? tokens.color.wall.bar;
        slabs = drawSlabs({
          canvas: canvas.current,
          width,
          height,
          slab,
          pixels,
          outlines,
          color,
          onFail: fail,
        });
      })
      .catch(fail);
    return () => {
      gone = true;
      slabs?.stop();
    };
  }, [outlines, width, height, slab, pixels]);
  return { canvas, plain };
}
