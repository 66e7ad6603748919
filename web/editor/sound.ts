import type { Geometry } from "#data/domain/change.ts";
import { partsOf } from "#data/domain/paths.ts";
import type { LayerDef } from "#data/layers/define.ts";
import type { Border } from "./border.ts";
import { faultsOf } from "./checks.ts";

/** Is this shape free of faults? What a merged one must be to be sent by itself. */
export const soundIn = (layer: LayerDef, border: Border | null) => (geometry: Geometry) =>
  faultsOf(layer.geometry, partsOf(geometry), border).every((fault) => fault.advice);
