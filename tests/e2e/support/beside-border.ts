import type { Person } from "./driver.ts";

type Spot = readonly [number, number];

interface Towns {
  readonly features: readonly {
    readonly properties: { readonly code: string };
    readonly geometry: { readonly coordinates: readonly (readonly (readonly Spot[])[])[] };
  }[];
}

/**
 * A square of some 180 m in `town`, some 40 m from its border with `neighbour`; the edge between its first two corners is the
 * one beside the border.
 */
export async function besideBorder(person: Person, town: string, neighbour: string): Promise<Spot[]> {
  const { features } = await person.ask<Towns>("/api/towns");
  const ringOf = (code: string): readonly Spot[] =>
    features.find(({ properties }) => properties.code === code)?.geometry.coordinates[0]?.[0] ?? [];
  const [own, others] = [ringOf(town), new Set(ringOf(neighbour).map(String))];
  const stretches = own
    .slice(1)
    .map((b, i) => ({ a: own[i]!, b }))
    .filter(({ a, b }) => others.has(String(a)) && others.has(String(b)))
    .map(({ a, b }) => ({ a, b, length: Math.hypot(b[0] - a[0], b[1] - a[1]) }))
    .sort((one, two) => two.length - one.length);
  const longest = stretches[0];
  if (!longest) throw new Error(`${town} and ${neighbour} have no common border`);
  const { a, b, length } = longest;
  const middle: Spot = [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2];
  const along: Spot = [(b[0] - a[0]) / length, (b[1] - a[1]) / length];
  const left: Spot = [-along[1], along[0]];
  const at = (u: number, v: number): Spot => [
    middle[0] + along[0] * u + left[0] * v,
    middle[1] + along[1] * u + left[1] * v,
  ];
  const side = isInside(at(0, 0.001), own) ? 1 : -1;
  const ring = [
    at(-0.001, 0.0004 * side),
    at(0.001, 0.0004 * side),
    at(0.001, 0.002 * side),
    at(-0.001, 0.002 * side),
  ];
  return [...ring, ring[0]!];
}

function isInside([x, y]: Spot, ring: readonly Spot[]): boolean {
  return ring.reduce((inside, [x1, y1], i) => {
    const [x2, y2] = ring.at(i - 1)!;
    const crosses = y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1;
    return crosses ? !inside : inside;
  }, false);
}
