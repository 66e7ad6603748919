import { Input, Modal } from "antd";
import { useState } from "react";
import { stateName, stepRule, type TaskStep } from "#data/domain/task.ts";
import type { FeatureBody, TaskView } from "#data/domain/wire/feature.ts";
import { useAsking } from "../outbox/asking.ts";
import { ErrorNote } from "../shell/page-states.tsx";

interface StepDialogProps {
  readonly feature: FeatureBody;
  readonly task: TaskView;
  readonly step: TaskStep;
  /** There is no 整治后 photo of it. */
  readonly lacksAfter: boolean;
  readonly onClose: () => void;
}

/** Asks for the reason where the plan wants one, and queues the step. */
export function StepDialog({ feature, task, step, lacksAfter, onClose }: StepDialogProps) {
  const [reason, setReason] = useState("");
  const asking = useAsking(onClose);
  const rule = stepRule[step];
  const ready = !rule.needsReason || reason.trim() !== "";
  const send = () =>
    asking.send({
      kind: "step",
      title: String(feature.properties.name ?? ""),
      what: rule.name,
      layer: feature.guatu.layer,
      subjects: [feature.id, feature.guatu.uid],
      changes: [{ op: "task", task: task.id, base: task.version, step }],
      reason: reason.trim() || null,
    });
  return (
    <Modal
      open
      title={rule.name}
      okText={rule.name}
      cancelText="先不"
      onCancel={asking.close}
      onOk={() => void send()}
      confirmLoading={asking.busy}
      okButtonProps={{ disabled: !ready }}
    >
      <p>
        现在是“{stateName[task.state]}”。{rule.needsReason ? "请写明原因，对方会看到。" : "可以写一句说明。"}
      </p>
      {step === "submit" && lacksAfter && (
        <p className="detail-note">
          还没有整治后的照片，核查人可能会退回。可以先到“证据”里上传，也可以照样提交。
        </p>
      )}
      <Input.TextArea
        autoFocus
        rows={3}
        maxLength={500}
        showCount
        value={reason}
        onChange={(event) => setReason(event.target.value)}
        aria-label={rule.needsReason ? "原因" : "说明"}
        placeholder={rule.needsReason ? "原因（必填）" : "说明"}
      />
      {asking.error !== undefined && <ErrorNote error={asking.error} />}
    </Modal>
  );
}
