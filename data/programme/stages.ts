import type { Stage } from "../domain/metric-light.ts";

/**
 * 内控: how far a staged metric (pace S) should be by a day, in per cent of its goal. Ours, configurable, never shown as the
 * plan's. A staged metric that is not here is measured linearly to its due day.
 */
const stages: Readonly<Record<string, readonly Stage[]>> = {
  // Most targets can be confirmed only at the end of the year.
  "P.1": [
    { date: "2025-11-30", percent: 0 },
    { date: "2025-12-31", percent: 100 },
  ],
  // Places are gone through kind by kind; the last quarter is for what came up late.
  "1.4": [
    { date: "2025-06-30", percent: 50 },
    { date: "2025-09-30", percent: 75 },
    { date: "2025-12-31", percent: 100 },
  ],
  // A road or an area is up to standard only when its last segment is: that falls into the last quarter.
  "1.3": [
    { date: "2025-09-30", percent: 0 },
    { date: "2025-12-31", percent: 100 },
  ],
  "1.5": [
    { date: "2025-09-30", percent: 0 },
    { date: "2025-12-31", percent: 100 },
  ],
  "2.1": [
    { date: "2025-06-30", percent: 50 },
    { date: "2025-09-30", percent: 80 },
    { date: "2025-12-31", percent: 100 },
  ],
  "2.2": [
    { date: "2025-06-30", percent: 40 },
    { date: "2025-09-30", percent: 80 },
    { date: "2025-12-31", percent: 100 },
  ],
  "4.2": [
    { date: "2025-06-30", percent: 50 },
    { date: "2025-12-31", percent: 100 },
  ],
  // Planting follows the season: barrier in spring, nets before summer.
  "16.4": [
    { date: "2025-04-30", percent: 100 },
    { date: "2025-12-31", percent: 100 },
  ],
  "16.5": [
    { date: "2025-05-31", percent: 100 },
    { date: "2025-12-31", percent: 100 },
  ],
  "15.1": [
    { date: "2025-06-30", percent: 50 },
    { date: "2025-09-30", percent: 100 },
    { date: "2025-12-31", percent: 100 },
  ],
  "15.2": [
    { date: "2025-06-30", percent: 40 },
    { date: "2025-09-30", percent: 90 },
    { date: "2025-12-31", percent: 100 },
  ],
  "16.1": [
    { date: "2025-06-30", percent: 33 },
    { date: "2025-09-30", percent: 67 },
    { date: "2025-12-31", percent: 100 },
  ],
};

/** Stages of a metric, or of the metric a part belongs to; empty where progress is measured linearly. */
export const stagesOf = (code: string): readonly Stage[] =>
  stages[code] ?? stages[code.replace(/\.[a-z]$/, "")] ?? [];

/** 内控: days after the end of a period within which its report or meeting still counts as on time. */
const grace: Readonly<Record<string, number>> = { "P.3": 10, "P.7": 10, "9.4": 5, "17.4": 2 };

export const graceDaysOf = (code: string): number => grace[code] ?? grace[code.replace(/\.[a-z]$/, "")] ?? 0;
