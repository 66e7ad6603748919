import { createExpression } from "@maplibre/maplibre-gl-style-spec";
import fc from "fast-check";
import { expect, test } from "vitest";
import { type LightInput, lightOf, lights } from "#data/domain/light.ts";
import { stateCode, taskStates } from "#data/domain/task.ts";
import { byLight, lightExpression } from "./light.ts";

const task = fc.record({
  state: fc.constantFrom(null, ...taskStates),
  due: fc.option(fc.integer({ min: 20_000, max: 20_100 })),
});
const today = fc.integer({ min: 20_000, max: 20_100 });

/** A tile carries no null: what is unknown is left out. */
const tileProperties = ({ state, due }: LightInput) => ({
  ...(state === null ? {} : { st: stateCode(state) }),
  ...(due === null ? {} : { due }),
});

function evaluate(expression: unknown, properties: Record<string, unknown>): unknown {
  const compiled = createExpression(expression, "layers[0].layout.icon-image");
  if (compiled.result === "error")
    throw new Error(compiled.value.map((problem) => problem.message).join("; "));
  return compiled.value.evaluate({ zoom: 12 }, { type: 1, properties, id: 1 } as never);
}

test("the style's light is the rule's light, for every task on every day", () => {
  fc.assert(
    fc.property(task, today, (input, day) => {
      expect(evaluate(lightExpression(day), tileProperties(input))).toBe(lightOf(input, day));
    }),
    { numRuns: 500 },
  );
});

test("null in GeoJSON means the same as absent in a tile", () => {
  expect(evaluate(lightExpression(20_000), { st: null, due: null })).toBe("none");
  expect(evaluate(lightExpression(20_000), { st: 1, due: null })).toBe("normal");
});

test("a value by light reaches each of the five", () => {
  const day = 20_050;
  const samples: LightInput[] = [
    { state: "underway", due: day - 1 },
    { state: "underway", due: day },
    { state: "underway", due: day + 99 },
    { state: null, due: null },
    { state: "closed", due: day - 1 },
  ];
  expect(
    samples.map((sample) =>
      evaluate(
        byLight(day, (light) => light),
        tileProperties(sample),
      ),
    ),
  ).toEqual([...lights]);
});
