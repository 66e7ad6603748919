import type { Geometry } from "#data/domain/change.ts";
import type { Caller, TestServer } from "./api.ts";
import { around, onBorder } from "./borders.ts";
import type { TestDatabase } from "./databases.ts";
import { Actors } from "./rights.ts";

/** Who has a part in a 会签 between 徐泾镇 and 赵巷镇, and who has none. */
export interface Signers {
  readonly clerk: Caller;
  readonly neighbour: Caller;
  readonly stranger: Caller;
  readonly force: Caller;
  readonly lead: Caller;
  /** A square that lies in both towns. */
  readonly across: Geometry;
}

export async function signers(database: TestDatabase, api: TestServer): Promise<Signers> {
  const actors = new Actors(database, api.app);
  const of = async (unit: string, role: Parameters<Actors["of"]>[1]) => (await actors.of(unit, role)).caller;
  return {
    clerk: await of("xujing", "editor"),
    neighbour: await of("zhaoxiang", "reviewer"),
    stranger: await of("zhujiajiao", "reviewer"),
    force: await of("zhuanban", "taskforce"),
    lead: await of("lvhua", "editor"),
    across: around(await onBorder(database, "xujing", "zhaoxiang")),
  };
}
