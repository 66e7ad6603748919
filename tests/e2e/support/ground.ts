import { randomUUID } from "node:crypto";
import type { ChangeOp } from "#data/domain/change.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import type { Person } from "./driver.ts";

type Place = readonly [lon: number, lat: number];
type Ring = readonly Place[];

/** Metres to degrees at Qingpu. */
const perMetre = [1 / 95_300, 1 / 111_320] as const;

/** Free ground of a town on which a test puts places of its own, and takes them away again. */
export class Ground {
  readonly #person: Person;
  readonly #corner: Place;
  readonly #made: number[] = [];

  constructor(person: Person, corner: Place) {
    this.#person = person;
    this.#corner = corner;
  }

  /** So many metres east and north of the corner. */
  at(east: number, north: number): Place {
    const round = (n: number) => Math.round(n * 1e7) / 1e7;
    return [round(this.#corner[0] + east * perMetre[0]), round(this.#corner[1] + north * perMetre[1])];
  }

  /** A 薄弱区域 with these corners; its number. */
  async area(name: string, ring: Ring): Promise<number> {
    const reply = await this.write({
      op: "create",
      uid: randomUUID(),
      layer: "weak_area",
      geometry: { type: "Polygon", coordinates: [[...ring, ring[0]!].map((place) => [...place])] },
      properties: { name, problems: ["bad_parking"] },
    });
    const id = reply.results[0]?.id;
    if (!id) throw new Error(`no area: ${JSON.stringify(reply)}`);
    this.#made.push(id);
    return id;
  }

  box(name: string, east: number, north: number, wide: number, high = wide): Promise<number> {
    return this.area(name, [
      this.at(east, north),
      this.at(east + wide, north),
      this.at(east + wide, north + high),
      this.at(east, north + high),
    ]);
  }

  stored(id: number): Promise<FeatureView> {
    return this.#person.ask<FeatureView>(`/api/features/${id}/view`);
  }

  /** Takes note of a place the product has made here. */
  keep(...ids: readonly number[]): void {
    this.#made.push(...ids);
  }

  async write(...changes: readonly ChangeOp[]): Promise<ChangesReply> {
    return this.#person.write(changes);
  }

  async clear(): Promise<void> {
    for (const id of this.#made.splice(0)) {
      const { guatu } = (await this.stored(id)).feature;
      if (!guatu.deleted) await this.write({ op: "delete", feature: id, base: guatu.version });
    }
  }
}
