import type { Sensitivity } from "./sensitivity.ts";

export interface Option {
  readonly value: string;
  readonly label: string;
  /** Retired values are still read; forms no longer offer them. */
  readonly retired?: true;
}

interface Common {
  readonly label: string;
  readonly required?: boolean;
  readonly help?: string;
  /** Defaults to the layer's. */
  readonly sensitivity?: Sensitivity;
  /** Carried in tiles, for style and filter. */
  readonly tile?: true;
  /** Set by the system or an import, shown but not offered in forms. */
  readonly readonly?: true;
  readonly retired?: true;
  /** Belongs to the whole of which a place is a part (the road of a segment): only the lead unit and the 专班 write it. */
  readonly lead?: true;
  /** Shown only when another field has one of these values. */
  readonly when?: { readonly field: string; readonly is: readonly (string | boolean)[] };
}

/** Field ids are for ever: labels, ranges and option labels may change; another type is another field. */
export type FieldDef =
  | (Common & {
      readonly kind: "text";
      readonly max: number;
      readonly multiline?: true;
      readonly stakes?: true;
    })
  | (Common & {
      readonly kind: "number";
      readonly unit?: string;
      readonly min?: number;
      readonly max?: number;
      readonly integer?: true;
    })
  | (Common & { readonly kind: "boolean" })
  | (Common & { readonly kind: "date" })
  | (Common & { readonly kind: "choice"; readonly options: readonly Option[] })
  | (Common & { readonly kind: "choices"; readonly options: readonly Option[] })
  /** Daily opening hours `"18:00-08:00"` (may cross midnight; several separated by `,`; `"00:00-24:00"` = all day). */
  | (Common & { readonly kind: "hours" });

export type FieldKind = FieldDef["kind"];

type Extra<K extends FieldKind> = Partial<Omit<Extract<FieldDef, { kind: K }>, "kind" | "label" | "options">>;

export const text = (label: string, extra: Extra<"text"> = {}): FieldDef => ({
  kind: "text",
  label,
  max: 100,
  ...extra,
});
export const number = (label: string, extra: Extra<"number"> = {}): FieldDef => ({
  kind: "number",
  label,
  ...extra,
});
export const count = (label: string, unit: string, extra: Extra<"number"> = {}): FieldDef => ({
  kind: "number",
  label,
  unit,
  integer: true,
  min: 0,
  ...extra,
});
export const yes = (label: string, extra: Extra<"boolean"> = {}): FieldDef => ({
  kind: "boolean",
  label,
  ...extra,
});
export const date = (label: string, extra: Extra<"date"> = {}): FieldDef => ({
  kind: "date",
  label,
  ...extra,
});
export const hours = (label: string, extra: Extra<"hours"> = {}): FieldDef => ({
  kind: "hours",
  label,
  ...extra,
});
export const choice = (
  label: string,
  options: Record<string, string>,
  extra: Extra<"choice"> = {},
): FieldDef => ({
  kind: "choice",
  label,
  options: optionList(options),
  ...extra,
});
export const choices = (
  label: string,
  options: Record<string, string>,
  extra: Extra<"choices"> = {},
): FieldDef => ({
  kind: "choices",
  label,
  options: optionList(options),
  ...extra,
});

const optionList = (options: Record<string, string>): Option[] =>
  Object.entries(options).map(([value, label]) => ({ value, label }));
