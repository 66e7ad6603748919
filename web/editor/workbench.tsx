import { IconCheck } from "@tabler/icons-react";
import type { Map as MapLibre } from "maplibre-gl";
import { Suspense, useCallback, useEffect, useState } from "react";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { useWho } from "../api/session.ts";
import { discardEntries } from "../outbox/api.ts";
import { OutboxPanel } from "../outbox/panel.tsx";
import { part } from "../shell/part.ts";
import { phoneMedia, useMedia } from "../ui/media.ts";
import { EditBar } from "./bar.tsx";
import type { StepOrder } from "./base.ts";
import type { Border } from "./border.ts";
import { ConflictDialog } from "./conflict.tsx";
import type { Doc } from "./document.ts";
import { DrawBar } from "./draw-bar.tsx";
import { useLeaving, useNewer, useSaving } from "./flows.ts";
import { type Gate, useGate } from "./gate.ts";
import { useKeptDraft } from "./keeping.ts";
import { useKeyboard } from "./keyboard.ts";
import { LeaveDialog } from "./leave.tsx";
import { Notices } from "./notices.tsx";
import { Overlay } from "./overlay.tsx";
import { AttributePanel } from "./panel.tsx";
import { PhoneFrame } from "./phone-frame.tsx";
import { Rail } from "./rail.tsx";
import { boundTo } from "./rights.ts";
import { rebase, restoreAndSave } from "./saving.ts";
import { Sheet } from "./sheet.tsx";
import { useSnapTargets } from "./snapping.ts";
import { soundIn } from "./sound.ts";
import { StatusLine } from "./status.tsx";
import { useEditor } from "./store.ts";
import { useTownBorders } from "./towns.ts";
import { UndoList } from "./undo-list.tsx";

const ProposeNotice = part(() => import("../proposals/propose.tsx").then((m) => m.ProposeNotice));

interface Props {
  readonly layer: LayerDef;
  /** As the server told last; null while drawing something new. */
  readonly latest: FeatureView | null;
  readonly view: string | undefined;
}

const noBorders: readonly Border[] = [];
const wide = { top: 60, right: 380, bottom: 60, left: 90 };
/** The frame of the phone sets its own. */
const narrow = { top: 0, right: 0, bottom: 0, left: 0 };

/** The editing table: sheet, tools, form, and the ways to save and to leave. */
export function Workbench({ layer, latest, view: at }: Props) {
  const { who } = useWho();
  const phone = useMedia(phoneMedia);
  const borders = useTownBorders().data ?? noBorders;
  // What lies in several towns is nobody's to keep inside: it is proposed, not saved.
  const bound = latest?.may.propose ? null : boundTo(who, latest?.feature ?? null);
  const border = borders.find((each) => each.code === bound) ?? null;
  useEffect(() => useEditor.getState().put({ border }), [border]);
  useKeptDraft(who.account);

  const [map, setMap] = useState<MapLibre | null>(null);
  // As I left it: what is new, or was moved, and waits to be sent is found at its own place.
  const [start] = useState(
    () => useEditor.getState().sketch?.doc.geometry ?? latest?.feature.geometry ?? null,
  );
  const [help, setHelp] = useState(false);
  const gate = useGate(layer, latest);
  const out = useLeaving(layer, latest, who.account);
  const act = useSaving(layer, latest, gate);
  const newer = useNewer(layer, latest);
  const conflict = useEditor((s) => (s.saving.kind === "conflict" ? s.saving : null));
  useKeyboard({
    onSave: () => void act.send(),
    onCancel: out.ask,
    onHelp: () => setHelp((open) => !open),
    off: conflict !== null || out.asking,
  });
  const waiting = bound !== null && borders.length === 0;

  const form = (
    <AttributePanel
      layer={layer}
      errors={gate.shownErrors}
      editable={gate.editable}
      stepBlocked={gate.stepBlocked}
      onStep={(order) => void act.send(order)}
    />
  );
  return (
    <div className="edit" data-phone={phone || undefined}>
      <EditBar blocked={gate.blocked} onCancel={out.ask} onSave={() => void act.send()} />
      <div className="edit-stage">
        {!waiting && (
          <Sheet
            layer={layer}
            editing={latest?.feature.id ?? null}
            border={border}
            start={start}
            view={at}
            padding={phone ? narrow : wide}
            onMap={setMap}
          />
        )}
        {map && <Drawing map={map} layer={layer} borders={borders} gate={gate} />}
        {!phone && <Rail help={help} onHelp={setHelp} />}
        {map && <DrawBar layer={layer} map={map} phone={phone} editable={gate.editable} />}
        <Notices
          layer={layer}
          newer={newer}
          onDiscard={out.discard}
          onRestore={act.restore}
          onAnew={act.anew}
          onCompare={() => newer && act.take(newer)}
        >
          <Suspense fallback={null}>
            <ProposeNotice
              layer={layer}
              faults={gate.faults}
              errors={gate.shownErrors}
              onProposed={out.forget}
            />
          </Suspense>
        </Notices>
        {!phone && (
          <div className="edit-cards">
            <UndoList />
            <OutboxPanel />
          </div>
        )}
        <Toast />
      </div>
      {phone ? (
        <PhoneFrame map={map}>{form}</PhoneFrame>
      ) : (
        <>
          {form}
          <StatusLine faults={gate.faults} errors={Object.keys(gate.shownErrors).length} />
        </>
      )}
      {out.asking && <LeaveDialog onStay={out.stay} onLeave={out.leave} onDiscard={out.discardAndLeave} />}
      {conflict && (
        <Conflict
          layer={layer}
          conflict={conflict}
          deleted={latest?.feature.guatu.deleted === true}
          onAnew={act.anew}
          onDone={(order) => void act.send(order)}
        />
      )}
    </div>
  );
}

