import { IconCheck, IconGitMerge } from "@tabler/icons-react";
import type { Geometry } from "#data/domain/change.ts";
import type { FieldMerge, Merged } from "#data/domain/merge.ts";
import { partsOf, vertexCount } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { showValue } from "../forms/value.ts";
import { taskOfField } from "./base.ts";
import type { ShapeChoice } from "./conflict-map.tsx";
import type { Doc } from "./document.ts";
import { sizeText } from "./measures.tsx";

export type Side = "mine" | "theirs";

const labelOf = (layer: LayerDef, id: string) =>
  taskOfField(id) === null ? (layer.fields[id]?.label ?? id) : "进度";
const textOf = (layer: LayerDef, id: string, value: unknown) =>
  taskOfField(id) === null ? showValue(layer.fields[id], value) : `${value}%`;
export const shapeLabel = (layer: LayerDef) =>
  ({ Point: "位置", LineString: "走向", Polygon: "边界" })[layer.geometry];
export const shapeText = (geometry: Geometry | null) => (geometry ? `${vertexCount(geometry)} 个顶点` : "");

export const AutoMerged = () => (
  <small className="conflict-auto">
    <IconGitMerge size={13} stroke={2} aria-hidden="true" /> 自动合并
  </small>
);

export function QuietRow({ layer, field }: { layer: LayerDef; field: FieldMerge }) {
  const text = (value: unknown) => textOf(layer, field.field, value);
  const changed = (side: Side) => field.outcome === "both" || field.outcome === side;
  return (
    <tr>
      <th scope="row">
        {labelOf(layer, field.field)}
        <AutoMerged />
      </th>
      <td>{text(field.base)}</td>
      <td>{changed("mine") ? text(field.mine) : <span className="quiet">未改</span>}</td>
      <td>{changed("theirs") ? text(field.theirs) : <span className="quiet">未改</span>}</td>
    </tr>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly text: string;
  readonly small?: string;
  readonly chosen: boolean;
  onChoose(): void;
}

const Choice = ({ name, label, text, small, chosen, onChoose }: ChoiceProps) => (
  <td className="conflict-choice" data-chosen={chosen || undefined}>
    <label>
      <input type="radio" name={name} checked={chosen} onChange={onChoose} aria-label={`${label}：${text}`} />
      <span>
        {text}
        {small && <small>{small}</small>}
      </span>
    </label>
  </td>
);

const Chosen = ({ text }: { text: string | null }) =>
  text ? (
    <small className="conflict-chosen">
      <IconCheck size={13} stroke={2} aria-hidden="true" /> {text}
    </small>
  ) : (
    <small className="conflict-count">要选</small>
  );

interface OpenRowProps {
  readonly layer: LayerDef;
  readonly field: FieldMerge;
  readonly them: string;
  readonly chosen: Side | undefined;
  onChoose(side: Side): void;
}

export function OpenRow({ layer, field, them, chosen, onChoose }: OpenRowProps) {
  const text = (value: unknown) => textOf(layer, field.field, value);
  return (
    <tr className="conflict-open">
      <th scope="row">
        {labelOf(layer, field.field)}
        <Chosen text={chosen ? "已选" : null} />
      </th>
      <td>{text(field.base)}</td>
      {(["mine", "theirs"] as const).map((side) => (
        <Choice
          key={side}
          name={`conflict-${field.field}`}
          label={side === "mine" ? "我的" : them}
          text={text(field[side])}
          chosen={chosen === side}
          onChoose={() => onChoose(side)}
        />
      ))}
    </tr>
  );
}

interface ShapeRowProps {
  readonly layer: LayerDef;
  readonly base: Doc;
  readonly mine: Doc;
  readonly theirs: Doc;
  readonly merged: Merged;
  readonly them: string;
  readonly chosen: ShapeChoice | null;
  onChoose(shape: ShapeChoice): void;
}

export function ShapeRow({ layer, base, mine, theirs, merged, them, chosen, onChoose }: ShapeRowProps) {
  const size = (doc: Doc) => (doc.geometry ? sizeText(layer, partsOf(doc.geometry)).replace(/（.*/, "") : "");
  const moved = (n: number) => (layer.geometry === "Point" ? "移动了" : `动了 ${n} 个顶点`);
  return (
    <tr className="conflict-open">
      <th scope="row">
        {shapeLabel(layer)}
        <Chosen text={chosen === "vertices" ? "逐顶点合并" : chosen ? "已选" : null} />
      </th>
      <td>
        {shapeText(base.geometry)}
        <small>{size(base)}</small>
      </td>
      <Choice
        name="conflict-shape"
        label="我的"
        text={moved(merged.geometry.movedByMe)}
        small={size(mine)}
        chosen={chosen === "mine"}
        onChoose={() => onChoose("mine")}
      />
      <Choice
        name="conflict-shape"
        label={them}
        text={moved(merged.geometry.movedByThem)}
        small={size(theirs)}
        chosen={chosen === "theirs"}
        onChoose={() => onChoose("theirs")}
      />
    </tr>
  );
}

export function Preview({
  layer,
  merged,
  doc,
  left,
}: {
  layer: LayerDef;
  merged: Merged;
  doc: Doc;
  left: number;
}) {
  if (left > 0) return null;
  return (
    <div className="conflict-preview">
      <span className="quiet">保存后</span>
      <p>
        {merged.fields.map(({ field }) => {
          const task = taskOfField(field);
          return (
            <span key={field}>
              <span className="quiet">{labelOf(layer, field)}</span>{" "}
              {textOf(layer, field, task === null ? doc.attrs[field] : doc.progress[task])}
            </span>
          );
        })}
        {merged.geometry.outcome !== "same" && doc.geometry && (
          <span>
            <span className="quiet">{shapeLabel(layer)}</span> {shapeText(doc.geometry)}，
            <b>{sizeText(layer, partsOf(doc.geometry))}</b>
          </span>
        )}
      </p>
    </div>
  );
}
