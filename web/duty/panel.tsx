import { Select } from "antd";
import { useState } from "react";
import { roleRights } from "#data/domain/account.ts";
import { borderMetres } from "#data/domain/duty.ts";
import { towns } from "#data/programme/towns.ts";
import { useWho } from "../api/session.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { number } from "../ui/format.ts";
import { useDuty } from "./queries.ts";
import { DutyItem } from "./row.tsx";
import "./duty.css";

/** 责任属地: what lies at the line between towns. Towns claim, decline or object; the lead unit's verifier or the 专班 decides. */
export function DutyPanel() {
  const { who } = useWho();
  const [town, setTown] = useState<string>();
  const [decided, setDecided] = useState(false);
  const { data, error, refetch } = useDuty(town, decided);
  return (
    <div className="duty">
      <div className="duty-bar">
        <fieldset className="duty-kinds" aria-label="看哪些">
          <button type="button" aria-pressed={!decided} onClick={() => setDecided(false)}>
            待确认
          </button>
          <button type="button" aria-pressed={decided} onClick={() => setDecided(true)}>
            已确认
          </button>
        </fieldset>
        <p className="quiet">
          离镇界 {borderMetres}{" "}
          米内（内控）或跨镇界的。镇街认领、声明不归本镇或提异议，牵头单位的审核账号或专班确定；
          图形改过、有了异议，都要重新确定。
        </p>
        {(roleRights[who.role].everywhere || who.town === null) && (
          <Select
            allowClear
            aria-label="镇街"
            placeholder="全部镇街"
            value={town}
            onChange={setTown}
            options={towns.map(({ code, name }) => ({ value: code, label: name }))}
          />
        )}
      </div>
      {error && !data && <ErrorNote error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton rows={8} height={44} />}
      {data?.rows.length === 0 && (
        <p className="borders-empty">
          {decided ? "镇界附近还没有确认过责任属地的。" : "镇界附近没有要确认责任属地的。"}
        </p>
      )}
      {data && data.rows.length > 0 && (
        <>
          <p className="quiet">
            共 <b className="figure">{number(data.total)}</b> 处
            {data.total > data.rows.length &&
              `，先列${decided ? "最近确认的" : "有争议的和最近镇界的"} ${number(data.rows.length)} 处`}
          </p>
          <ul>
            {data.rows.map((row) => (
              <DutyItem key={`${row.id} ${row.version}`} row={row} own={who.town} />
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
