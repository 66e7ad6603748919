import { useSearch } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { roundPosition } from "#data/domain/plane.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { knowsTime, serverNow } from "../api/client.ts";
import { ProblemError } from "../api/problem.ts";
import { useFeature } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { readOutbox } from "../outbox/api.ts";
import { ErrorNote, PagePending } from "../shell/page-states.tsx";
import { type Base, baseOf, newBase } from "./base.ts";
import { ChooseLayer } from "./choose-layer.tsx";
import { draftKey, dropAnyDraft, findDraft } from "./drafts.ts";
import { choiceOf, type OpeningChoice } from "./opening.ts";
import { layersToDraw } from "./rights.ts";
import { reopenConflict } from "./saving.ts";
import { useEditor } from "./store.ts";
import { uuid7 } from "./uid.ts";
import { Workbench } from "./workbench.tsx";
import "./editor.css";
import "./bar.css";
import "./rail.css";
import "./notices.css";
import "./undo-list.css";
import "./panel.css";
import "./flow.css";
import "./status.css";
import "./draw-bar.css";
import "./tools.css";
import "./conflict.css";
import "./phone.css";

/**
 * `/edit?feature=<id>` edits a place, `/edit?layer=<id>` draws a new one, `/edit` asks in which layer. `v` is the map page's view, `entry` an unsent
 * creation of the outbox, `again` the refused edit that somebody came back for. */
export function EditorPage() {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const layer = search.layer === undefined ? undefined : layerById(search.layer);
  if (search.feature)
    return <EditFeature key={`${search.feature} ${search.again}`} id={search.feature} view={search.v} />;
  if (layer)
    return (
      <DrawNew
        key={`${layer.id} ${search.entry}`}
        layer={layer}
        entry={search.entry}
        view={search.v}
        at={search.at}
      />
    );
  return <ChooseLayer />;
}

function EditFeature({ id, view: at }: { id: string; view: string | undefined }) {
  const { data, error, refetch } = useFeature(id, {});
  const layer = data && layerById(data.feature.guatu.layer);
  const opened = useOpened(layer, data ?? null, data !== undefined);
  if (error && !data)
    return (
      <main className="page-state">
        <h1>这一处没有打开</h1>
        <ErrorNote error={error} onRetry={() => void refetch()} />
        <a href="/">回到地图</a>
      </main>
    );
  if (!opened || !data || !layer) return <PagePending />;
  return <Workbench layer={layer} latest={data} view={at} />;
}

interface DrawNewProps {
  readonly layer: LayerDef;
  readonly entry: string | undefined;
  readonly view: string | undefined;
  /** `lon,lat` where a point is wanted, from the map or from the phone's own position. */
  readonly at: string | undefined;
}

function DrawNew({ layer, entry, view, at }: DrawNewProps) {
  const { who } = useWho();
  const may = layersToDraw(who).includes(layer);
  const opened = useOpened(layer, null, may, entry);
  useEffect(() => {
    if (opened && layer.geometry === "Point") placeFirst(at);
  }, [opened, layer, at]);
  if (!may) return <ChooseLayer />;
  return opened ? <Workbench layer={layer} latest={null} view={view} /> : <PagePending />;
}

/** A new point begins where it was asked for; a draft has its own place already. */
function placeFirst(at: string | undefined): void {
  const [lon, lat] = (at ?? "").split(",").map(Number);
  const { sketch, edit, use } = useEditor.getState();
  if (lon === undefined || lat === undefined || !Number.isFinite(lon + lat) || sketch?.doc.geometry) return;
  edit({
    kind: "shape",
    geometry: { type: "Point", coordinates: [...roundPosition(lon, lat)] },
    name: "放置点位",
  });
  use("select");
}

/** Opens the document once, with what this account has not saved or not sent of it. */
function useOpened(
  layer: LayerDef | undefined,
  view: FeatureView | null,
  ready: boolean,
  entry?: string,
): boolean {
  const { who } = useWho();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (opened || !ready || !layer) return;
    let current = true;
    const stored = view ? baseOf(view) : newBase(uuid7(Date.now()));
    void openingOf(layer, stored, who.account, knowsTime() ? serverNow() : null, entry).then(
      ({ base, draft, stopped, drop }) => {
        if (!current) return;
        if (drop) void dropAnyDraft(drop).catch(() => undefined);
        useEditor.getState().open({ layer, view, base, draft });
        if (stopped) {
          useEditor.setState({
            restored: null,
            kept: null,
            saving: { kind: "refused", problem: new ProblemError(stopped.problem) },
          });
          if (stopped.conflict) void reopenConflict(stopped.order);
        }
        setOpened(true);
      },
    );
    return () => {
      current = false;
    };
  }, [opened, ready, layer, view, who.account, entry]);
  return opened;
}

async function openingOf(
  layer: LayerDef,
  stored: Base,
  account: string,
  now: number | null,
  entry: string | undefined,
): Promise<OpeningChoice> {
  const box = await readOutbox();
  const found = { layer, stored, box, account, entry };
  const plain = choiceOf({ ...found, draft: null });
  // Something new that is queued already has a draft of its own, by its uid.
  const draft =
    (plain.base.pending && (await findDraft(draftKey(account, plain.base, layer.id), now))) ||
    (entry ? null : await findDraft(draftKey(account, stored, layer.id), now));
  return draft ? choiceOf({ ...found, entry: undefined, draft }) : plain;
}
