import { checkAttrs } from "#data/domain/validate.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { offeredFields } from "./value.ts";

/** Field id → what is wrong and what to do, by the server's own rules; only fields the form offers now. */
export function formErrors(
  layer: LayerDef,
  attrs: Readonly<Record<string, unknown>>,
): Readonly<Record<string, string>> {
  const offered = new Set(offeredFields(layer, attrs).map(([id]) => id));
  const known = Object.fromEntries(Object.entries(attrs).filter(([id]) => offered.has(id)));
  return Object.fromEntries(
    checkAttrs(layer, known)
      .filter(({ at }) => offered.has(at))
      .map(({ at, message }) => [at, message]),
  );
}
