import { Input, Modal } from "antd";
import { useState } from "react";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import { useAsking } from "../outbox/asking.ts";
import { ErrorNote } from "../shell/page-states.tsx";

interface RestoreProps {
  readonly view: FeatureView;
  /** The version that comes back; left out: the deleted place as it last was. */
  readonly version?: number;
  readonly told: string;
  onClose(): void;
}

/** Asks why before an older version, or a deleted place, comes back as a new version. */
export function RestoreDialog({ view: { feature }, version, told, onClose }: RestoreProps) {
  const [reason, setReason] = useState("");
  const asking = useAsking(onClose);
  const title = version === undefined ? "恢复这一处" : `恢复到第 ${version} 版`;
  const op = { op: "restore" as const, feature: feature.id, base: feature.guatu.version };
  const send = () =>
    void asking.send({
      title: String(feature.properties.name ?? ""),
      what: version === undefined ? "恢复" : title,
      layer: feature.guatu.layer,
      subjects: [feature.id, feature.guatu.uid],
      changes: [version === undefined ? op : { ...op, version }],
      reason: reason.trim(),
      ...(version === undefined ? {} : { deed: { name: title } }),
    });
  return (
    <Modal
      open
      title={title}
      okText="恢复"
      cancelText="先不"
      onCancel={asking.close}
      onOk={send}
      confirmLoading={asking.busy}
      okButtonProps={{ disabled: reason.trim() === "" }}
    >
      <p>{told}</p>
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={500}
        showCount
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        aria-label="理由"
        placeholder="理由（必填），会写进历史"
      />
      {asking.error !== undefined && <ErrorNote error={asking.error} />}
    </Modal>
  );
}
