import { Modal } from "antd";
import { useState } from "react";
import { type PhotoPhase, phaseName, photoPhases, placeNote } from "#data/domain/photo.ts";
import type { PhotoView } from "#data/domain/wire/feature.ts";
import { moment } from "../ui/format.ts";
import { Compare } from "./compare.tsx";
import { type About, Removal } from "./removal.tsx";
import { pairOf, pictureOf, shortLabel } from "./shown.ts";

interface ViewerProps {
  readonly of: Readonly<Record<PhotoPhase, readonly PhotoView[]>>;
  /** The picture that was opened. */
  readonly uid: string;
  readonly place: string;
  readonly about: About;
  readonly mayRemove: boolean;
  readonly onClose: () => void;
}

/** A picture in full, beside its other side when there is one: dragged or keyed over each other. */
export function Viewer({ of, uid, place, about, mayRemove, onClose }: ViewerProps) {
  const [chosen, setChosen] = useState(uid);
  const [alone, setAlone] = useState(false);
  const all = photoPhases.flatMap((phase) => of[phase]);
  const photo = all.find((each) => each.uid === chosen) ?? all.at(-1);
  if (!photo) return null;
  const pair = alone ? null : pairOf(of, photo.uid);
  return (
    <Modal
      open
      centered
      title={pair ? "整治前后" : phaseName[photo.phase]}
      footer={null}
      width={920}
      onCancel={onClose}
    >
      {pair ? (
        <Compare before={pictureOf(pair.before.uid, "full")} after={pictureOf(pair.after.uid, "full")} />
      ) : (
        <img
          className="viewer-single"
          src={pictureOf(photo.uid, "full")}
          width={photo.width}
          height={photo.height}
          alt={`${phaseName[photo.phase]}，${photo.unit}`}
        />
      )}
      <ul className="viewer-strip">
        {all.map((each) => (
          <li key={each.uid}>
            <button
              type="button"
              className="evidence-thumb"
              aria-pressed={each.uid === photo.uid}
              onClick={() => setChosen(each.uid)}
            >
              <img src={pictureOf(each.uid, "thumb")} alt={phaseName[each.phase]} />
              <span className="evidence-label figure">{shortLabel(each)}</span>
            </button>
          </li>
        ))}
        {of.before.length > 0 && of.after.length > 0 && (
          <li>
            <button type="button" className="button" onClick={() => setAlone(!alone)}>
              {alone ? "对比前后" : "只看这张"}
            </button>
          </li>
        )}
      </ul>
      <Facts photo={photo} place={place} />
      {mayRemove && (
        <Removal key={photo.uid} photo={photo} about={about} onRemoved={() => all.length <= 1 && onClose()} />
      )}
    </Modal>
  );
}

function Facts({ photo, place }: { photo: PhotoView; place: string }) {
  const { takenAt, filedAt, unit, person, phase, positionFrom } = photo;
  const note = placeNote(photo, place);
  const early = takenAt !== null && takenAt > filedAt;
  return (
    <div className="viewer-facts">
      <p>
        <b>{phaseName[phase]}</b>
        <span>{takenAt ? `${moment(takenAt)} 拍摄` : "照片里没有拍摄时间"}</span>
        <span className="quiet">
          {unit}
          {person && ` ${person}`} {moment(filedAt)} 上传
        </span>
      </p>
      {early && <p className="evidence-note">拍摄时间晚于上传时间，请核对手机的日期和时间。</p>}
      <p className={note.kind === "near" ? "quiet" : "evidence-note"}>
        {note.text}
        {positionFrom === "device" && <span className="quiet">（位置由手机在上传时提供，不在照片里）</span>}
      </p>
    </div>
  );
}
