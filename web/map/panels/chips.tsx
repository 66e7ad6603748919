import { IconPlus, IconX } from "@tabler/icons-react";
import { Checkbox, Popover } from "antd";
import { type ReactNode, useState } from "react";
import { type Light, lightName, lights } from "#data/domain/light.ts";
import { campaigns } from "#data/programme/campaigns.ts";
import { targets } from "#data/programme/targets.ts";
import { towns } from "#data/programme/towns.ts";
import { units } from "#data/programme/units.ts";
import { useList } from "../../api/queries.ts";
import { StateMark } from "../../legend/marks.tsx";
import { number } from "../../ui/format.ts";
import { numerals } from "../filter.ts";
import { dueName, dues, items, join, type MapSearch } from "../search-params.ts";
import type { MapState } from "../state.ts";
import "./chips.css";

type Key = "town" | "campaign" | "light" | "lead" | "due" | "target";

interface Choice {
  readonly value: string;
  readonly label: string;
  readonly mark?: ReactNode;
}

interface Chip {
  readonly key: Key;
  readonly name: string;
  readonly choices: readonly Choice[];
  /** One answer only. */
  readonly single?: true;
  readonly told: (values: readonly string[]) => string;
}

const named = (choices: readonly Choice[]) => (values: readonly string[]) => {
  const labels = values.map((value) => choices.find((choice) => choice.value === value)?.label ?? value);
  return labels.length > 5 ? `${labels[0]}等 ${labels.length} 个` : labels.join("、");
};

const leadIds = new Set(targets.map((target) => target.leads[0]));
const townChoices = towns.map(({ code, short }) => ({ value: code, label: short }));
const lightChoices = lights.map((light) => ({
  value: light,
  label: lightName[light],
  mark: <StateMark light={light as Light} size={12} />,
}));
const leadChoices = units
  .filter(({ id }) => leadIds.has(id))
  .map(({ id, short }) => ({ value: id, label: short }));
const dueChoices = dues.map((due) => ({ value: due, label: dueName[due] }));

const chips: readonly Chip[] = [
  { key: "town", name: "镇街", choices: townChoices, told: named(townChoices) },
  {
    key: "campaign",
    name: "专项行动",
    choices: campaigns.map(({ no, numeral, short }) => ({
      value: String(no),
      label: short,
      mark: <span className="serif">{numeral}</span>,
    })),
    told: numerals,
  },
  { key: "light", name: "状态", choices: lightChoices, told: named(lightChoices) },
  { key: "lead", name: "牵头单位", choices: leadChoices, told: named(leadChoices) },
  { key: "due", name: "期限", choices: dueChoices, single: true, told: named(dueChoices) },
  {
    key: "target",
    name: "目标任务",
    choices: targets.map(({ no, short }) => ({
      value: String(no),
      label: short,
      mark: <span className="figure">{no}</span>,
    })),
    told: (values) => values.join("、"),
  },
];

const noFilters: Partial<MapSearch> = Object.fromEntries(chips.map(({ key }) => [key, undefined]));

/** 筛选 in the address: every chip can be taken off, all at once by 重置; under them how much is left. */
export function Chips({ state }: { state: MapState }) {
  const set = chips.filter(({ key }) => state.search[key]);
  return (
    <div className="chips">
      <div className="chips-row">
        {set.map((chip) => (
          <ChipView key={chip.key} chip={chip} state={state} />
        ))}
        <Popover trigger="click" placement="bottomLeft" content={<AllFilters state={state} />}>
          <button type="button" className="chip chip-add">
            <IconPlus size={15} stroke={2} /> 筛选
          </button>
        </Popover>
        {set.length > 0 && (
          <button type="button" className="chips-reset" onClick={() => state.patch(noFilters)}>
            重置
          </button>
        )}
      </div>
      <Matching state={state} />
    </div>
  );
}

function ChipView({ chip, state }: { chip: Chip; state: MapState }) {
  return (
    <span className="chip">
      <Popover trigger="click" placement="bottomLeft" content={<Choices chip={chip} state={state} />}>
        <button type="button" className="chip-value">
          <span className="quiet">{chip.name}</span> <b>{chip.told(items(state.search[chip.key]))}</b>
        </button>
      </Popover>
      <button
        type="button"
        className="chip-off"
        aria-label={`去掉筛选：${chip.name}`}
        onClick={() => state.patch({ [chip.key]: undefined })}
      >
        <IconX size={14} stroke={2} />
      </button>
    </span>
  );
}

function Choices({ chip, state }: { chip: Chip; state: MapState }) {
  const chosen = items(state.search[chip.key]);
  const toggle = (value: string) => {
    const on = chosen.includes(value);
    const next = chip.single
      ? on
        ? []
        : [value]
      : on
        ? chosen.filter((v) => v !== value)
        : [...chosen, value];
    state.patch({ [chip.key]: join(next) });
  };
  return (
    <fieldset className={chip.choices.length > 12 ? "choices wide" : "choices"}>
      <legend className="out-of-sight">{chip.name}</legend>
      {chip.choices.map(({ value, label, mark }) => (
        <Checkbox key={value} checked={chosen.includes(value)} onChange={() => toggle(value)}>
          <span className="choice">
            {mark}
            {label}
          </span>
        </Checkbox>
      ))}
    </fieldset>
  );
}

function AllFilters({ state }: { state: MapState }) {
  const [open, setOpen] = useState<Key>("town");
  const chip = chips.find(({ key }) => key === open)!;
  return (
    <div className="filters">
      <div role="tablist" aria-label="筛选项" className="filters-keys">
        {chips.map(({ key, name }) => (
          <button
            key={key}
            type="button"
            role="tab"
            aria-selected={key === open}
            onClick={() => setOpen(key)}
          >
            {name}
            {state.search[key] && <span className="figure"> {items(state.search[key]).length}</span>}
          </button>
        ))}
      </div>
      <Choices chip={chip} state={state} />
    </div>
  );
}

/** 符合 287 处，其中逾期 4。 */
function Matching({ state }: { state: MapState }) {
  const { data } = useList({ ...state.listQuery, limit: 1 }, state.shown.length > 0);
  if (!data || state.shown.length === 0) return null;
  return (
    <p className="chips-count" role="status">
      符合 <b className="figure">{number(data.total)}</b> 处
      {data.lights.late > 0 && (
        <span>
          其中逾期 <b className="figure late">{number(data.lights.late)}</b>
        </span>
      )}
    </p>
  );
}
