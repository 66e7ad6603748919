import { IconCamera, IconInfoCircle, IconPhoto } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { type PhotoPhase, phaseName, photoPhases } from "#data/domain/photo.ts";
import type { PhotoView } from "#data/domain/wire/feature.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { asProblem } from "../api/problem.ts";
import { useHere } from "../map/here.ts";
import { enqueuePhotos } from "../outbox/api.ts";
import { useOutbox } from "../outbox/state.ts";
import { Outbound } from "../photos/outbound.tsx";
import { Picker } from "../photos/picker.tsx";
import { byPhase, missingOf, pictureOf, placeWord } from "../photos/shown.ts";
import { part } from "../shell/part.ts";
import { dayInSentence, moment } from "../ui/format.ts";
import { type Handled, photoAdvice } from "./report.ts";
import "../photos/photos.css";

const Viewer = part(() => import("../photos/viewer.tsx").then((m) => m.Viewer));

interface PhotoFirstProps {
  readonly feature: number;
  readonly name: string;
  readonly task: Handled;
  /** Null until the place is read. */
  readonly photos: readonly PhotoView[] | null;
  /** How many the list told of. */
  readonly told: Readonly<Record<PhotoPhase, number>> | null;
  readonly layer: LayerDef | undefined;
  readonly mayAdd: boolean;
  /** Metres from the reader to the place. */
  readonly far: number | null;
}

/** The picture from before, the camera beside it, and whether a picture taken here and now counts. */
export function PhotoFirst({ feature, name, task, photos, told, layer, far, ...may }: PhotoFirstProps) {
  // What is closed keeps its evidence; more of it is added under 证据.
  const mayAdd = may.mayAdd && task.state !== "closed";
  const here = useHere((s) => s.here);
  const [open, setOpen] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const of = byPhase(photos ?? [], task.target);
  const queued = useOutbox((s) => s.entries);
  const onWay = queued.flatMap(({ photo, subjects }) =>
    photo && photo.target === task.target && subjects.includes(feature) ? [photo.phase] : [],
  );
  const lacking = photos ? missingOf(of) : photoPhases.filter((phase) => told?.[phase] === 0);
  const missing = lacking.filter((phase) => !onWay.includes(phase));
  const about = { title: name, layer: layer?.id ?? null, subjects: [feature] };
  const word = placeWord(layer);
  const wanted: PhotoPhase = missing.includes("before") && task.state === "planned" ? "before" : "after";
  const other: PhotoPhase = wanted === "after" ? "before" : "after";
  const shown = of[other].at(-1);
  const own = of[wanted].at(-1);
  const add = (phase: PhotoPhase) => (files: readonly File[]) => {
    const order = { ...about, target: task.target, phase };
    setProblem(null);
    enqueuePhotos(order, files).catch((error) => setProblem(asProblem(error).message));
  };
  const unread = photos === null && (told?.[other] ?? 0) > 0;
  return (
    <section className="first" aria-label="照片">
      <div className="first-pair">
        {shown ? (
          <Picture photo={shown} onOpen={() => setOpen(shown.uid)} />
        ) : mayAdd && !unread ? (
          <Picker camera className="first-slot" onPick={add(other)}>
            <IconCamera size={24} stroke={1.75} aria-hidden="true" />
            <span>补{phaseName[other]}</span>
          </Picker>
        ) : (
          <p className="first-slot">{unread ? "照片正在读" : `没有${phaseName[other]}`}</p>
        )}
        {mayAdd ? (
          <div className="first-shoot">
            <Picker camera className="first-camera" onPick={add(wanted)}>
              <IconCamera size={32} stroke={1.75} aria-hidden="true" />
              <b>拍{phaseName[wanted]}</b>
              <small>{of[wanted].length > 0 ? `已有 ${of[wanted].length} 张` : "站到同一位置"}</small>
            </Picker>
            <Picker camera={false} className="first-album" onPick={add(wanted)}>
              <IconPhoto size={20} stroke={1.75} aria-hidden="true" />
              <span className="out-of-sight">从相册选{phaseName[wanted]}</span>
            </Picker>
          </div>
        ) : own ? (
          <Picture photo={own} onOpen={() => setOpen(own.uid)} />
        ) : (
          <p className="first-slot">没有{phaseName[wanted]}</p>
        )}
      </div>
      {mayAdd && (
        <div className="first-advice" role="status">
          <IconInfoCircle size={18} stroke={1.75} aria-hidden="true" />
          <span>{photoAdvice(missing, here, far, word)}</span>
        </div>
      )}
      {problem && (
        <p className="switch-problem" role="alert">
          {problem}
        </p>
      )}
      <Outbound feature={feature} target={task.target} />
      {open && (
        <Suspense fallback={null}>
          <Viewer
            of={of}
            uid={open}
            place={word}
            about={about}
            mayRemove={mayAdd}
            onClose={() => setOpen(null)}
          />
        </Suspense>
      )}
    </section>
  );
}

function Picture({ photo, onOpen }: { photo: PhotoView; onOpen: () => void }) {
  const day = moment(photo.takenAt ?? photo.filedAt).slice(0, 10);
  return (
    <button type="button" className="first-picture" onClick={onOpen}>
      <img
        src={pictureOf(photo.uid, "thumb")}
        alt=""
        width={196}
        height={150}
        loading="lazy"
        decoding="async"
      />
      <span>
        {phaseName[photo.phase]}　{dayInSentence(day)}
      </span>
    </button>
  );
}
