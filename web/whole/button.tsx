import { IconRoad } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { useWho } from "../api/session.ts";
import { part } from "../shell/part.ts";
import { mayEditWhole, wholeField } from "./whole.ts";

const WholeDialog = part(() => import("./dialog.tsx").then((m) => m.WholeDialog));

/** From one segment to the whole road, for who may change it. */
export function WholeButton({ view: { feature }, layer }: { view: FeatureView; layer: LayerDef }) {
  const { who } = useWho();
  const [open, setOpen] = useState(false);
  const field = wholeField(layer);
  const name = field && feature.properties[field];
  if (!field || typeof name !== "string" || !mayEditWhole(who, layer)) return null;
  return (
    <>
      <button type="button" className="button" onClick={() => setOpen(true)}>
        <IconRoad size={17} stroke={1.75} aria-hidden="true" /> 改整条道路
      </button>
      {open && (
        <Suspense fallback={null}>
          <WholeDialog layer={layer} field={field} name={name} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
