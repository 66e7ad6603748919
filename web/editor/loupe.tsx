import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useRef } from "react";
import { partsOf } from "#data/domain/paths.ts";
import { useEditor } from "./store.ts";

/** px across, and how much larger things are in it. */
const [size, zoom] = [112, 2];

/** What the finger hides: the place under a dragged vertex, twice as large, in the corner that the vertex is not in. */
export function Loupe({ map }: { map: MapLibre }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const preview = useEditor((s) => s.preview);
  const dragged = useEditor((s) => s.dragged);
  const at = preview && dragged ? partsOf(preview)[dragged.part]?.[dragged.ring]?.[dragged.index] : undefined;
  const { x, y } = at ? map.project([at[0] ?? 0, at[1] ?? 0]) : { x: 0, y: 0 };
  const shown = at !== undefined;
  useEffect(() => {
    const pen = canvas.current?.getContext("2d");
    if (!shown || !preview || !pen) return;
    const draw = () => {
      const sharp = window.devicePixelRatio;
      const part = size / zoom;
      pen.setTransform(1, 0, 0, 1, 0, 0);
      pen.clearRect(0, 0, size * sharp, size * sharp);
      // Only in its own frame does WebGL still hold the picture.
      pen.drawImage(
        map.getCanvas(),
        (x - part / 2) * sharp,
        (y - part / 2) * sharp,
        part * sharp,
        part * sharp,
        0,
        0,
        size * sharp,
        size * sharp,
      );
      pen.setTransform(sharp, 0, 0, sharp, 0, 0);
      pen.strokeStyle = getComputedStyle(pen.canvas).color;
      pen.lineWidth = 2.6;
      const closed = preview.type.endsWith("Polygon");
      for (const path of partsOf(preview).flat()) {
        pen.beginPath();
        for (const [lon = 0, lat = 0] of path) {
          const pixel = map.project([lon, lat]);
          pen.lineTo((pixel.x - x) * zoom + size / 2, (pixel.y - y) * zoom + size / 2);
        }
        if (closed) pen.closePath();
        pen.stroke();
      }
      pen.strokeRect(size / 2 - 6, size / 2 - 6, 12, 12);
    };
    map.once("render", draw);
    map.triggerRepaint();
    return () => {
      map.off("render", draw);
    };
  }, [map, preview, shown, x, y]);
  const left = x < map.getContainer().clientWidth / 2;
  return (
    <canvas
      ref={canvas}
      className="edit-loupe"
      hidden={!shown}
      data-side={left ? "right" : "left"}
      width={size * window.devicePixelRatio}
      height={size * window.devicePixelRatio}
    />
  );
}
