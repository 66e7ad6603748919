import type { FieldDef, FieldKind, Option } from "#data/domain/field.ts";
import { dateOf, dayNumber } from "#data/domain/time.ts";
import { isBlank, labelOf } from "../forms/value.ts";

type Readers = {
  readonly [K in FieldKind]: (text: string, field: Extract<FieldDef, { kind: K }>) => unknown;
};

/**
 * What a person typed or Excel wrote, as the field's value; `null` for nothing. What is not understood stays text, so that the
 * cell shows it with its error.
 */
export function readCell(field: FieldDef, text: string): unknown {
  const trimmed = text.trim();
  return trimmed === "" ? null : readers[field.kind](trimmed, field as never);
}

/** Full-width digits and signs as a Chinese keyboard writes them. */
const plainWidth = (text: string): string => text.normalize("NFKC").replaceAll("−", "-");

const readers: Readers = {
  text: (text) => text,
  number: (text, { unit }) => {
    const plain = plainWidth(text).replace(/[,\s]/g, "");
    const bare = unit && plain.endsWith(plainWidth(unit)) ? plain.slice(0, -plainWidth(unit).length) : plain;
    const percent = bare.endsWith("%");
    const number = Number(percent ? bare.slice(0, -1) : bare);
    if (bare === "" || !Number.isFinite(number)) return text;
    return percent && unit !== "%" ? number / 100 : number;
  },
  boolean: (text) => {
    const word = plainWidth(text).toLowerCase();
    if (["是", "true", "1", "有", "√", "✓", "✔", "y", "yes"].includes(word)) return true;
    if (["否", "false", "0", "无", "×", "✗", "n", "no"].includes(word)) return false;
    return text;
  },
  date: (text) => readDate(plainWidth(text)) ?? text,
  choice: (text, { options }) => optionOf(options, text) ?? text,
  choices: (text, { options }) => [
    ...new Set(
      text
        .split(/[、,，;；\n]+/)
        .map((part) => part.trim())
        .filter((part) => part !== "")
        .map((part) => optionOf(options, part) ?? part),
    ),
  ],
  hours: (text) => {
    const plain = plainWidth(text).replace(/\s/g, "").replace(/[、;]/g, ",");
    if (/^(全天|24小时)$/.test(plain)) return "00:00-24:00";
    return plain.replace(/[–—~至到]/g, "-").replace(/(?<!\d)(\d):/g, "0$1:");
  },
};

const optionOf = (options: readonly Option[], text: string): string | undefined => {
  const wanted = plainWidth(text);
  return (
    options.find(({ label }) => plainWidth(label) === wanted)?.value ??
    options.find(({ value }) => value === wanted)?.value
  );
};

/** Excel counts days from here; it believes that 1900 had a 29 February, so earlier serials are of no use. */
const excelEpoch = dayNumber("1899-12-30");

/** 2025/9/30, 2025-9-30, 2025.9.30, 2025年9月30日, a time of day after it, or Excel's own day number. */
function readDate(text: string): string | null {
  const [, year, month, day] =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[\sT]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?$/.exec(text) ??
    [];
  if (year && month && day) {
    const iso = `${year}-${month.padStart(2, "0")}-${day.padStart(2, "0")}`;
    try {
      dayNumber(iso);
      return iso;
    } catch {
      return null;
    }
  }
  const serial = Number(text);
  return /^\d{5}(\.\d+)?$/.test(text) && serial > 10_000 && serial < 80_000
    ? dateOf(excelEpoch + Math.floor(serial))
    : null;
}

/** The value as Excel should get it, and as `readCell` reads it back. */
export function writeCell(field: FieldDef, value: unknown): string {
  if (isBlank(value)) return "";
  switch (field.kind) {
    case "boolean":
      return value === true ? "是" : value === false ? "否" : String(value);
    case "choice":
      return labelOf(field, value);
    case "choices":
      return (Array.isArray(value) ? value : [value]).map((item) => labelOf(field, item)).join("、");
    default:
      return String(value);
  }
}
