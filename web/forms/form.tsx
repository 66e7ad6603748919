import { IconAlertTriangle } from "@tabler/icons-react";
import { type ComponentType, useId } from "react";
import type { FieldDef } from "#data/domain/field.ts";
import { sameValue } from "#data/domain/merge.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { offeredFields, showValue } from "./value.ts";
import { type WidgetProps, widgets } from "./widgets.tsx";
import "./forms.css";

type Attrs = Readonly<Record<string, unknown>>;

interface Props {
  readonly layer: LayerDef;
  readonly attrs: Attrs;
  /** What is stored: a field that differs from it is marked 已改. */
  readonly stored: Attrs;
  readonly errors: Readonly<Record<string, string>>;
  readonly disabled?: boolean;
  /** Fields that this person may not write, with the reason. */
  readonly held?: Readonly<Record<string, string>>;
  /** Marks of 已改 make no sense on something new. */
  readonly fresh?: boolean;
  onChange(field: string, value: unknown): void;
}

/** The form of a layer, derived from the registry: order, labels, limits, units, conditions. */
export function LayerForm({
  layer,
  attrs,
  stored,
  errors,
  disabled = false,
  fresh = false,
  held = {},
  onChange,
}: Props) {
  return (
    <div className="form">
      {offeredFields(layer, attrs).map(([id, field]) => (
        <FormField
          key={id}
          field={field}
          value={attrs[id]}
          changed={!fresh && !sameValue(attrs[id], stored[id])}
          was={stored[id]}
          error={errors[id]}
          disabled={disabled || (held[id] !== undefined && !fresh)}
          note={fresh && held[id] ? "要和已有的一段相同；新的由牵头单位先建" : held[id]}
          onChange={(value) => onChange(id, value)}
        />
      ))}
    </div>
  );
}

interface FieldProps {
  readonly field: FieldDef;
  readonly value: unknown;
  readonly was: unknown;
  readonly changed: boolean;
  readonly error: string | undefined;
  readonly disabled: boolean;
  /** Why it cannot be written, or how. */
  readonly note: string | undefined;
  onChange(value: unknown): void;
}

function FormField({ field, value, was, changed, error, disabled, note, onChange }: FieldProps) {
  const id = useId();
  // The table above ties each kind to its widget; TypeScript cannot follow that through a lookup.
  const Widget = widgets[field.kind] as ComponentType<WidgetProps>;
  const lines = [(field.help || note) && `${id}-help`, error && `${id}-error`].filter(Boolean).join(" ");
  return (
    <div
      className="form-field"
      data-changed={changed || undefined}
      data-invalid={error !== undefined || undefined}
    >
      <div className="form-label">
        <label htmlFor={id}>
          {field.label}
          {field.kind === "choices" && <span className="quiet">（可多选）</span>}
          {field.required && (
            <span className="form-required" title="必填">
              {" "}
              *
            </span>
          )}
        </label>
        {changed && (
          <span className="tag-changed" title={`原来：${showValue(field, was)}`}>
            已改
          </span>
        )}
      </div>
      <div className="form-control">
        <Widget
          id={id}
          field={field}
          value={value}
          disabled={disabled}
          invalid={error !== undefined}
          describedBy={lines || undefined}
          onChange={onChange}
        />
      </div>
      {(field.help || note) && (
        <p id={`${id}-help`} className="form-help">
          {[field.help, note].filter(Boolean).join("；")}
        </p>
      )}
      {error && (
        <p id={`${id}-error`} className="form-error" role="alert">
          <IconAlertTriangle size={15} stroke={1.75} aria-hidden="true" />
          {error}
        </p>
      )}
    </div>
  );
}
