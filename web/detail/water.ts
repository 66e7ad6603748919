import type { Observation } from "#data/domain/wire/feature.ts";

export interface WaterSample {
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Centimetres. */
  readonly value: number;
  /** 近岸见底. */
  readonly clear: boolean;
}

/** Observations as two series in time order, with how often the bottom was seen. */
export function seriesOf(observations: readonly Observation[]) {
  const ordered = [...observations].sort((a, b) => Date.parse(a.takenAt) - Date.parse(b.takenAt));
  const sd = ordered.flatMap(({ takenAt, values }): WaterSample[] =>
    values.sd === undefined
      ? []
      : [{ time: Date.parse(takenAt), value: values.sd, clear: values.clear === 1 }],
  );
  const depth = ordered.flatMap(({ takenAt, values }): [number, number][] =>
    values.depth === undefined ? [] : [[Date.parse(takenAt), values.depth]],
  );
  return { sd, depth, seen: sd.filter((sample) => sample.clear).length, total: sd.length };
}
