import { Input, Modal } from "antd";
import { useState } from "react";
import { stateName, stepRule, type TaskStep } from "#data/domain/task.ts";
import type { TaskView } from "#data/domain/wire.ts";
import { useTaskStep } from "../api/queries.ts";
import { ErrorNote } from "../shell/page-states.tsx";

interface StepDialogProps {
  readonly task: TaskView;
  readonly step: TaskStep;
  /** There is no 整治后 photo of it. */
  readonly lacksAfter: boolean;
  readonly onClose: () => void;
}

/** Asks for the reason where the plan wants one; the key is made once, so a resend after a lost answer is the same deed. */
export function StepDialog({ task, step, lacksAfter, onClose }: StepDialogProps) {
  const [reason, setReason] = useState("");
  const [key] = useState(() => crypto.randomUUID());
  const move = useTaskStep();
  const rule = stepRule[step];
  const ready = !rule.needsReason || reason.trim() !== "";
  const send = () =>
    move.mutate(
      { task, step, key, ...(reason.trim() ? { reason: reason.trim() } : {}) },
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      title={rule.name}
      okText={rule.name}
      cancelText="先不"
      onCancel={onClose}
      onOk={send}
      confirmLoading={move.isPending}
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
      {move.error && <ErrorNote error={move.error} />}
    </Modal>
  );
}
