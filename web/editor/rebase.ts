import type { LayerDef } from "#data/layers/define.ts";
import type { Base } from "./base.ts";
import type { Doc } from "./document.ts";
import { fresh, perform, type Sketch } from "./steps.ts";

/**
 * A sketch on a newer `base` with `doc` as what I want; one step a part, so that each can be undone. Pieces and absorbed places of
 * `before` stay. `now` in ms.
 */
export function rebased(
  layer: LayerDef,
  base: Base,
  doc: Doc,
  before: Doc | undefined,
  name: string,
  now: number,
): Sketch {
  let sketch = fresh(base.doc);
  for (const field of new Set([...Object.keys(base.doc.attrs), ...Object.keys(doc.attrs)]))
    if (JSON.stringify(base.doc.attrs[field]) !== JSON.stringify(doc.attrs[field]))
      sketch = perform(layer, sketch, { kind: "set", field, value: doc.attrs[field] }, now);
  for (const [task, value] of Object.entries(doc.progress))
    if (base.doc.progress[task] !== value && task in base.doc.progress)
      sketch = perform(layer, sketch, { kind: "progress", task: Number(task), value }, now);
  if (JSON.stringify(base.doc.geometry) !== JSON.stringify(doc.geometry))
    sketch = perform(layer, sketch, { kind: "shape", geometry: doc.geometry, name }, now);
  const { pieces, absorbed, along } = before ?? {};
  if (pieces?.length || absorbed?.length || along?.length)
    sketch = perform(
      layer,
      sketch,
      { kind: "regroup", geometry: sketch.doc.geometry, pieces, absorbed, along, name },
      now,
    );
  return sketch;
}
