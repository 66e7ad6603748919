import { IconX } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { phaseName } from "#data/domain/photo.ts";
import { discardEntries, queuedPicture, retryEntries } from "../outbox/api.ts";
import type { Entry, PhotoPart } from "../outbox/entry.ts";
import { useOutbox } from "../outbox/state.ts";

interface OutboundProps {
  readonly feature: number;
  readonly target: number;
}

/** Photos of this task that are on their way, each with how far it is or why it stopped. */
export function Outbound({ feature, target }: OutboundProps) {
  const entries = useOutbox((s) => s.entries);
  const own = entries.flatMap((entry) =>
    entry.photo?.target === target && entry.subjects.includes(feature) ? [{ entry, photo: entry.photo }] : [],
  );
  if (own.length === 0) return null;
  return (
    <ul className="outbound" aria-live="polite">
      {own.map(({ entry, photo }) => (
        <li key={entry.id}>
          <QueuedPicture id={entry.id} />
          <div>
            <p>
              {phaseName[photo.phase]}　<span className="quiet">{photo.name}</span>
            </p>
            {entry.state === "waiting" ? (
              <Way entry={entry} photo={photo} />
            ) : (
              <Stopped entry={entry} photo={photo} />
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

function QueuedPicture({ id }: { id: string }) {
  const [source, setSource] = useState<string | null>(null);
  useEffect(() => {
    let address: string | null = null;
    let gone = false;
    void queuedPicture(id).then((blob) => {
      if (!blob || gone) return;
      address = URL.createObjectURL(blob);
      setSource(address);
    });
    return () => {
      gone = true;
      if (address) URL.revokeObjectURL(address);
    };
  }, [id]);
  return (
    <img
      src={source ?? undefined}
      alt=""
      // What is no picture, or HEIC on most desktops, cannot be shown before it is sent.
      onError={({ currentTarget }) => {
        currentTarget.style.visibility = "hidden";
      }}
    />
  );
}

function Way({ entry, photo }: { entry: Entry; photo: PhotoPart }) {
  const part = useOutbox((s) => s.sending[entry.id]);
  const sent = photo.file ? 1 : (part ?? 0);
  const word =
    part === undefined && !photo.file
      ? entry.problem
        ? "已存本机，连上后自动上传"
        : "排队"
      : sent >= 1
        ? "正在登记"
        : `${Math.round(sent * 100)}%`;
  return (
    <p className="outbound-way">
      <progress max={1} value={sent} aria-label={`上传 ${photo.name}`} />
      <span className="quiet">{word}</span>
    </p>
  );
}

function Stopped({ entry, photo }: { entry: Entry; photo: PhotoPart }) {
  return (
    <p className="outbound-stopped" role="alert">
      {entry.problem?.detail ?? entry.problem?.title}
      <button type="button" className="link-button" onClick={() => void retryEntries([entry.id])}>
        重试
      </button>
      <button
        type="button"
        className="icon-button"
        aria-label={`不传 ${photo.name}`}
        onClick={() => void discardEntries([entry.id])}
      >
        <IconX size={16} stroke={1.75} />
      </button>
    </p>
  );
}
