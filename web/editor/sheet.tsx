import type { Map as MapLibre } from "maplibre-gl";
import { useEffect, useRef, useState } from "react";
import type { Geometry } from "#data/domain/change.ts";
import { type Position, partsOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { useLive } from "../api/live.ts";
import { useSession, useWho } from "../api/session.ts";
import { createMap } from "../map/maplibre.ts";
import { NoMap } from "../map/no-map.tsx";
import { homeView, parseView } from "../map/search-params.ts";
import type { Border } from "./border.ts";
import { hatch, hatchImage, sheetStyle } from "./sheet-style.ts";

interface Props {
  readonly layer: LayerDef;
  readonly editing: number | null;
  readonly border: Border | null;
  /** Shown at first: the place, else the address's view, else the own town, else the district. */
  readonly start: Geometry | null;
  readonly view: string | undefined;
  readonly padding: { top: number; right: number; bottom: number; left: number };
  onMap(map: MapLibre | null): void;
}

/** The base map of the editor. What is being edited lies above it, in Overlay. */
export function Sheet({ layer, editing, border, start, view, padding, onMap }: Props) {
  const container = useRef<HTMLDivElement>(null);
  const [map, setMap] = useState<MapLibre | null>(null);
  const [blind, setBlind] = useState(false);
  const { today } = useWho();
  const news = useLive((s) => s.news);
  const latest = useRef({ layer, editing, border, start, view, padding, today });
  latest.current = { layer, editing, border, start, view, padding, today };

  useEffect(() => {
    const { start, view, border, padding, ...model } = latest.current;
    const asked = parseView(view);
    const made = createMap({
      container: container.current!,
      style: sheetStyle({ ...model, border, origin: window.location.origin }),
      center: asked ? [asked.lon, asked.lat] : [homeView.lon, homeView.lat],
      zoom: asked?.zoom ?? homeView.zoom,
      minZoom: 9,
      maxZoom: 20,
      maxBounds: [120.4, 30.7, 121.8, 31.6],
      maxTileCacheSize: 0,
      doubleClickZoom: false,
      keyboard: false,
      localIdeographFontFamily: false,
      transformRequest: (url) => {
        const { seq } = useSession.getState();
        return url.includes("/tiles/") && seq > 0
          ? { url, headers: { "X-Guatu-Seq": String(seq) } }
          : { url };
      },
    });
    if (!made) return setBlind(true);
    made.on("style.load", () => {
      if (!made.hasImage(hatchImage)) made.addImage(hatchImage, hatch(), { pixelRatio: 2 });
    });
    made.setPadding(padding);
    made.touchZoomRotate.disableRotation();
    const vertices = start ? partsOf(start).flat(2) : asked ? [] : (border?.rings.flat() ?? []);
    if (vertices.length > 0) {
      const { clientWidth, clientHeight } = container.current!;
      const room = Math.min(
        clientWidth - padding.left - padding.right,
        clientHeight - padding.top - padding.bottom,
      );
      made.fitBounds(boxOf(vertices), { padding: Math.min(90, room / 5), maxZoom: 16.5, duration: 0 });
    }
    setMap(made);
    onMap(made);
    return () => {
      onMap(null);
      setMap(null);
      made.remove();
    };
  }, [onMap]);

  const drawn = useRef({ layer, editing, border, today });
  useEffect(() => {
    const before = drawn.current;
    const next = { layer, editing, border, today };
    drawn.current = next;
    const same = before.layer === layer && before.editing === editing && before.border === border;
    if (map && !(same && before.today === today))
      map.setStyle(sheetStyle({ ...next, origin: window.location.origin }), { diff: true });
  }, [map, layer, editing, border, today]);
  useEffect(() => map?.easeTo({ padding, duration: 0 }) && undefined, [map, padding]);
  useEffect(() => {
    if (!map?.getSource(layer.id) || !news) return;
    if (
      news.changes === null ||
      news.changes.some((change) => change.layer === layer.id || change.layer === null)
    )
      map.refreshTiles(layer.id);
  }, [map, news, layer.id]);

  return (
    <>
      <div ref={container} className="edit-sheet" />
      {blind && <NoMap padding={padding}>属性照常可以改、可以保存；图形请换一台浏览器画。</NoMap>}
    </>
  );
}

function boxOf(vertices: readonly Position[]): [number, number, number, number] {
  const [lons, lats] = [vertices.map((p) => p[0] ?? 0), vertices.map((p) => p[1] ?? 0)];
  return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}
