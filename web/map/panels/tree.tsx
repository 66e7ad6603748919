import { IconChevronDown, IconChevronRight, IconStack2 } from "@tabler/icons-react";
import { Checkbox, Slider } from "antd";
import { useState } from "react";
import { type Light, lightName, noLights } from "#data/domain/light.ts";
import type { LayerSummary } from "#data/domain/wire/list.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layers } from "#data/layers/registry.ts";
import { campaigns } from "#data/programme/campaigns.ts";
import { inStead } from "../../api/problem.ts";
import { useLayers } from "../../api/queries.ts";
import { LayerGlyph, StateBar, StateMark } from "../../legend/marks.tsx";
import { ErrorNote, Skeleton } from "../../shell/page-states.tsx";
import { number } from "../../ui/format.ts";
import { formatHidden, formatLayers } from "../search-params.ts";
import type { MapState } from "../state.ts";
import { useMapUi } from "../ui-state.ts";
import { AddToLayer, useAddable } from "./add.tsx";
import "./tree.css";

/** Legend rows in the order people read them: finished first, as on the mock-up. */
const legendOrder: readonly Light[] = ["done", "normal", "warn", "late", "none"];

/** Layers by campaign: what is drawn, how much there is of it and in which state. */
export function LayerTree({ state }: { state: MapState }) {
  const answer = useLayers(state.asOf);
  const counts = new Map(answer.data?.layers.map((row) => [row.id, row]));
  const openTree = useMapUi((s) => s.openTree);
  return (
    <section className="tree card" aria-label="图层">
      <header className="tree-head">
        <h2>图层</h2>
        <span className="figure quiet">
          {state.shown.length} / {layers.length} 显示
        </span>
        <button type="button" className="icon-button" aria-label="收起图层" onClick={() => openTree(false)}>
          <IconStack2 size={18} stroke={1.75} />
        </button>
      </header>
      <div className="tree-body">
        {inStead(answer) && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
        {answer.isPending && <Skeleton rows={12} height={20} />}
        {answer.data &&
          campaigns.map(({ no, numeral, short }) => (
            <Group
              key={no}
              numeral={numeral}
              name={short}
              layers={layers.filter((l) => l.campaign === no)}
              counts={counts}
              state={state}
            />
          ))}
      </div>
      <footer className="tree-foot">
        <span className="quiet">底图</span>
        <BaseChoice label="浅色" on={!state.search.base} choose={() => state.patch({ base: undefined })} />
        <BaseChoice
          label="深色"
          on={state.search.base === "dark"}
          choose={() => state.patch({ base: "dark" })}
        />
      </footer>
    </section>
  );
}

function BaseChoice({ label, on, choose }: { label: string; on: boolean; choose: () => void }) {
  return (
    <button type="button" className={on ? "tree-base on" : "tree-base"} aria-pressed={on} onClick={choose}>
      {label}
    </button>
  );
}

interface GroupProps {
  readonly numeral: string;
  readonly name: string;
  readonly layers: readonly LayerDef[];
  readonly counts: ReadonlyMap<string, LayerSummary>;
  readonly state: MapState;
}

function Group({ numeral, name, layers: own, counts, state }: GroupProps) {
  const addable = useAddable(state);
  const [open, setOpen] = useState(own.some((layer) => state.shown.includes(layer.id)));
  const Chevron = open ? IconChevronDown : IconChevronRight;
  if (own.length === 0)
    return (
      <p className="tree-group tree-empty">
        <span className="serif">{numeral}</span> {name} <span className="quiet">没有图层</span>
      </p>
    );
  return (
    <div>
      <button type="button" className="tree-group" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Chevron size={14} stroke={1.75} />
        <span className="serif">{numeral}</span> {name}
      </button>
      {open &&
        own.map((layer) => (
          <Row key={layer.id} layer={layer} summary={counts.get(layer.id)} addable={addable} state={state} />
        ))}
    </div>
  );
}

interface RowProps {
  readonly layer: LayerDef;
  readonly summary?: LayerSummary;
  readonly addable: readonly LayerDef[];
  readonly state: MapState;
}

function Row({ layer, summary, addable, state }: RowProps) {
  const active = useMapUi((s) => s.active === layer.id);
  const activate = useMapUi((s) => s.activate);
  const on = state.shown.includes(layer.id);
  const toggle = () => {
    const next = on ? state.shown.filter((id) => id !== layer.id) : [...state.shown, layer.id];
    state.patch({ layers: formatLayers(next) });
  };
  const lights = summary?.lights ?? noLights();
  return (
    <div className={active ? "tree-item active" : "tree-item"}>
      <div className={on ? "tree-row" : "tree-row off"}>
        <Checkbox checked={on} onChange={toggle} aria-label={`显示${layer.name}`} />
        <button
          type="button"
          className="tree-name"
          aria-expanded={active}
          onClick={() => activate(active ? null : layer.id)}
        >
          <LayerGlyph layer={layer} size={16} />
          <span>{layer.name}</span>
          <StateBar counts={lights} />
          <span className="figure tree-count">{summary ? number(summary.total) : ""}</span>
        </button>
        {addable.includes(layer) ? (
          <AddToLayer layer={layer} state={state} />
        ) : (
          addable.length > 0 && <i className="tree-add" />
        )}
      </div>
      {active && (
        <Legend layer={layer} lights={lights} countsOnly={summary?.countsOnly ?? false} state={state} />
      )}
    </div>
  );
}

interface LegendProps {
  readonly layer: LayerDef;
  readonly lights: Readonly<Record<Light, number>>;
  readonly countsOnly: boolean;
  readonly state: MapState;
}

function Legend({ layer, lights, countsOnly, state }: LegendProps) {
  const opacity = useMapUi((s) => s.opacity[layer.id] ?? 1);
  const fade = useMapUi((s) => s.fade);
  const hidden = state.filter.hidden[layer.id] ?? [];
  const toggle = (light: Light) => {
    const next = hidden.includes(light) ? hidden.filter((l) => l !== light) : [...hidden, light];
    state.patch({ hide: formatHidden({ ...state.filter.hidden, [layer.id]: next }) });
  };
  return (
    <div className="tree-legend">
      {countsOnly && <p className="quiet">限定图层：你看到的是各镇街的数量，不显示点位。</p>}
      <div className="tree-lights">
        {legendOrder.map((light) => (
          <button
            key={light}
            type="button"
            aria-pressed={!hidden.includes(light)}
            className={lights[light] === 0 ? "dim" : ""}
            onClick={() => toggle(light)}
          >
            <StateMark light={light} size={12} />
            <span>{lightName[light]}</span>
            <b className="figure">{number(lights[light])}</b>
          </button>
        ))}
      </div>
      <div className="tree-opacity">
        <span>不透明度</span>
        <Slider
          min={10}
          max={100}
          step={5}
          value={Math.round(opacity * 100)}
          onChange={(value) => fade(layer.id, value / 100)}
          ariaLabelForHandle={`${layer.name}不透明度`}
          tooltip={{ open: false }}
        />
        <span className="figure">{Math.round(opacity * 100)}%</span>
      </div>
    </div>
  );
}
