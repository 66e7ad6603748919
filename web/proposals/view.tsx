import { IconArrowLeft, IconCheck, IconClock, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { proposalDeedName } from "#data/domain/proposal.ts";
import type { ProposalPlace, ProposalView } from "#data/domain/proposal-answers.ts";
import { layerById } from "#data/layers/registry.ts";
import { townName } from "../list/columns.tsx";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { moment } from "../ui/format.ts";
import { Preview } from "./preview.tsx";
import { useProposal } from "./queries.ts";
import { Steps } from "./steps.tsx";
import { fieldRows, opWord, sinceNames, sizeSentence, stateSentence, tone } from "./words.ts";

/** One 会签: what is to change, on the map and field by field, who has agreed, and what may be done. */
export function Proposal({ id }: { id: number }) {
  const { data, error, refetch } = useProposal(id);
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={10} height={24} />;
  return <Shown key={data.id} view={data} />;
}

function Shown({ view }: { view: ProposalView }) {
  const [chosen, setChosen] = useState(0);
  const place = view.places[chosen] ?? view.places[0];
  return (
    <article className="proposal" aria-label={`会签 ${view.id}`}>
      <Link to="/borders" className="proposal-back">
        <IconArrowLeft size={17} stroke={1.75} aria-hidden="true" /> 全部会签
      </Link>
      <header>
        <p className="quiet">
          {layerById(view.layer)?.name} · 会签 {view.id} · {view.unit}
          {view.person ? ` ${view.person}` : ""} {moment(view.proposedAt)} 发起
        </p>
        <h2>
          {view.title}
          {view.count > 1 && <span className="quiet"> 等 {view.count} 处</span>}
        </h2>
        <p className="proposal-state" data-tone={tone[view.state]} role="status">
          {stateSentence(view)}
          {view.state === "collecting" && (
            <span className="quiet">　{moment(view.expiresAt).slice(0, 10)} 前没有答复就过期（内控）</span>
          )}
        </p>
        <p>{view.reason}</p>
      </header>
      <Towns view={view} />
      <Steps view={view} />
      {view.places.length > 1 && (
        <div className="proposal-places" role="tablist" aria-label="涉及的对象">
          {view.places.map((one, i) => (
            <button
              key={one.uid}
              type="button"
              role="tab"
              aria-selected={one === place}
              onClick={() => setChosen(i)}
            >
              {opWord(one)} {one.name}
            </button>
          ))}
        </div>
      )}
      {place && <Place key={place.uid} place={place} state={view.state} />}
      <History view={view} />
    </article>
  );
}

const answerIcons = { agreed: IconCheck, refused: IconX, waiting: IconClock } as const;
const answerWords = { agreed: "已同意", refused: "不同意", waiting: "未答复" } as const;

const Towns = ({ view }: { view: ProposalView }) => (
  <ul className="proposal-towns" aria-label="涉及的镇街">
    {view.towns.map(({ code, answer }) => {
      const Icon = answerIcons[answer];
      return (
        <li key={code} data-answer={answer}>
          <Icon size={16} stroke={2} aria-hidden="true" /> {townName(code)}
          <span>{code === view.town && answer === "agreed" ? "发起" : answerWords[answer]}</span>
        </li>
      );
    })}
  </ul>
);

function Place({ place, state }: { place: ProposalPlace; state: ProposalView["state"] }) {
  const rows = fieldRows(place);
  const size = sizeSentence(place);
  return (
    <>
      {place.since.length > 0 && state === "outdated" && (
        <p className="proposal-since">
          发起以后又有人改了{sinceNames(place)}。下面的“改前”是现在的样子，发起的镇街看过再重新发起。
        </p>
      )}
      <Preview place={place} />
      {size && <p className="proposal-size">{size}</p>}
      {rows.length > 0 && (
        <table className="proposal-fields">
          <thead>
            <tr>
              <th scope="col">字段</th>
              {place.op !== "create" && <th scope="col">改前</th>}
              <th scope="col">改后</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, label, before, after }) => (
              <tr key={id}>
                <th scope="row">{label}</th>
                {place.op !== "create" && <td>{before}</td>}
                <td>{after}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {place.op === "delete" && <p className="proposal-size">同意后这一处会删除，变更记录里可以恢复。</p>}
      {place.feature !== null && (
        <p>
          <Link to="/" search={{ sel: String(place.feature), layers: place.layer }}>
            在地图上看这一处
          </Link>
        </p>
      )}
    </>
  );
}

const History = ({ view }: { view: ProposalView }) => (
  <section className="proposal-deeds" aria-label="办理记录">
    <h3>办理记录</h3>
    <ol>
      {view.deeds.map((deed) => (
        <li key={deed.seq}>
          <span className="figure">{moment(deed.at)}</span>
          <span>
            <b>{proposalDeedName[deed.step]}</b>　{deed.unit}
            {deed.person ? ` ${deed.person}` : ""}
            {deed.reason && <span className="quiet">　{deed.reason}</span>}
          </span>
        </li>
      ))}
    </ol>
  </section>
);
