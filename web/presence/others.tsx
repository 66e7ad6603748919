import { IconCopy } from "@tabler/icons-react";
import type { PresenceMode } from "#data/domain/presence.ts";
import { thisTab } from "../editor/uid.ts";
import { usePresent } from "./present.ts";
import { type Face, facesOf, presenceSentence } from "./words.ts";
import "./presence.css";

interface Props {
  /** `null` while something new is drawn: nobody else can have it open. */
  readonly feature: number | null;
  readonly mode: PresenceMode;
}

const mostFaces = 4;

/** Who else has this open: avatars and a sentence. Nothing is locked; saving merges, or shows both sides. */
export function Others({ feature, mode }: Props) {
  const answer = usePresent(feature, mode);
  if (!answer || answer.feature !== feature) return null;
  const faces = facesOf(answer);
  const twin = answer.mine.find(({ tab }) => tab !== thisTab);
  const twice = twin && (mode === "editing" || twin.mode === "editing");
  if (faces.length === 0 && !twice) return null;
  const sentence = presenceSentence(faces);
  return (
    <p className="presence" role="status">
      {faces.length > 0 && (
        <>
          <span className="presence-faces" aria-hidden="true">
            {faces.slice(0, mostFaces).map((face) => (
              <Avatar key={face.key} face={face} />
            ))}
            {faces.length > mostFaces && <i className="presence-face">+{faces.length - mostFaces}</i>}
          </span>
          <span className="presence-words" title={sentence}>
            {sentence}
          </span>
        </>
      )}
      {twice && (
        <span className="presence-twin" title="两个窗口改的是同一处，先保存的一边为准，另一边保存时会合并">
          <IconCopy size={15} stroke={1.75} aria-hidden="true" />
          你在另一个窗口也打开了这一处
        </span>
      )}
    </p>
  );
}

const Avatar = ({ face }: { face: Face }) => (
  <i className="presence-face" data-mode={face.mode} title={face.name}>
    {face.letter}
  </i>
);
