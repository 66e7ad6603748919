import type { Light, LightCounts } from "../light.ts";
import type { Metric } from "../programme.ts";
import type { AsOf } from "./as-of.ts";

export interface MetricValue {
  readonly code: string;
  readonly value: number | null;
  readonly of: number | null;
  /** value/of in percent when it is a rate or a list. */
  readonly percent: number | null;
  readonly light: Light | null;
  readonly why: string;
  /** Reached after its due date. */
  readonly metLate?: boolean;
  readonly met: boolean;
  /** Months already judged: a past month keeps its colour. */
  readonly months?: readonly { readonly month: string; readonly light: Light | null }[];
  /** Map filter that shows the features behind the number. */
  readonly behind?: { readonly layer: string; readonly target?: number };
  readonly reportedBy?: string;
  /** Same period of last year, for a trend. */
  readonly reference?: number;
  /** Each number of a metric that has several; the value above is the first one's. */
  readonly parts?: readonly {
    readonly key: string;
    readonly name: string;
    readonly value: number | null;
    readonly of: number | null;
    readonly percent: number | null;
    readonly light: Light | null;
    readonly why: string;
  }[];
}

/** One metric through the year: its value and light at the end of each month, as known now. */
export interface MetricSeriesAnswer {
  readonly code: string;
  readonly months: readonly (Pick<MetricValue, "value" | "of" | "percent" | "light" | "why"> & {
    readonly month: string;
  })[];
  readonly asOf: AsOf;
}

export interface TargetStatus {
  readonly no: number;
  readonly light: Light;
  readonly why: string;
  readonly due: string | null;
  readonly percent: number | null;
  readonly lights: LightCounts;
}

export interface ProgrammeAnswer {
  readonly year: number;
  readonly targets: readonly TargetStatus[];
  readonly metrics: readonly (MetricValue & { readonly metric: Metric })[];
  readonly campaigns: readonly {
    readonly no: number;
    readonly percent: number | null;
    readonly light: Light;
  }[];
  /** One light a town: the worst over the targets that apply to it (lead units' own reds are not counted). */
  readonly towns: readonly {
    readonly code: string;
    readonly light: Light;
    readonly lights: LightCounts;
    readonly notes: readonly string[];
  }[];
  readonly asOf: AsOf;
}
