import { Input, Modal } from "antd";
import { useEffect, useState } from "react";
import type { Overlap } from "#data/domain/wire/feature.ts";
import { usePreview } from "../api/history.ts";
import { asProblem } from "../api/problem.ts";
import { enqueueRevert } from "../outbox/api.ts";
import { useAsking } from "../outbox/asking.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { moment, number } from "../ui/format.ts";
import { partNames, revertRows, revertWord } from "./words.ts";

interface RevertProps {
  readonly seqs: readonly number[];
  /** Takes later changes into the selection. */
  onAdd(seqs: readonly number[]): void;
  onClose(): void;
  onDone(): void;
}

const mostShown = 60;

/** 预览 first: what each place would be again; then the reason, then 撤回. */
export function RevertDialog({ seqs, onAdd, onClose, onDone }: RevertProps) {
  const { mutate: ask, data, error, isPending } = usePreview();
  const asking = useAsking(onDone);
  const [reason, setReason] = useState("");
  useEffect(() => ask(seqs), [ask, seqs]);
  const title = `撤回 ${seqs.length} 个变更`;
  const send = (places: readonly number[]) =>
    void asking.run((replaces) =>
      enqueueRevert({
        title,
        what: `${number(places.length)} 处`,
        name: title,
        reason: reason.trim(),
        revert: { seqs },
        subjects: places,
        replaces,
      }),
    );
  const close = () => {
    asking.giveUp();
    onClose();
  };
  const overlaps = error ? (asProblem(error).body.overlaps ?? []) : [];
  const ready = data !== undefined && reason.trim() !== "";
  return (
    <Modal
      open
      width={640}
      title={title}
      okText="撤回"
      cancelText="先不"
      onCancel={close}
      onOk={() => data && send(data.changes.map(({ feature }) => feature.id))}
      confirmLoading={asking.busy}
      okButtonProps={{ disabled: !ready, danger: true }}
    >
      {isPending && <Skeleton rows={5} />}
      {error && asProblem(error).status === 0 ? (
        <p role="alert">
          网络断了。撤回要先看清会改哪些地方，这一步需要网络；选好的变更不会丢，连上后再按。
          <button type="button" className="link-button" onClick={() => ask(seqs)}>
            重试
          </button>
        </p>
      ) : (
        error && <ErrorNote error={error} onRetry={() => ask(seqs)} />
      )}
      {overlaps.length > 0 && <Overlaps overlaps={overlaps} onAdd={onAdd} />}
      {data && (
        <>
          <p>会改 {number(data.changes.length)} 处，记为一个新的变更；撤回本身也可以再撤回。</p>
          <ul className="revert-list">
            {data.changes.slice(0, mostShown).map((change) => (
              <li key={change.feature.id}>
                <b>{change.feature.name}</b>　{revertWord(change)}
                {revertRows(change).map((row) => (
                  <p key={row} className="quiet">
                    {row}
                  </p>
                ))}
              </li>
            ))}
            {data.changes.length > mostShown && <li>另有 {number(data.changes.length - mostShown)} 处</li>}
          </ul>
          <Input.TextArea
            rows={2}
            maxLength={500}
            showCount
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            aria-label="撤回的理由"
            placeholder="撤回的理由（必填），会写进历史"
          />
        </>
      )}
      {asking.error !== undefined && <ErrorNote error={asking.error} />}
    </Modal>
  );
}

/** What came later, by name; one press takes it into the selection. */
function Overlaps({ overlaps, onAdd }: { overlaps: readonly Overlap[]; onAdd: RevertProps["onAdd"] }) {
  return (
    <>
      <ul className="revert-list">
        {overlaps.map(({ seq, at, unit, feature, parts }) => (
          <li key={`${seq} ${feature.id}`}>
            <b>{feature.name}</b>　变更 {seq}，<span className="figure">{moment(at)}</span> {unit}，改了
            {partNames(feature.layer, parts)}
          </li>
        ))}
      </ul>
      <button type="button" className="button" onClick={() => onAdd(overlaps.map(({ seq }) => seq))}>
        把这些也选上，再预览
      </button>
    </>
  );
}
