import type { ExpressionSpecification } from "maplibre-gl";
import { type Light, lights, warnDays } from "#data/domain/light.ts";
import { stateCode } from "#data/domain/task.ts";

/** Rule L-01 for the style: the light of a tile feature from `st`, `due` and today's day number. Equal to `lightOf`. */
export function lightExpression(today: number): ExpressionSpecification {
  const st: ExpressionSpecification = ["get", "st"];
  const due: ExpressionSpecification = ["to-number", ["get", "due"]];
  const hasDue: ExpressionSpecification = ["==", ["typeof", ["get", "due"]], "number"];
  return [
    "case",
    ["!=", ["typeof", st], "number"],
    "none",
    ["==", st, stateCode("closed")],
    "done",
    ["all", hasDue, ["<", due, today]],
    "late",
    ["all", hasDue, ["<=", due, today + warnDays]],
    "warn",
    ["==", st, stateCode("planned")],
    "none",
    "normal",
  ];
}

/** A value for each light: colour, width, name. */
export function byLight<T extends string | number | ExpressionSpecification>(
  today: number,
  value: (light: Light) => T,
): ExpressionSpecification {
  const arms = lights.filter((light) => light !== "none").flatMap((light) => [light, value(light)]);
  return ["match", lightExpression(today), ...arms, value("none")] as unknown as ExpressionSpecification;
}

/** Keeps features whose light is among `shown` (the legend's toggles). */
export const lightIn = (today: number, shown: readonly Light[]): ExpressionSpecification => [
  "in",
  lightExpression(today),
  ["literal", [...shown]],
];
