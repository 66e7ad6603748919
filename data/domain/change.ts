import { z } from "zod";
import { photoPhases } from "./photo.ts";
import { taskFlow, taskStates } from "./task.ts";

/** An edit is a value. One list is one changeset, all or nothing (core design §3). */
const steps = [...new Set(Object.values(taskFlow).flatMap((moves) => Object.keys(moves)))] as [
  string,
  ...string[],
];

const position = z.array(z.number()).min(2).max(3);
const ring = z.array(position);
/** Syntax only; validity, place and size are judged by `checkGeometry` and again by the database. */
const geometrySchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("Point"), coordinates: position }),
  z.object({ type: z.literal("MultiPoint"), coordinates: z.array(position) }),
  z.object({ type: z.literal("LineString"), coordinates: z.array(position) }),
  z.object({ type: z.literal("MultiLineString"), coordinates: z.array(z.array(position)) }),
  z.object({ type: z.literal("Polygon"), coordinates: z.array(ring) }),
  z.object({ type: z.literal("MultiPolygon"), coordinates: z.array(z.array(ring)) }),
]);
export type Geometry = z.infer<typeof geometrySchema>;

const uid = z.uuid();
/** A version is an int4 in the database. */
const version = z.number().int().min(1).max(2_147_483_647);
const base = version;
const isOurTime = (text: string): boolean => text >= "1900" && text < "2101";
const instant = z.iso.datetime({ offset: true }).refine(isOurTime, "年份应在 1900 到 2100 之间");
const day = z.iso.date().refine(isOurTime, "年份应在 1900 到 2100 之间");
/** Device or record time the change was so; a claim, never later than the server's clock. */
const effective = instant.optional();
const set = z.record(z.string(), z.unknown());
/** `id` (number) or `uid` made by the creator, so that edits made offline can name what is not stored yet. */
const feature = z.union([z.number().int().positive(), uid]);

export const createOp = z.strictObject({
  op: z.literal("create"),
  uid,
  layer: z.string(),
  geometry: geometrySchema,
  properties: set,
  effective,
});
/** `duty`: 责任属地, a town code or null, by who decides it (may_decide_duty), with a reason. */
export const patchOp = z.strictObject({
  op: z.literal("patch"),
  feature,
  base,
  set: set.optional(),
  geometry: geometrySchema.optional(),
  duty: z.string().nullable().optional(),
  effective,
});
const deleteOp = z.strictObject({ op: z.literal("delete"), feature, base, effective });
/** Undelete, or with `version` bring back the body of an older version as a new one. */
const restoreOp = z.strictObject({
  op: z.literal("restore"),
  feature,
  base,
  version: version.optional(),
  effective,
});
/** `task` by id, or by feature and target for one not stored yet. A step, a progress report or a new due date. */
export const taskOp = z.strictObject({
  op: z.literal("task"),
  task: z.union([z.number().int().positive(), z.strictObject({ feature, target: z.number().int() })]),
  base: base.optional(),
  step: z.enum(steps).optional(),
  progress: z.number().int().min(0).max(100).optional(),
  due: day.optional(),
  note: z.string().max(500).optional(),
  effective,
});
/** Backdated correction of attributes in [from, to): what is now known to have been so then. 专班 only, reason required. */
const correctOp = z.strictObject({
  op: z.literal("correct"),
  feature,
  from: instant,
  to: instant.optional(),
  set: set.optional(),
  geometry: geometrySchema.optional(),
});
/** The same for a task's state: e.g. a 销项 that a later check finds was not so on that day. */
const correctTaskOp = z.strictObject({
  op: z.literal("correct-task"),
  task: z.union([z.number().int().positive(), z.strictObject({ feature, target: z.number().int() })]),
  from: instant,
  to: instant.optional(),
  state: z.enum(taskStates),
  progress: z.number().int().min(0).max(100).optional(),
});
const observeOp = z.strictObject({
  op: z.literal("observe"),
  point: feature,
  takenAt: instant,
  /** Parameter → value; `clear` is 1 or 0, lengths cm, concentrations mg/L, turbidity NTU. */
  values: z.record(z.string(), z.number()),
});
/** A reported metric (填报). `period` is `2025`, `2025-09`, `2025-Q3`, `2025-W31` or a day; `unit` files it. A later report of the same period replaces it in K. */
const reportOp = z.strictObject({
  op: z.literal("report"),
  metric: z.string(),
  unit: z.string(),
  period: z.string().max(12),
  value: z.number(),
  of: z.number().optional(),
  /** When the reported state held. */
  at: instant,
  note: z.string().max(500).optional(),
});

/** Evidence of a task. The file was uploaded before and is named by its hash; what was read from it outweighs what is said here. */
const photoOp = z.strictObject({
  op: z.literal("photo"),
  uid,
  feature,
  target: z.number().int(),
  phase: z.enum(photoPhases),
  /** SHA-256 of the file as it came from the phone, hex. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  takenAt: z.iso.datetime({ offset: true }).optional(),
  /** Where the device was, WGS84 [lon, lat]. */
  position: z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]).optional(),
});
/** Takes a photo down; the reason is the changeset's. The file stays, for the past still shows it. */
const photoRemoveOp = z.strictObject({ op: z.literal("photo-remove"), photo: uid });

const changeOp = z.discriminatedUnion("op", [
  createOp,
  patchOp,
  deleteOp,
  restoreOp,
  taskOp,
  correctOp,
  correctTaskOp,
  observeOp,
  reportOp,
  photoOp,
  photoRemoveOp,
]);
export type ChangeOp = z.infer<typeof changeOp>;

const changesBody = z.strictObject({
  changes: z.array(changeOp).min(1).max(2000),
  reason: z.string().max(500).optional(),
});
export type ChangesBody = z.infer<typeof changesBody>;

/** As it is sent. `dryRun` writes nothing and tells what would become of each op (`ChangesPreview`). */
export const changesRequest = changesBody.extend({ dryRun: z.boolean().optional() });

/** Takes back changesets, or all of one batch (an import), by a new one. `dryRun` only tells what would change. */
export const revertBody = z
  .strictObject({
    seqs: z.array(z.number().int().min(1)).min(1).max(500).optional(),
    batch: z.uuid().optional(),
    reason: z.string().trim().min(1, "请写明撤回的理由").max(500),
    dryRun: z.boolean().optional(),
  })
  .refine(({ seqs, batch }) => (seqs === undefined) !== (batch === undefined), "seqs 和 batch 写一项");
export type RevertBody = z.infer<typeof revertBody>;

/** Parameters of an observation at a water point, with what the screen says of them. */
export const waterParameters = {
  depth: { name: "水深", unit: "厘米" },
  sd: { name: "透明度", unit: "厘米" },
  clear: { name: "近岸见底", unit: "" },
  turbidity: { name: "浊度", unit: "NTU" },
  do: { name: "溶解氧", unit: "mg/L" },
  codmn: { name: "高锰酸盐指数", unit: "mg/L" },
  nh3n: { name: "氨氮", unit: "mg/L" },
  tp: { name: "总磷", unit: "mg/L" },
} as const;
export type WaterParameter = keyof typeof waterParameters;
