/** One axis of truth as a painter keeps it: later paint covers earlier paint, and every past canvas is kept whole. */
interface Stretch<T> {
  readonly from: number;
  /** Infinity while it lasts. */
  readonly to: number;
  readonly value: T;
}
export type Timeline<T> = readonly Stretch<T>[];

/** `value` from `from` on, over whatever was there. */
export const paintOn = <T>(line: Timeline<T>, from: number, value: T): Timeline<T> => [
  ...cut(line, from),
  { from, to: Number.POSITIVE_INFINITY, value },
];

/** Nothing from `at` on. */
export const cut = <T>(line: Timeline<T>, at: number): Timeline<T> =>
  line.filter((part) => part.from < at).map((part) => ({ ...part, to: Math.min(part.to, at) }));

/** `repaint` over each stretch in [from, to) that it accepts (null leaves it); null when there was none. */
export function repaint<T>(
  line: Timeline<T>,
  from: number,
  to: number,
  change: (value: T) => T | null,
): Timeline<T> | null {
  let met = false;
  const painted = line.flatMap((part): Stretch<T>[] => {
    const value = part.from < to && part.to > from ? change(part.value) : null;
    if (value === null) return [part];
    met = true;
    return [
      { ...part, to: Math.min(part.to, from) },
      { from: Math.max(part.from, from), to: Math.min(part.to, to), value },
      { ...part, from: Math.max(part.from, to) },
    ].filter((piece) => piece.from < piece.to);
  });
  return met ? painted : null;
}

export const valueAt = <T>(line: Timeline<T>, at: number): T | undefined =>
  line.find((part) => part.from <= at && at < part.to)?.value;
