import { IconUsersGroup } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { Input, Modal } from "antd";
import { useState } from "react";
import { roleRights } from "#data/domain/account.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { useWho } from "../api/session.ts";
import { changesOf } from "../editor/base.ts";
import type { Fault } from "../editor/checks.ts";
import { useDirty } from "../editor/derived.ts";
import { useEditor } from "../editor/store.ts";
import { uuid4 } from "../editor/uid.ts";
import { ErrorNote } from "../shell/page-states.tsx";
import { useAsking } from "./asking.ts";
import { LineWanted, useLine } from "./line.tsx";
import { usePropose } from "./queries.ts";
import "./proposals.css";

interface Props {
  readonly layer: LayerDef;
  readonly faults: readonly Fault[];
  readonly errors: Readonly<Record<string, string>>;
  /** Throws the draft away: what was proposed is no longer only mine. */
  onProposed(): Promise<unknown>;
}

/** Offered when a town's change goes over its border: the towns it touches are asked. */
export function ProposeNotice({ layer, faults, errors, onProposed }: Props) {
  const { who } = useWho();
  const view = useEditor((s) => s.view);
  const dirty = useDirty();
  const { asking, ask } = useAsking();
  const place = useEditor((s) => s.sketch?.doc.geometry);
  const crosses = faults.some(({ kind }) => kind === "outside-town");
  const bound = view?.may.propose === true;
  const mayAsk = who.town !== null && roleRights[who.role].edit && layer.townWritable;
  if (!mayAsk || !(bound || crosses)) return null;
  const other = faults.find(({ kind, advice }) => kind !== "outside-town" && !advice);
  const [error] = Object.values(errors);
  const work = dirty.geometry || dirty.fields.length > 0;
  const blocked = !work ? "先改，再发起会签" : other ? `${other.title}，处理后才能发起` : (error ?? null);
  return (
    <div className="edit-notice edit-notice-plain" role="status">
      <IconUsersGroup size={18} stroke={1.75} />
      <p>
        {bound ? (
          <>
            <b>这一处跨镇街</b>，改动要涉及的镇街都同意才生效。
          </>
        ) : (
          <>
            <b>跨出了本镇街</b>：裁到镇界，或请涉及的镇街会签。
          </>
        )}
        <button type="button" disabled={blocked !== null || !place} onClick={() => ask(true)}>
          发起会签
        </button>
        {blocked && bound && work && <span className="edit-notice-line">{blocked}</span>}
      </p>
      {asking && <ProposeDialog layer={layer} onClose={() => ask(false)} onProposed={onProposed} />}
    </div>
  );
}

function ProposeDialog({
  layer,
  onClose,
  onProposed,
}: {
  layer: LayerDef;
  onClose(): void;
  onProposed(): Promise<unknown>;
}) {
  const navigate = useNavigate();
  const propose = usePropose();
  const [made] = useState(() => ({ key: uuid4(), uid: uuid4() }));
  const [reason, setReason] = useState("");
  const dirty = useDirty();
  const up = useLine();
  const send = () => {
    const { base, sketch } = useEditor.getState();
    if (!base || !sketch) return;
    // Steps of tasks have one owner each and are sent by the ordinary way.
    const changes = changesOf(layer, base, sketch.doc).filter(({ op }) => op !== "task");
    propose.mutate(
      { key: made.key, body: { uid: made.uid, changes, reason: reason.trim() } },
      {
        onSuccess: async ({ results }) => {
          await onProposed();
          await navigate({ to: "/borders", search: { id: String(results[0]?.id ?? "") } });
        },
      },
    );
  };
  return (
    <Modal
      open
      title="发起跨镇会签"
      okText="发起会签"
      cancelText="先不"
      onCancel={onClose}
      onOk={send}
      confirmLoading={propose.isPending}
      okButtonProps={{ disabled: !up || reason.trim() === "" }}
    >
      {!up && <LineWanted />}
      <p>
        改动会先存下来，等涉及的镇街审核人都同意后自动生效；在那之前地图上还是原来的样子。你们镇街算已经同意。
      </p>
      {dirty.tasks.length > 0 && <p className="quiet">任务进度不在会签里，请另外保存。</p>}
      <label className="proposal-reason" htmlFor="proposal-reason">
        <span>为什么要改（其他镇街据此决定）</span>
        <Input.TextArea
          id="proposal-reason"
          value={reason}
          maxLength={500}
          autoSize={{ minRows: 3, maxRows: 8 }}
          onChange={(event) => setReason(event.target.value)}
        />
      </label>
      {propose.error && <ErrorNote error={propose.error} />}
    </Modal>
  );
}
