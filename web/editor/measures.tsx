import type { Parts } from "#data/domain/paths.ts";
import { readStaked, showStakes } from "#data/domain/stakes.ts";
import { type LayerDef, stakesField } from "#data/layers/define.ts";
import { lineLength, ringArea } from "../map/measure.ts";
import { number } from "../ui/format.ts";
import { useParts } from "./derived.ts";
import { useEditor } from "./store.ts";

const squareMetresPerMu = 2000 / 3;

const areaOf = (parts: Parts): number =>
  parts.reduce(
    (sum, [shell = [], ...holes]) =>
      sum + ringArea(shell) - holes.reduce((away, hole) => away + ringArea(hole), 0),
    0,
  );
const aroundOf = (parts: Parts): number =>
  parts.flat().reduce((sum, ring) => sum + lineLength([...ring, ...ring.slice(0, 1)]), 0);

/** Tools whose sketch has a size of its own to be told while it is drawn. */
const hasExtent = ["draw", "part", "hole"];
const noDrawing: Parts[number][number] = [];

/** Size of the shape as it stands, in the units people use: 公顷, 亩, 米. */
export function Measures({ layer }: { layer: LayerDef }) {
  const standing = useParts();
  const drawing = useEditor((s) => (hasExtent.includes(s.tool) ? s.drawing : noDrawing));
  const pointer = useEditor((s) => (hasExtent.includes(s.tool) ? s.pointer : null));
  const said = useEditor((s) => s.sketch?.doc.attrs[stakesField(layer) ?? ""]);
  const staked = readStaked(said);
  const parts: Parts = drawing.length > 0 ? [[pointer ? [...drawing, pointer] : drawing]] : standing;
  if (parts.length === 0) return null;
  return (
    <dl className="edit-measures">
      {rows(layer, parts).map(([label, value, unit]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <b className="figure">{value}</b> {unit}
          </dd>
        </div>
      ))}
      {staked && (
        <div title="道路中心线改了，点位跟着移；手动移开就不再跟">
          <dt>沿路桩号</dt>
          <dd>
            <b className="figure">{showStakes(staked.stakes)}</b>
          </dd>
        </div>
      )}
    </dl>
  );
}

function rows(layer: LayerDef, parts: Parts): readonly (readonly [string, string, string])[] {
  if (layer.geometry === "Point") {
    const [lon = 0, lat = 0] = parts[0]?.[0]?.[0] ?? [];
    return [
      ["经度", lon.toFixed(5), "°E"],
      ["纬度", lat.toFixed(5), "°N"],
    ];
  }
  if (layer.geometry === "LineString") {
    const metres = parts.flat().reduce((sum, line) => sum + lineLength(line), 0);
    return [
      ["长度", number(metres, metres < 100 ? 1 : 0), "米"],
      ["顶点", number(parts.flat(2).length), "个"],
    ];
  }
  const area = areaOf(parts);
  return [
    ["面积", number(area / 10_000, area < 10_000 ? 4 : 2), "公顷"],
    ["合", number(area / squareMetresPerMu, 1), "亩"],
    ["周长", number(aroundOf(parts)), "米"],
  ];
}

/** `10.68 公顷（160.2 亩）` or `2,350 米` of any shape, for the conflict dialog. */
export function sizeText(layer: LayerDef, parts: Parts): string {
  const [first, second] = rows(layer, parts);
  if (!first) return "";
  if (layer.geometry === "Point") return `${first[1]}, ${second?.[1]}`;
  return layer.geometry === "Polygon" && second
    ? `${first[1]} ${first[2]}（${second[1]} ${second[2]}）`
    : `${first[1]} ${first[2]}`;
}
