import { DatePicker } from "antd";
import dayjs from "dayjs";
import type { ReactNode } from "react";
import { useEffect, useState } from "react";
import type { FieldDef, FieldKind, Option } from "#data/domain/field.ts";

export interface WidgetProps<K extends FieldKind = FieldKind> {
  readonly id: string;
  readonly field: Extract<FieldDef, { kind: K }>;
  readonly value: unknown;
  readonly disabled: boolean;
  readonly invalid: boolean;
  /** Ids of the help and error lines. */
  readonly describedBy: string | undefined;
  /** `undefined`: nothing entered. */
  onChange(value: unknown): void;
}

export type Widget<K extends FieldKind> = (props: WidgetProps<K>) => ReactNode;

const aria = ({ describedBy, invalid }: Pick<WidgetProps, "describedBy" | "invalid">) => ({
  "aria-describedby": describedBy,
  "aria-invalid": invalid || undefined,
});
const textOf = (value: unknown) => (value === undefined || value === null ? "" : String(value));

function TextBox(props: WidgetProps<"text">) {
  const { id, field, value, disabled, onChange } = props;
  const shared = {
    id,
    disabled,
    className: "form-input",
    value: textOf(value),
    placeholder: field.multiline ? "可不填" : undefined,
    onChange: (event: { target: { value: string } }) => onChange(event.target.value || undefined),
    ...aria(props),
  };
  return field.multiline ? (
    <textarea rows={3} {...shared} />
  ) : (
    <input type="text" autoComplete="off" {...shared} />
  );
}

/** Keeps what is typed until it is a number: `1.` and `-` are on the way to one. */
function NumberBox(props: WidgetProps<"number">) {
  const { id, field, value, disabled, onChange } = props;
  const [typed, setTyped] = useState(textOf(value));
  useEffect(() => setTyped((old) => (Number(old) === value && old !== "" ? old : textOf(value))), [value]);
  const change = (text: string) => {
    setTyped(text);
    const plain = text.replace(/[,，\s]/g, "");
    if (plain === "") onChange(undefined);
    else onChange(Number.isFinite(Number(plain)) ? Number(plain) : text);
  };
  return (
    <span className="form-number">
      <input
        id={id}
        className="form-input figure"
        inputMode={field.integer ? "numeric" : "decimal"}
        autoComplete="off"
        disabled={disabled}
        value={typed}
        onChange={(event) => change(event.target.value)}
        {...aria(props)}
      />
      {field.unit && <span className="form-unit">{field.unit}</span>}
    </span>
  );
}

function YesNo(props: WidgetProps<"boolean">) {
  const { id, field, value, disabled, onChange } = props;
  return (
    <label className="form-switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        aria-checked={value === true}
        disabled={disabled}
        checked={value === true}
        onChange={(event) => onChange(event.target.checked)}
        {...aria(props)}
      />
      <span aria-hidden="true" />
      {value === true ? "是" : value === false ? "否" : "没有填"}
      <span className="out-of-sight">{field.label}</span>
    </label>
  );
}

function DateBox(props: WidgetProps<"date">) {
  const { id, value, disabled, invalid, onChange } = props;
  const day = dayjs(textOf(value), "YYYY-MM-DD", true);
  // A phone's own calendar is better than ours.
  if (matchMedia("(pointer: coarse)").matches)
    return (
      <input
        id={id}
        type="date"
        className="form-input figure"
        disabled={disabled}
        value={textOf(value)}
        onChange={(event) => onChange(event.target.value || undefined)}
        {...aria(props)}
      />
    );
  return (
    <DatePicker
      id={id}
      className="form-date figure"
      format="YYYY-MM-DD"
      placeholder="年-月-日"
      disabled={disabled}
      status={invalid ? "error" : ""}
      value={day.isValid() ? day : null}
      onChange={(picked) => onChange(picked ? picked.format("YYYY-MM-DD") : undefined)}
      {...aria(props)}
    />
  );
}

/** Retired options are offered no more, but the one that is stored stays visible. */
const offered = (options: readonly Option[], stored: readonly unknown[]) =>
  options.filter((option) => !option.retired || stored.includes(option.value));

function ChoiceBox(props: WidgetProps<"choice">) {
  const { id, field, value, disabled, onChange } = props;
  return (
    <select
      id={id}
      className="form-input"
      disabled={disabled}
      value={textOf(value)}
      onChange={(event) => onChange(event.target.value || undefined)}
      {...aria(props)}
    >
      <option value="">{field.required ? "请选" : "没有填"}</option>
      {offered(field.options, [value]).map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
          {option.retired ? "（已停用）" : ""}
        </option>
      ))}
    </select>
  );
}

function ChoiceToggles(props: WidgetProps<"choices">) {
  const { id, field, value, disabled, onChange } = props;
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const toggle = (item: string) => {
    const next = chosen.includes(item) ? chosen.filter((each) => each !== item) : [...chosen, item];
    onChange(next.length > 0 ? next : undefined);
  };
  return (
    <fieldset id={id} aria-label={field.label} className="form-toggles" {...aria(props)}>
      {offered(field.options, chosen).map((option) => (
        <button
          key={option.value}
          type="button"
          disabled={disabled}
          aria-pressed={chosen.includes(option.value)}
          onClick={() => toggle(option.value)}
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}

const usualHours = [
  ["00:00-24:00", "全天"],
  ["18:00-08:00", "夜间 18–8 点"],
] as const;

function HoursBox(props: WidgetProps<"hours">) {
  const { id, value, disabled, onChange } = props;
  return (
    <span className="form-hours">
      <input
        id={id}
        type="text"
        className="form-input figure"
        autoComplete="off"
        placeholder="18:00-08:00"
        disabled={disabled}
        value={textOf(value)}
        onChange={(event) => onChange(event.target.value.replaceAll("：", ":") || undefined)}
        {...aria(props)}
      />
      {usualHours.map(([text, label]) => (
        <button
          key={text}
          type="button"
          disabled={disabled}
          aria-pressed={value === text}
          onClick={() => onChange(text)}
        >
          {label}
        </button>
      ))}
    </span>
  );
}

/** A new kind of field does not compile until it has a widget here. */
export const widgets: { readonly [K in FieldKind]: Widget<K> } = {
  text: TextBox,
  number: NumberBox,
  boolean: YesNo,
  date: DateBox,
  choice: ChoiceBox,
  choices: ChoiceToggles,
  hours: HoursBox,
};
