import { z } from "zod";
import { changesRequest } from "./change.ts";
import { mostVertices } from "./validate.ts";

/** Only what changes places: steps of tasks, photos and reports have one owner and need no co-signing. */
const proposable = ["create", "patch", "delete"] as const;
const verticesOf = (coordinates: unknown): number => {
  if (!Array.isArray(coordinates)) return 0;
  return typeof coordinates[0] === "number"
    ? 1
    : coordinates.reduce<number>((sum, each) => sum + verticesOf(each), 0);
};

const changes = changesRequest.shape.changes
  .max(50)
  .refine(
    (list) =>
      list.every(({ op }) => (proposable as readonly string[]).includes(op)) &&
      list.every((change) => change.op !== "patch" || change.duty === undefined),
    "会签只能新建、修改或删除对象，不含任务、照片和责任属地",
  )
  // Each shape is cut by the borders twice while everybody else's writes wait.
  .refine(
    (list) =>
      list.reduce((sum, op) => sum + ("geometry" in op ? verticesOf(op.geometry?.coordinates) : 0), 0) <=
      mostVertices,
    "一件会签的图形合计至多 20,000 个顶点，请先简化，或分成几件发起",
  );

export const proposalBody = z.strictObject({
  /** Made by the proposer: sent again it is the same proposal. */
  uid: z.uuid(),
  changes,
  reason: z.string().trim().min(1, "请写明为什么要改，其他镇街据此决定是否同意").max(500),
});
export type ProposalBody = z.infer<typeof proposalBody>;

export const proposalStepBody = z.strictObject({
  reason: z.string().trim().max(500).optional(),
  /** The round that was read, wanted for `agree`: what was renewed meanwhile has to be read again. */
  round: z.number().int().min(1).optional(),
});
export type ProposalStepBody = z.infer<typeof proposalStepBody>;
