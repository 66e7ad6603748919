import { Modal } from "antd";
import { useState } from "react";
import { PlanList } from "../bulk/plan-list.tsx";
import { number } from "../ui/format.ts";
import { writeTable } from "./io.ts";
import { useTable } from "./store.ts";

/** What 保存 would write, row by row, before it does. */
export function SavePanel() {
  const { plan, stage, unjudged } = useTable();
  const [reason, setReason] = useState("");
  const ready = plan.filter(({ kind }) => kind === "change").length;
  const refused = plan.length - ready;
  return (
    <Modal
      open
      width={640}
      title={`保存 ${number(ready)} 处的改动`}
      okText={`${unjudged ? "先存下" : "写入"}这 ${number(ready)} 处`}
      cancelText="再改改"
      confirmLoading={stage === "writing"}
      okButtonProps={{ disabled: ready === 0 }}
      onOk={() => void writeTable(reason.trim())}
      onCancel={() => useTable.setState({ stage: "idle" })}
    >
      <p>
        {unjudged
          ? "网络断了，服务器还没有核对。可以先存进待发箱：连上后自动核对再发，能改的写入，改不了的留在待发箱里，写明原因。"
          : "一次写入，写入后可以撤销。"}
        {refused > 0 && `有 ${number(refused)} 处不能写，会跳过，改动留在表里。`}
      </p>
      <div className="table-plan">
        <PlanList plan={plan} />
      </div>
      <label className="bulk-reason">
        修改的理由 <span className="quiet">（可不写，写了会进历史）</span>
        <textarea
          className="form-input"
          rows={2}
          maxLength={500}
          value={reason}
          onChange={({ target }) => setReason(target.value)}
        />
      </label>
    </Modal>
  );
}
