import type { Returned } from "#data/domain/wire/feature.ts";
import { dayInSentence, moment } from "../ui/format.ts";
import "./returned.css";

/** 退回: what the task waits on, in the words of who sent it back. */
export function ReturnedNote({ returned }: { returned: Returned }) {
  return (
    <div className="returned">
      <i aria-hidden="true" />
      <p>
        <b>{dayInSentence(moment(returned.at).slice(0, 10))}　核查退回</b>
        <span className="quiet">　{returned.unit}</span>
      </p>
      {returned.reason && <p>{returned.reason}</p>}
    </div>
  );
}
