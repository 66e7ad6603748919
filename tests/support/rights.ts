import { randomUUID } from "node:crypto";
import type { Hono } from "hono";
import { type Role, roleRights, roles } from "#data/domain/account.ts";
import type { ChangeOp, Geometry } from "#data/domain/change.ts";
import type { FieldDef } from "#data/domain/field.ts";
import { type LayerDef, targetsOfFeature } from "#data/layers/define.ts";
import { layers } from "#data/layers/registry.ts";
import { targets } from "#data/programme/targets.ts";
import { towns } from "#data/programme/towns.ts";
import type { AppEnv } from "#server/http/app-env.ts";
import { Caller } from "./api.ts";
import type { TestDatabase } from "./databases.ts";
import { person, places, square } from "./people.ts";

/** Two towns: the one of the town account, and a neighbour's. */
export const homeTown = "xujing";
export const otherTown = "zhaoxiang";
/** Leads no target of any layer. */
const stranger = "guizi";

export interface Actor {
  readonly role: Role;
  readonly unit: string;
  readonly caller: Caller;
}

/** Every role in a town, in a unit that leads a layer, and in one that leads nothing; made once, by unit and role. */
export class Actors {
  readonly #db: TestDatabase;
  readonly #app: Hono<AppEnv>;
  readonly #made = new Map<string, Promise<Actor>>();

  constructor(db: TestDatabase, app: Hono<AppEnv>) {
    this.#db = db;
    this.#app = app;
  }

  of(unit: string, role: Role): Promise<Actor> {
    const key = `${unit} ${role}`;
    const made =
      this.#made.get(key) ??
      person(this.#db, unit, role).then(({ token }) => ({
        role,
        unit,
        caller: new Caller(this.#app, { authorization: `Bearer ${token}` }),
      }));
    this.#made.set(key, made);
    return made;
  }

  /** Whoever may stand differently to a layer as a reader: every role in each kind of unit. */
  readers(layer: LayerDef): Promise<Actor[]> {
    const units = [homeTown, leadOf(layer), stranger];
    return Promise.all(roles.flatMap((role) => units.map((unit) => this.of(unit, role))));
  }

  /** As a writer: a role that writes nothing is tried where its unit would have most to say. */
  writers(layer: LayerDef): Promise<Actor[]> {
    const units = [leadOf(layer), homeTown, stranger];
    return Promise.all(
      roles.flatMap((role) => {
        const { edit, everywhere } = roleRights[role];
        return units.slice(0, edit && !everywhere ? 3 : 1).map((unit) => this.of(unit, role));
      }),
    );
  }
}

const leadsOf = (layer: LayerDef): readonly string[] =>
  targets.filter(({ no }) => layer.targets.includes(no)).flatMap((target) => target.leads);

function leadOf(layer: LayerDef): string {
  const [lead] = leadsOf(layer);
  if (!lead) throw new Error(`nobody leads ${layer.id}`);
  return lead;
}

const leadsOfTarget = (target: number): readonly string[] =>
  targets.find(({ no }) => no === target)?.leads ?? [];

/**
 * The regulation, in the words of issue 2 §3: town accounts inside their town, lead units under their targets, the 专班.
 * A task is handled by the leads of its own target, not by those of another target of the same layer.
 */
export const mayWrite = ({ role, unit }: Actor, layer: LayerDef, town: string, target?: number): boolean => {
  const { edit, everywhere } = roleRights[role];
  const leads = target === undefined ? leadsOf(layer) : leadsOfTarget(target);
  return edit && (everywhere || leads.includes(unit) || (layer.townWritable && unit === town));
};

/** 限定 points: the own town, the owning lead unit, the 专班. Everything else is open to whoever signed in. */
export const maySee = ({ role, unit }: Actor, layer: LayerDef, town: string): boolean =>
  layer.sensitivity !== "restricted" ||
  roleRights[role].everywhere ||
  leadsOf(layer).includes(unit) ||
  unit === town;

export const restrictedLayers = layers.filter((layer) => layer.sensitivity === "restricted");

export const codeOf = (town: string): string => {
  const found = towns.find(({ id }) => id === town);
  if (!found) throw new Error(town);
  return found.code;
};

/** A new feature of any layer in a town, its attributes made from the registry so that at least one task follows. */
export function createIn(
  layer: LayerDef,
  town: keyof typeof places,
  name: string,
): Extract<ChangeOp, { op: "create" }> {
  return {
    op: "create",
    uid: randomUUID(),
    layer: layer.id,
    geometry: layer.apart ? square(freeGround(places[town]), 0.0001) : shapeAt(layer, places[town]),
    properties: attrsOf(layer, name),
  };
}

let taken = 0;

/** A spot near a place where no other one made here lies. */
function freeGround([x, y]: readonly [number, number]): [number, number] {
  taken = (taken + 1) % 400;
  return [x + (taken % 20) * 0.00015, y + Math.floor(taken / 20) * 0.00015];
}

export function shapeAt(layer: LayerDef, [x, y]: readonly [number, number]): Geometry {
  if (layer.geometry === "Point") return { type: "Point", coordinates: [x, y] };
  if (layer.geometry === "Polygon") return square([x, y]);
  return {
    type: "LineString",
    coordinates: [
      [x, y],
      [x + 0.001, y],
    ],
  };
}

function attrsOf(layer: LayerDef, name: string): Record<string, unknown> {
  const attrs: Record<string, unknown> = {};
  for (const [id, field] of Object.entries(layer.fields)) if (field.required) attrs[id] = sampleOf(field);
  attrs.name = name;
  if (targetsOfFeature(layer, attrs).length === 0)
    throw new Error(`${layer.id}: no task from ${JSON.stringify(attrs)}`);
  return attrs;
}

function sampleOf(field: FieldDef): unknown {
  switch (field.kind) {
    case "text":
      return "西井河"; // the river that has a task
    case "number":
      return field.min ?? 1;
    case "boolean":
      return true;
    case "date":
      return "2025-06-01";
    case "hours":
      return "18:00-08:00";
    case "choice":
      return field.options[0]?.value;
    case "choices":
      return [field.options[0]?.value];
  }
}
