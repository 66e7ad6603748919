import { useId } from "react";
import "./switch.css";

interface SwitchProps<Id extends string | number> {
  readonly label: string;
  readonly options: readonly { readonly id: Id; readonly word: string }[];
  readonly value: Id | null;
  onChange(id: Id): void;
  readonly className?: string;
}

/** One of a few words side by side: radio boxes underneath, so arrow keys and screen readers know it. */
export function Switch<Id extends string | number>({
  label,
  options,
  value,
  onChange,
  className = "ui-switch",
}: SwitchProps<Id>) {
  const name = useId();
  return (
    <fieldset className={className}>
      <legend className="out-of-sight">{label}</legend>
      {options.map(({ id, word }) => (
        <label key={id}>
          <input type="radio" name={name} checked={id === value} onChange={() => onChange(id)} />
          <span>{word}</span>
        </label>
      ))}
    </fieldset>
  );
}
