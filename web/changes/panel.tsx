import { IconArrowBackUp } from "@tabler/icons-react";
import { Suspense, useState } from "react";
import { roleRights } from "#data/domain/account.ts";
import type { AreaDeed } from "#data/domain/wire/history.ts";
import { useAreaHistory } from "../api/history.ts";
import { inStead } from "../api/problem.ts";
import { useWho } from "../api/session.ts";
import { parseView, type View } from "../map/search-params.ts";
import type { MapState } from "../map/state.ts";
import type { Box } from "../map/town-boxes.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { Deed } from "./deed.tsx";
import { type Chosen, Filters } from "./filters.tsx";
import "./changes.css";

const RevertDialog = part(() => import("./revert-dialog.tsx").then((m) => m.RevertDialog));

interface ChangesProps {
  readonly state: MapState;
  readonly onShow: (box: Box) => void;
}

/** 改动记录: what changed in an area, when, by which unit and why; a selection of it can be taken back. */
export function ChangesPanel({ state, onShow }: ChangesProps) {
  const { who } = useWho();
  const [chosen, setChosen] = useState<Chosen>({ town: state.search.town, inView: false });
  const [marked, setMarked] = useState<readonly number[]>([]);
  const [asking, setAsking] = useState(false);
  const view = parseView(state.search.v);
  const { inView, ...filter } = chosen;
  const answer = useAreaHistory({
    ...state.asOf,
    ...filter,
    ...(inView && view ? { bbox: boxOfView(view) } : {}),
  });
  const past = state.search.at !== undefined;
  const mayRevert = roleRights[who.role].edit && !past;
  const deeds = answer.data?.pages.flatMap((page) => page.deeds) ?? [];
  const toggle = ({ seq }: AreaDeed) =>
    setMarked((old) => (old.includes(seq) ? old.filter((one) => one !== seq) : [...old, seq]));
  const batch = ({ batch: id }: AreaDeed) =>
    setMarked((old) => [
      ...new Set([...old, ...deeds.filter((deed) => deed.batch === id).map(({ seq }) => seq)]),
    ]);
  return (
    <div className="changes">
      <div className="changes-bar">
        <Filters chosen={chosen} onChange={setChosen} />
        {mayRevert ? (
          <button
            type="button"
            className="button"
            disabled={marked.length === 0}
            onClick={() => setAsking(true)}
          >
            <IconArrowBackUp size={17} stroke={1.75} aria-hidden="true" /> 预览并撤回
            <span className="figure">{marked.length}</span>
          </button>
        ) : (
          <span className="quiet">{past ? "回到今天才能撤回" : "你的账号只能看，不能撤回"}</span>
        )}
      </div>
      {inStead(answer) && <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />}
      {!answer.data && !answer.error && <Skeleton rows={6} height={30} />}
      {answer.data && deeds.length === 0 && (
        <p className="list-empty">这里没有符合条件的改动。放宽日期、镇街或单位。</p>
      )}
      <ul className="changes-list">
        {deeds.map((deed) => (
          <Deed
            key={deed.seq}
            deed={deed}
            marked={marked.includes(deed.seq)}
            onMark={mayRevert ? toggle : undefined}
            onBatch={mayRevert ? batch : undefined}
            onGo={({ feature, box }) => {
              state.patch({ sel: String(feature.id) });
              if (box) onShow(box);
            }}
          />
        ))}
        {answer.hasNextPage && (
          <li>
            <button type="button" className="link-button" onClick={() => void answer.fetchNextPage()}>
              更早的改动
            </button>
          </li>
        )}
      </ul>
      {asking && (
        <Suspense fallback={null}>
          <RevertDialog
            seqs={marked}
            onAdd={(seqs) => setMarked((old) => [...new Set([...old, ...seqs])])}
            onClose={() => setAsking(false)}
            onDone={() => {
              setAsking(false);
              setMarked([]);
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

/** What the window shows of a view, `w,s,e,n`; panels are taken as part of it. */
function boxOfView({ lon, lat, zoom }: View): string {
  const degrees = 360 / (512 * 2 ** zoom);
  const x = (window.innerWidth / 2) * degrees;
  const y = (window.innerHeight / 2) * degrees * Math.cos((lat * Math.PI) / 180);
  return [lon - x, lat - y, lon + x, lat + y].map((value) => value.toFixed(5)).join(",");
}
