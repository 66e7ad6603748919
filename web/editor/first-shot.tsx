import { IconCamera, IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { photoLimits } from "#data/domain/photo.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { Picker } from "../photos/picker.tsx";
import { targetOfShots, useShots } from "./shots.ts";
import { useEditor } from "./store.ts";
import "../photos/photos.css";

const none: readonly File[] = [];

/** The picture first: of a place that is being added in the street. */
export function FirstShot({ layer }: { layer: LayerDef }) {
  const uid = useEditor((s) => (s.base?.feature === null ? s.base.uid : null));
  const wanted = useEditor((s) => s.sketch !== null && targetOfShots(layer, s.sketch.doc) !== null);
  const files = useShots((s) => (uid === null ? none : (s.files[uid] ?? none)));
  if (uid === null || !wanted) return null;
  const { add, drop } = useShots.getState();
  const room = photoLimits.atOnce - files.length;
  return (
    <section className="edit-shots" aria-label="现场照片">
      <ul>
        {files.map((file) => (
          <li key={`${file.name}/${file.lastModified}/${file.size}`}>
            <Shot file={file} />
            <button type="button" aria-label={`不要 ${file.name}`} onClick={() => drop(uid, file)}>
              <IconX size={16} stroke={2} />
            </button>
          </li>
        ))}
      </ul>
      {room > 0 && (
        <Picker camera className="edit-shot-camera" onPick={(taken) => add(uid, taken.slice(0, room))}>
          <IconCamera size={24} stroke={1.75} aria-hidden="true" />
          <b>{files.length > 0 ? "再拍一张" : "拍现场（整治前）"}</b>
        </Picker>
      )}
      <p className="quiet">
        {files.length > 0 ? "保存时一起存进待发箱，在那以前别关页面。" : "可以先拍照，再填下面的内容。"}
      </p>
    </section>
  );
}

function Shot({ file }: { file: File }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return <img src={address ?? undefined} alt={file.name} />;
}
