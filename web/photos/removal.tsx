import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Button, Input } from "antd";
import { useState } from "react";
import type { PhotoView } from "#data/domain/wire/feature.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { send } from "../api/client.ts";
import { uuid4 } from "../editor/uid.ts";
import { recordDeed } from "../session/record.ts";
import { ErrorNote } from "../shell/page-states.tsx";

interface RemovalProps {
  readonly photo: PhotoView;
  readonly onRemoved: () => void;
}

/** Takes a photo down with a reason; it stays in the history. */
export function Removal({ photo, onRemoved }: RemovalProps) {
  const [reason, setReason] = useState<string | null>(null);
  const [key] = useState(uuid4);
  const client = useQueryClient();
  const removing = useMutation({
    mutationFn: (why: string) =>
      send<ChangesReply>("/api/changes", {
        method: "POST",
        headers: { "Idempotency-Key": key },
        body: { changes: [{ op: "photo-remove", photo: photo.uid }], reason: why },
      }),
    onSuccess: async ({ seq }) => {
      recordDeed({ seq, name: "撤下照片", stuck: "撤下的照片请在“证据”里重新上传" });
      await client.invalidateQueries({ queryKey: ["feature"] });
      void client.invalidateQueries({ queryKey: ["history"] });
      onRemoved();
    },
  });
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
        onPressEnter={() => reason.trim() && removing.mutate(reason.trim())}
      />
      <Button
        danger
        disabled={reason.trim() === ""}
        loading={removing.isPending}
        onClick={() => removing.mutate(reason.trim())}
      >
        撤下
      </Button>
      <Button onClick={() => setReason(null)}>先不</Button>
      {removing.error && <ErrorNote error={removing.error} />}
    </div>
  );
}
