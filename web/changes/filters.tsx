import { Checkbox, Select } from "antd";
import { towns } from "#data/programme/towns.ts";
import { units } from "#data/programme/units.ts";
import type { AreaQuery } from "../api/history.ts";

export interface Chosen extends Pick<AreaQuery, "town" | "unit" | "from" | "to"> {
  /** Only what the window shows. */
  readonly inView: boolean;
}

const townOptions = towns.map(({ code, short }) => ({ value: code, label: short }));
const unitOptions = units.map(({ id, short }) => ({ value: id, label: short }));

/** Narrows 改动记录 by place, by who changed it and by day. */
export function Filters({ chosen, onChange }: { chosen: Chosen; onChange: (chosen: Chosen) => void }) {
  const dayBox = (key: "from" | "to", label: string) => (
    <input
      type="date"
      className="changes-date figure"
      aria-label={label}
      value={chosen[key] ?? ""}
      onChange={({ target: { value } }) => onChange({ ...chosen, [key]: value || undefined })}
    />
  );
  return (
    <>
      <Select
        aria-label="镇街"
        placeholder="镇街"
        mode="multiple"
        maxTagCount={1}
        allowClear
        className="changes-select"
        options={townOptions}
        value={chosen.town?.split(",") ?? []}
        onChange={(codes: string[]) => onChange({ ...chosen, town: codes.join(",") || undefined })}
      />
      <Select
        aria-label="改动的单位"
        placeholder="单位"
        allowClear
        showSearch
        optionFilterProp="label"
        className="changes-select"
        options={unitOptions}
        value={chosen.unit}
        onChange={(unit: string | undefined) => onChange({ ...chosen, unit })}
      />
      {dayBox("from", "从哪天")} <span className="quiet">至</span> {dayBox("to", "到哪天")}
      <Checkbox
        checked={chosen.inView}
        onChange={({ target }) => onChange({ ...chosen, inView: target.checked })}
      >
        只看图面范围
      </Checkbox>
    </>
  );
}
