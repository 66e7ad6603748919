import { IconX } from "@tabler/icons-react";
import { phaseName } from "#data/domain/photo.ts";
import type { ProblemError } from "../api/problem.ts";
import { dropPhoto, type Outgoing, retryPhoto, usePhotoQueue } from "./queue.ts";

interface OutboundProps {
  readonly feature: number;
  readonly target: number;
}

/** Photos of this task that are on their way, each with how far it is or why it stopped. */
export function Outbound({ feature, target }: OutboundProps) {
  const items = usePhotoQueue((s) => s.items);
  const own = items.filter((item) => item.feature === feature && item.target === target);
  if (own.length === 0) return null;
  return (
    <ul className="outbound" aria-live="polite">
      {own.map((item) => (
        <li key={item.uid}>
          <img
            src={item.preview}
            alt=""
            // What is no picture, or HEIC on most desktops, cannot be shown before it is sent.
            onError={({ currentTarget }) => {
              currentTarget.style.visibility = "hidden";
            }}
          />
          <div>
            <p>
              {phaseName[item.phase]}　<span className="quiet">{item.file.name}</span>
            </p>
            {item.problem ? (
              <Stopped item={item} problem={item.problem} />
            ) : (
              <p className="outbound-way">
                <progress max={1} value={item.part} aria-label={`上传 ${item.file.name}`} />
                <span className="quiet">{wayOf(item)}</span>
              </p>
            )}
          </div>
        </li>
      ))}
    </ul>
  );
}

const wayOf = ({ state, part }: Outgoing): string =>
  state === "waiting" ? "排队" : state === "filing" || part >= 1 ? "正在登记" : `${Math.round(part * 100)}%`;

/** Worth another try: not reached, signed out, too busy, or the server's own fault. */
const mayPass = ({ status }: ProblemError): boolean => status === 0 || status === 401 || status >= 429;

function Stopped({ item, problem }: { item: Outgoing; problem: ProblemError }) {
  return (
    <p className="outbound-stopped" role="alert">
      {problem.message}
      {mayPass(problem) && (
        <button type="button" className="link-button" onClick={() => retryPhoto(item.uid)}>
          重试
        </button>
      )}
      <button
        type="button"
        className="icon-button"
        aria-label={`不传 ${item.file.name}`}
        onClick={() => dropPhoto(item.uid)}
      >
        <IconX size={16} stroke={1.75} />
      </button>
    </p>
  );
}
