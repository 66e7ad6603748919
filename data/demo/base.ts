import type { TownCode } from "../domain/programme.ts";
import { towns } from "../programme/towns.ts";
import { type At, alongLine, distance, edgeDistance, inRings, lineLength, moved, type Ring } from "./geo.ts";
import type { Chance } from "./random.ts";

/** A GeoJSON collection as it stands in data/seed/geo. */
export interface Collection {
  readonly features: readonly {
    readonly properties: Readonly<Record<string, unknown>>;
    readonly geometry: { readonly type: string; readonly coordinates: unknown };
  }[];
}

/** Real places the story is set in: the files of data/seed/geo, and data/demo/places/town-parts.geojson. */
export interface DemoBase {
  readonly towns: Collection;
  readonly roads: Collection;
  readonly stations: Collection;
  readonly water: Collection;
  readonly facilities: Collection;
  readonly interchanges: Collection;
  readonly townParts: Collection;
}

export type Place = Collection["features"][number];
export const text = (place: Place, key: string): string => String(place.properties[key] ?? "");
export const pointOf = (place: Place): At => place.geometry.coordinates as At;

export const ringsOf = ({ geometry }: Place): Ring[] =>
  geometry.type === "Polygon" ? (geometry.coordinates as Ring[]) : (geometry.coordinates as Ring[][]).flat();

/** The feature of this name. The seed files are ours, so a missing one is a fault. */
export function named(collection: Collection, name: string): Place {
  const found = collection.features.find((place) => text(place, "name") === name);
  if (!found) throw new Error(`the seed has no ${name}`);
  return found;
}

export interface Ground {
  /** Dry land of the town, at least `margin` metres from its border. */
  readonly holds: (town: TownCode, at: At, margin?: number) => boolean;
  /** A place where such things stand: near the town's roads, stations and centres. `spread` in metres. */
  readonly somewhere: (town: TownCode, chance: Chance, options?: { spread?: number; margin?: number }) => At;
  /** The same near a given place. */
  readonly near: (town: TownCode, at: At, chance: Chance, spread: number) => At;
  readonly townOf: (at: At) => TownCode | null;
}

const stepM = 400;
const shoreM = 25;

/** Knows the towns' ground: where demo points may stand and where they gather. */
export function groundOf(base: DemoBase): Ground {
  const borders = new Map(base.towns.features.map((place) => [text(place, "code"), ringsOf(place)]));
  const lakes = base.water.features
    .filter(({ geometry }) => geometry.type.endsWith("Polygon"))
    .map((place) => ringsOf(place));
  const inside = (town: string, at: At) => inRings(at, borders.get(town) ?? []);
  const holds = (town: string, at: At, margin = 40) =>
    inside(town, at) &&
    edgeDistance(at, borders.get(town) ?? []) >= margin &&
    !lakes.some((lake) => inRings(at, lake) || edgeDistance(at, lake) < shoreM);
  const anchors = new Map(
    base.towns.features.map((place) => {
      const town = text(place, "code");
      const centre: At = [Number(place.properties.label_lon), Number(place.properties.label_lat)];
      const sites = [...base.stations.features, ...base.facilities.features].map(pointOf);
      const roads = base.roads.features.flatMap((road) => alongRoad(road.geometry.coordinates as Ring));
      // Centres and sites weigh more than a stretch of road, or everything would stand along the 318国道.
      const weighed = [
        ...Array<At>(8).fill(centre),
        ...sites.flatMap((at) => [at, at, at]),
        ...roads.filter((at) => distance(at, centre) < 9000),
      ];
      return [town, weighed.filter((at) => inside(town, at))];
    }),
  );
  const scatter = (town: string, from: () => At, chance: Chance, spread: number, margin?: number): At => {
    for (let i = 0; i < 400; i++) {
      const reach = spread * (1 + Math.floor(i / 60));
      const at = moved(from(), chance.bell() * reach, chance.bell() * reach);
      if (holds(town, at, margin)) return at;
    }
    throw new Error(`no ground found in ${town}`);
  };
  return {
    holds,
    somewhere: (town, chance, { spread = 420, margin } = {}) =>
      scatter(town, () => chance.pick(anchors.get(town) ?? []), chance, spread, margin),
    near: (town, at, chance, spread) => scatter(town, () => at, chance, spread),
    townOf: (at) => towns.find(({ code }) => inside(code, at))?.code ?? null,
  };
}

const alongRoad = (road: Ring): At[] =>
  Array.from({ length: Math.floor(lineLength(road) / stepM) }, (_, i) => alongLine(road, i * stepM).at);
