import { AmbientLight, Deck, DirectionalLight, LightingEffect, OrbitView } from "@deck.gl/core";
import { SolidPolygonLayer } from "@deck.gl/layers";
import { tilt } from "./projection.ts";
import type { Ring } from "./simplify.ts";

export interface Slabs {
  /** Frees the drawing context: a wall runs for weeks. */
  stop(): void;
}

interface SlabOptions {
  readonly canvas: HTMLCanvasElement;
  readonly width: number;
  readonly height: number;
  /** Screen px of one stage px, so that the wall's own pixels are drawn and no more. */
  readonly pixels: number;
  /** Outlines in px of the plane, y up. */
  readonly outlines: readonly Ring[];
  readonly slab: number;
  readonly color: string;
  /** No WebGL, or it was lost. */
  readonly onFail: () => void;
}

/** From above and behind: the tops are lit, the walls towards the viewer lie in shade. */
const lighting = () =>
  new LightingEffect({
    ambient: new AmbientLight({ color: [255, 255, 255], intensity: 1 }),
    sun: new DirectionalLight({ color: [255, 255, 255], intensity: 1, direction: [0.35, -0.45, -1] }),
  });

/** Draws the towns as slabs of one height and one hue. It draws once and again only when asked to. */
export function drawSlabs({
  canvas,
  width,
  height,
  pixels,
  outlines,
  slab,
  color,
  onFail,
}: SlabOptions): Slabs {
  canvas.addEventListener("webglcontextlost", onFail);
  const deck = new Deck({
    canvas,
    width,
    height,
    useDevicePixels: pixels,
    controller: false,
    views: new OrbitView({ id: "wall", orbitAxis: "Z", orthographic: true }),
    viewState: { target: [0, 0, 0], zoom: 0, rotationX: tilt, rotationOrbit: 0 },
    effects: [lighting()],
    layers: [
      new SolidPolygonLayer<Ring>({
        id: "towns",
        data: outlines,
        getPolygon: (outline) => outline.map(([x, y]): [number, number] => [x, y]),
        getElevation: slab,
        getFillColor: rgb(color),
        extruded: true,
        material: { ambient: 0.56, diffuse: 0.5, shininess: 1, specularColor: [0, 0, 0] },
      }),
    ],
    onError: onFail,
  });
  return {
    stop: () => {
      canvas.removeEventListener("webglcontextlost", onFail);
      deck.finalize();
    },
  };
}

const rgb = (hex: string): [number, number, number] => {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
};
