import { useQuery } from "@tanstack/react-query";
import type { Map as MapLibre } from "maplibre-gl";
import { type FormEvent, useState } from "react";
import { geometryOf, type Parts, partsOf } from "#data/domain/paths.ts";
import { lineMetres, pointAt, readStakes, showStake, showStakes, stretchOf } from "#data/domain/stakes.ts";
import { type LayerDef, shownNumber, stakesField } from "#data/layers/define.ts";
import { keyRoad } from "#data/layers/key_road.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { type Border, covers } from "./border.ts";
import { itemsQuery } from "./neighbours.ts";
import { proposeBuffer } from "./proposals.ts";
import { boxOf } from "./shape/overlap.ts";
import { useEditor } from "./store.ts";

/** The whole district. */
const everywhere = "120.4,30.7,121.8,31.6";
/** Metres on each side of a stretch that becomes an area, before the person says otherwise. */
const firstWidth = 5;

const close = () => useEditor.setState({ staking: false });

/**
 * A place or a stretch of a 重点道路 by its stakes: a point lies on the centre line, a line follows it, an area is the stretch
 * made wide. Stakes count from the line's own beginning; they are nobody's official milestones.
 */
export function StretchBar({ layer, map }: { layer: LayerDef; map: MapLibre }) {
  const { data, error, refetch } = useQuery(itemsQuery(keyRoad.id, everywhere));
  const [road, setRoad] = useState<number | null>(null);
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState<string | null>(null);
  const border = useEditor((s) => s.border);
  const roads = (data?.features ?? [])
    .map(({ id, geometry, properties }) => ({
      id,
      name: String(properties.name ?? id),
      parts: partsOf(geometry),
    }))
    // The own town's come first: elsewhere it may not draw.
    .sort((a, b) => Number(isIn(border, b.parts)) - Number(isIn(border, a.parts)));
  const chosen = roads.find(({ id }) => id === road) ?? roads[0];
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!chosen) return;
    const why = put(layer, map, chosen, text);
    setWrong(why);
    if (why === null) close();
  };
  if (error) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  return (
    <form
      className="edit-draw-bar edit-stretch card"
      onSubmit={submit}
      onKeyDown={(event) => event.key === "Escape" && close()}
    >
      <p role={wrong ? "alert" : undefined}>
        {wrong ??
          (chosen
            ? `${chosen.name}长 ${number(lineMetres(chosen.parts))} 米；桩号从这条线的起点量，不是公路里程桩`
            : data
              ? "没有你能看到的重点道路"
              : "正在取道路中心线")}
      </p>
      <select
        className="form-input"
        aria-label="道路"
        value={chosen?.id ?? ""}
        onChange={(event) => setRoad(Number(event.target.value))}
      >
        {roads.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <input
        className="form-input"
        aria-label="桩号"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
        autoFocus
        placeholder={layer.geometry === "Point" ? "K1+200" : "K1+200–K2+050"}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setWrong(null);
        }}
      />
      <button type="button" className="edit-button" onClick={close}>
        不用
      </button>
      <button type="submit" className="edit-button edit-primary" disabled={!chosen || text.trim() === ""}>
        定到这里
      </button>
    </form>
  );
}

const isIn = (border: Border | null, parts: Parts): boolean => {
  const path = parts[0]?.[0] ?? [];
  return border !== null && covers(border, path[Math.floor(path.length / 2)] ?? []);
};

/** The sheet goes where something was put. */
function show(map: MapLibre, parts: Parts): void {
  const [west, south, east, north] = boxOf(parts);
  map.fitBounds([west, south, east, north], { padding: 90, maxZoom: 17, duration: 0 });
}

interface Road {
  readonly id: number;
  readonly name: string;
  readonly parts: Parts;
}

/** Puts what is open there. Why not, or `null` when it is done. */
function put(layer: LayerDef, map: MapLibre, { id, name, parts }: Road, text: string): string | null {
  const stakes = readStakes(text);
  if (!stakes) return "写成 K1+200，或一段 K1+200–K2+050";
  const whole = lineMetres(parts);
  if ((stakes.to ?? stakes.from) > whole) return `${name}只到 ${showStake(whole)}，请改小`;
  const { edit } = useEditor.getState();
  const where = `${name} ${showStakes(stakes)}`;
  if (layer.geometry === "Point") {
    const at = pointAt(parts, stakes);
    if (!at) return `${name}只到 ${showStake(whole)}，请改小`;
    const field = stakesField(layer);
    // Said with the place: whoever moves the road's line moves it too.
    const set = field ? { [field]: `${shownNumber(keyRoad, id)} ${showStakes(stakes)}` } : {};
    edit({ kind: "shape", geometry: geometryOf("Point", [[[at]]]), name: `放到 ${where}`, set });
    show(map, [[[at]]]);
    useEditor.setState({ tool: "select", drawing: [] });
    return null;
  }
  if (stakes.to === null) return "这里要一段，写成 K1+200–K2+050";
  const pieces = stretchOf(parts, stakes.from, stakes.to).map((path) => [path]);
  show(map, pieces);
  if (layer.geometry === "LineString") {
    edit({ kind: "shape", geometry: geometryOf("LineString", pieces), name: `沿 ${where}` });
    useEditor.setState({ tool: "select", drawing: [] });
  } else void proposeBuffer(firstWidth, { shape: "LineString", parts: pieces });
  return null;
}
