import { Modal } from "antd";
import { useState } from "react";
import type { FeatureBody, TaskView } from "#data/domain/wire/feature.ts";
import { useAsking } from "../outbox/asking.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import "../forms/forms.css";

interface DueDialogProps {
  readonly feature: FeatureBody;
  readonly task: TaskView;
  readonly onClose: () => void;
}

/** Another due day, with the reason that the history keeps. It waits for the line like every other write. */
export function DueDialog({ feature, task, onClose }: DueDialogProps) {
  const [due, setDue] = useState(task.due ?? "");
  const [reason, setReason] = useState("");
  const asking = useAsking(onClose);
  const ready = due !== "" && due !== task.due && reason.trim() !== "";
  const send = () =>
    asking.send({
      kind: "step",
      title: String(feature.properties.name ?? ""),
      what: `期限改为 ${due}`,
      layer: feature.guatu.layer,
      subjects: [feature.id, feature.guatu.uid],
      changes: [{ op: "task", task: task.id, base: task.version, due }],
      reason: reason.trim(),
    });
  return (
    <Modal
      open
      title="改期限"
      okText="改期限"
      cancelText="先不"
      onCancel={asking.close}
      onOk={() => void send()}
      confirmLoading={asking.busy}
      okButtonProps={{ disabled: !ready }}
    >
      <p>现在的期限：{task.due ?? "方案没有写"}。灯按新的期限重新算，历史里写明是谁、为什么改的。</p>
      <label className="due-field">
        新期限
        <input
          type="date"
          className="form-input"
          value={due}
          onChange={({ currentTarget }) => setDue(currentTarget.value)}
        />
      </label>
      <label className="due-field">
        原因（必填）
        <textarea
          className="form-input"
          rows={2}
          maxLength={500}
          value={reason}
          onChange={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      {asking.error !== undefined && <ErrorNote error={asking.error} />}
    </Modal>
  );
}
