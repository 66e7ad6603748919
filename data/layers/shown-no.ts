import type { LayerDef } from "./define.ts";

/** The number people say (编号), e.g. QP-RQ-07: made of the permanent id, so it is for ever and never reused. */
export const shownNo = (layer: Pick<LayerDef, "prefix">, id: number): string =>
  `QP-${layer.prefix}-${String(id).padStart(2, "0")}`;
