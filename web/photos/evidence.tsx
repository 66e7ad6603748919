import { IconAlertTriangle, IconCamera, IconPlus } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { type PhotoPhase, phaseName, photoPhases, placeNote } from "#data/domain/photo.ts";
import type { FeatureView, PhotoView, TaskView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { targets } from "#data/programme/targets.ts";
import { enqueuePhotos } from "../outbox/api.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { useMedia } from "../ui/media.ts";
import { Outbound } from "./outbound.tsx";
import { Picker } from "./picker.tsx";
import { byPhase, missingOf, pictureOf, placeWord, shortLabel } from "./shown.ts";
import "./photos.css";

const Viewer = part(() => import("./viewer.tsx").then((m) => m.Viewer));

/** The 证据 of a place: a strip for each of its tasks. */
export function Evidence({ view }: { view: FeatureView }) {
  if (view.tasks.length === 0) return <p className="proof-empty">这一处没有任务，不用照片作证据。</p>;
  return view.tasks.map((task) => <Strip key={task.id} view={view} task={task} />);
}

interface StripProps {
  readonly view: FeatureView;
  readonly task: TaskView;
}

function Strip({ view, task }: StripProps) {
  const [open, setOpen] = useState<string | null>(null);
  const [leftOut, setLeftOut] = useState(0);
  const [failure, setFailure] = useState<unknown>(null);
  const { feature, may } = view;
  const of = byPhase(view.photos, task.target);
  const missing = missingOf(of);
  const place = placeWord(layerById(feature.guatu.layer));
  const about = {
    title: String(feature.properties.name ?? ""),
    layer: feature.guatu.layer,
    subjects: [feature.id, feature.guatu.uid],
  };
  const add = (phase: PhotoPhase, files: readonly File[]) => {
    setFailure(null);
    enqueuePhotos({ ...about, target: task.target, phase }, files).then(
      (taken) => setLeftOut(taken.leftOut),
      setFailure,
    );
  };
  const title = targets.find(({ no }) => no === task.target)?.short;
  return (
    <section className="evidence" aria-label={`任务 ${task.target} 的证据`}>
      <p className="evidence-head">
        {view.tasks.length > 1 ? (
          <b>
            <span className="figure">{task.target}</span>　{title}
          </b>
        ) : (
          <b>证据</b>
        )}
        <span className="evidence-counts">
          {photoPhases.map((phase) => (
            <span key={phase}>
              {phaseName[phase]} <span className="figure">{of[phase].length}</span>
            </span>
          ))}
          {task.state !== "closed" && missing.length > 0 && (
            <span className="evidence-lacks">还差{missing.map((phase) => phaseName[phase]).join("、")}</span>
          )}
        </span>
      </p>
      <ul className="evidence-strip">
        {photoPhases.flatMap((phase) =>
          of[phase].map((photo) => (
            <li key={photo.uid}>
              <Thumb photo={photo} place={place} onOpen={() => setOpen(photo.uid)} />
            </li>
          )),
        )}
        {photoPhases.map((phase) => (
          <li key={phase}>
            {may.edit ? (
              <Slot
                phase={phase}
                lacking={task.state !== "closed" && missing.includes(phase)}
                onPick={(files) => add(phase, files)}
              />
            ) : (
              missing.includes(phase) && <p className="evidence-slot empty">没有{phaseName[phase]}</p>
            )}
          </li>
        ))}
      </ul>
      <Outbound feature={feature.id} target={task.target} />
      {failure !== null && <ErrorNote error={failure} />}
      {leftOut > 0 && (
        <p className="evidence-note" role="status">
          一次至多 20 张，另外 {leftOut} 张没有加入。这些传完以后再选。
        </p>
      )}
      <Far photos={[...of.before, ...of.after]} place={place} />
      {!may.edit && may.why && <p className="quiet">{may.why}。</p>}
      {open && (
        <Suspense fallback={null}>
          <Viewer
            of={of}
            uid={open}
            place={place}
            about={about}
            mayRemove={may.edit}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </section>
  );
}

interface ThumbProps {
  readonly photo: PhotoView;
  readonly place: string;
  readonly onOpen: () => void;
}

function Thumb({ photo, place, onOpen }: ThumbProps) {
  const note = placeNote(photo, place);
  const doubtful = note.kind === "far" || note.kind === "datum";
  return (
    <button type="button" className="evidence-thumb" title={note.text} onClick={onOpen}>
      <img
        src={pictureOf(photo.uid, "thumb")}
        alt={`${phaseName[photo.phase]}，${photo.unit}。${note.text}`}
        loading="lazy"
      />
      <span className="evidence-label">
        <span className="figure">{shortLabel(photo)}</span>
        {doubtful && <IconAlertTriangle size={14} stroke={2} aria-hidden="true" />}
      </span>
    </button>
  );
}

interface GlanceProps {
  readonly photos: readonly PhotoView[];
  readonly layer: LayerDef | undefined;
  onMore(): void;
}

/** Newest pictures that a first look needs; the rest are one tab away. */
const glanced = 3;

/** The first row of 概况: how it looks, before any word. Nothing where there is no picture. */
export function Glance({ photos, layer, onMore }: GlanceProps) {
  if (photos.length === 0) return null;
  const shown = photos.slice(-glanced);
  const more = photos.length - shown.length;
  return (
    <ul className="evidence-strip evidence-glance" aria-label="照片">
      {shown.map((photo) => (
        <li key={photo.uid}>
          <Thumb photo={photo} place={placeWord(layer)} onOpen={onMore} />
        </li>
      ))}
      {more > 0 && (
        <li>
          <button type="button" className="evidence-slot empty" onClick={onMore}>
            还有 {more} 张
          </button>
        </li>
      )}
    </ul>
  );
}

interface SlotProps {
  readonly phase: PhotoPhase;
  readonly lacking: boolean;
  readonly onPick: (files: readonly File[]) => void;
}

/** The missing picture is the button that brings it. In the hand it opens the camera, and the album stands below. */
function Slot({ phase, lacking, onPick }: SlotProps) {
  const inHand = useMedia("(pointer: coarse)");
  const name = phaseName[phase];
  const word = inHand ? `拍${name}` : lacking ? `补${name}` : `加${name}`;
  return (
    <div className={lacking ? "evidence-slot lacking" : "evidence-slot"}>
      <Picker camera={inHand} onPick={onPick}>
        {lacking || inHand ? <IconCamera size={20} stroke={1.75} /> : <IconPlus size={18} stroke={1.75} />}
        <span>{word}</span>
      </Picker>
      {inHand && (
        <Picker camera={false} onPick={onPick}>
          <span>从相册选</span>
        </Picker>
      )}
    </div>
  );
}

/** Pictures that were not taken at the place, said once each below the strip. */
function Far({ photos, place }: { photos: readonly PhotoView[]; place: string }) {
  const notes = photos
    .map((photo) => ({ photo, note: placeNote(photo, place) }))
    .filter(({ note }) => note.kind === "far" || note.kind === "datum");
  return notes.map(({ photo, note }) => (
    <p key={photo.uid} className="evidence-note">
      <b className="figure">{shortLabel(photo)}</b>　{note.text}
    </p>
  ));
}
