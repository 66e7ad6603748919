import { OrbitView } from "@deck.gl/core";
import { expect, test } from "vitest";
import { type Box, fitted, tilt } from "./projection.ts";

const box: Box = [120.85, 30.94, 121.32, 31.3];

test("the district with its slabs stays inside its frame", () => {
  const { screen } = fitted(box, 1800, 1400, 90);
  const [x0, y0] = screen([box[0], box[3]], 90);
  const [x1, y1] = screen([box[2], box[1]], 0);
  expect(Math.min(x0, y0)).toBeGreaterThan(-0.5);
  expect(x1).toBeLessThan(1800.5);
  expect(y1).toBeLessThan(1400.5);
});

test("what lies over the slabs is where deck.gl draws them", () => {
  const { plane, screen } = fitted(box, 1800, 1400, 90);
  const viewport = new OrbitView({ id: "wall", orbitAxis: "Z", orthographic: true }).makeViewport({
    width: 1800,
    height: 1400,
    viewState: { target: [0, 0, 0], zoom: 0, rotationX: tilt, rotationOrbit: 0 },
  });
  const place: [number, number] = [121.05, 31.1];
  const [x, y] = viewport?.project([...plane(place), 90]) ?? [];
  const [wantedX, wantedY] = screen(place, 90);
  expect(x).toBeCloseTo(wantedX, 3);
  expect(y).toBeCloseTo(wantedY, 3);
});