function Drawing({
  map,
  layer,
  borders,
  gate,
}: {
  map: MapLibre;
  layer: LayerDef;
  borders: readonly Border[];
  gate: Gate;
}) {
  const base = useEditor((s) => s.base);
  const border = useEditor((s) => s.border);
  const moved = useEditor((s) => s.preview !== null || s.sketch?.doc.geometry !== s.base?.doc.geometry);
  const proposed = useEditor((s) => s.proposal !== null);
  const standing = useEditor((s) => s.sketch?.doc.geometry);
  const stored = base?.doc.geometry ?? null;
  const targets = useSnapTargets(map, layer, base?.feature ?? null, borders, border);
  return (
    <Overlay
      map={map}
      layer={layer}
      targets={targets}
      faults={gate.faults}
      original={proposed ? (standing ?? null) : moved ? stored : null}
      editable={gate.editable}
    />
  );
}

type Conflicted = Extract<ReturnType<typeof useEditor.getState>["saving"], { kind: "conflict" }>;

function Conflict({
  layer,
  conflict,
  deleted,
  onAnew,
  onDone,
}: {
  layer: LayerDef;
  conflict: Conflicted;
  deleted: boolean;
  onAnew(): void;
  onDone(order?: StepOrder): void;
}) {
  const base = useEditor((s) => s.base);
  const mine = useEditor((s) => s.sketch?.doc);
  const border = useEditor((s) => s.border);
  const later = useCallback(() => useEditor.setState({ saving: { kind: "idle" } }), []);
  if (!base || !mine) return null;
  const { merged, theirs, order } = conflict;
  const version = theirs.feature.guatu.version;
  const resolve = (doc: Doc, name: string) => {
    rebase(layer, theirs, doc, name);
    later();
  };
  return (
    <ConflictDialog
      layer={layer}
      base={base}
      mine={mine}
      merged={merged}
      theirs={theirs}
      sound={soundIn(layer, border)}
      deleted={deleted}
      onRestore={() => void restoreAndSave(order)}
      onAnew={onAnew}
      onLater={later}
      onTheirs={() => {
        resolve(mine, `我的改动（版本 ${base.version} 起）`);
        while (useEditor.getState().sketch?.done.length) useEditor.getState().undo();
        const { mends } = useEditor.getState();
        if (mends) void discardEntries([mends]);
        useEditor.setState({ mends: null });
      }}
      onResolve={(doc) => {
        resolve(doc, `与版本 ${version} 合并`);
        onDone(order);
      }}
    />
  );
}

const toastMs = 4000;

/** Said once and gone; errors stand in Notices instead. */
function Toast() {
  const note = useEditor((s) => s.note);
  useEffect(() => {
    if (!note) return;
    const timer = window.setTimeout(() => useEditor.setState({ note: null }), toastMs);
    return () => window.clearTimeout(timer);
  }, [note]);
  return (
    <div className="edit-toast" role="status">
      {note && (
        <p>
          <IconCheck size={16} stroke={2} aria-hidden="true" /> {note.text}
        </p>
      )}
    </div>
  );
}
