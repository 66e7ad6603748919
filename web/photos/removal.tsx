import { Button, Input } from "antd";
import { useState } from "react";
import type { PhotoView } from "#data/domain/wire/feature.ts";
import { useAsking } from "../outbox/asking.ts";
import type { ChangeOrder } from "../outbox/engine.ts";
import { openOutbox, useOutbox } from "../outbox/state.ts";
import { ErrorNote } from "../shell/page-states.tsx";

/** The place whose evidence is looked at, as the outbox names it. */
export type About = Pick<ChangeOrder, "title" | "layer" | "subjects">;

interface RemovalProps {
  readonly photo: PhotoView;
  readonly about: About;
  readonly onRemoved: () => void;
}

/** Takes a photo down with a reason; it stays in the history. Without a line it waits in the outbox. */
export function Removal({ photo, about, onRemoved }: RemovalProps) {
  const [reason, setReason] = useState<string | null>(null);
  const waits = useOutbox((s) =>
    s.entries.some(({ changes }) => changes.some((op) => op.op === "photo-remove" && op.photo === photo.uid)),
  );
  const asking = useAsking(() => {
    setReason(null);
    onRemoved();
  });
  const why = (reason ?? "").trim();
  const send = () =>
    void asking.send({
      ...about,
      what: "撤下照片",
      changes: [{ op: "photo-remove", photo: photo.uid }],
      reason: why,
      deed: { name: "撤下照片", stuck: "撤下的照片请在“证据”里重新上传" },
    });
  if (waits && !asking.busy && asking.error === undefined)
    return (
      <p className="viewer-waits" role="status">
        撤下还没发出去，连上后自动发送。
        <button type="button" className="link-button" onClick={openOutbox}>
          看待发箱
        </button>
      </p>
    );
  if (reason === null)
    return (
      <button type="button" className="link-button" onClick={() => setReason("")}>
        撤下这张
      </button>
    );
  return (
    <div className="viewer-removal">
      <Input
        autoFocus
        value={reason}
        maxLength={500}
        aria-label="撤下的原因"
        placeholder="撤下的原因（必填，历史里会保留）"
        onChange={(event) => setReason(event.target.value)}
        onPressEnter={() => why !== "" && send()}
      />
      <Button danger disabled={why === ""} loading={asking.busy} onClick={send}>
        撤下
      </Button>
      <Button
        onClick={() => {
          asking.giveUp();
          setReason(null);
        }}
      >
        先不
      </Button>
      {asking.error !== undefined && <ErrorNote error={asking.error} />}
    </div>
  );
}
