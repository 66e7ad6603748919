import { Link, useSearch } from "@tanstack/react-router";
import { Suspense } from "react";
import type { ProposalRow } from "#data/domain/proposal-answers.ts";
import { layerById } from "#data/layers/registry.ts";
import { LayerGlyph } from "../legend/marks.tsx";
import { townName } from "../list/columns.tsx";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { moment } from "../ui/format.ts";
import { useProposals } from "./queries.ts";
import { Proposal } from "./view.tsx";
import { stateSentence, tone } from "./words.ts";
import "../detail/panel.css";
import "../editor/conflict.css";
import "./proposals.css";

const DutyPanel = part(() => import("../duty/panel.tsx").then((m) => m.DutyPanel));

/** `/borders`: what towns settle with each other. `?id=` opens one 会签, `?tab=duty` shows 责任属地. */
export function BordersPage() {
  const search: Readonly<Record<string, string | undefined>> = useSearch({ strict: false });
  const id = Number(search.id);
  const open = Number.isInteger(id) && id > 0;
  if (search.tab === "duty")
    return (
      <main className="borders borders-wide">
        <section className="card" aria-label="责任属地">
          <Tabs tab="duty" />
          <Suspense fallback={<Skeleton rows={8} height={44} />}>
            <DutyPanel />
          </Suspense>
        </section>
      </main>
    );
  return (
    <main className="borders" data-open={open || undefined}>
      <section className="borders-list card" aria-label="会签">
        <Tabs tab="sign" />
        <List open={open ? id : null} />
      </section>
      <section className="borders-view card" aria-label="一件会签">
        {open ? (
          <Proposal key={id} id={id} />
        ) : (
          <p className="borders-empty">从左边选一件，看改前改后、谁同意了。</p>
        )}
      </section>
    </main>
  );
}

/** The heads of the page are its ways: who reads one sees the other. */
const Tabs = ({ tab }: { tab: "sign" | "duty" }) => (
  <nav className="borders-tabs" aria-label="镇界">
    <Link
      to="/borders"
      activeOptions={{ exact: true, includeSearch: true }}
      data-open={tab === "sign" || undefined}
    >
      跨镇会签
    </Link>
    <Link
      to="/borders"
      search={{ tab: "duty" }}
      activeOptions={{ exact: true, includeSearch: true }}
      data-open={tab === "duty" || undefined}
    >
      责任属地
    </Link>
  </nav>
);

function List({ open }: { open: number | null }) {
  const { data, error, refetch } = useProposals();
  if (error && !data) return <ErrorNote error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={8} height={40} />;
  if (data.rows.length === 0)
    return (
      <div className="borders-empty">
        <p>没有涉及你单位的会签。</p>
        <p className="quiet">
          图形跨出本镇街时，在编辑页点“发起会签”；涉及的镇街都同意后，改动自动生效。牵头单位和专班可以直接改。
        </p>
      </div>
    );
  return (
    <ul>
      {data.rows.map((row) => (
        <li key={row.id}>
          <Row row={row} current={row.id === open} />
        </li>
      ))}
    </ul>
  );
}

function Row({ row, current }: { row: ProposalRow; current: boolean }) {
  const layer = layerById(row.layer);
  return (
    <Link
      to="/borders"
      search={{ id: String(row.id) }}
      className="borders-row"
      aria-current={current ? "true" : undefined}
    >
      <span className="borders-row-head">
        {layer && <LayerGlyph layer={layer} size={16} />}
        <b>{row.title || layer?.name}</b>
        {row.asked && <span className="borders-asked">待你会签</span>}
      </span>
      <span className="proposal-state" data-tone={tone[row.state]}>
        {stateSentence(row)}
      </span>
      <span className="quiet">
        {row.towns.map(({ code }) => townName(code)).join("、")}　{moment(row.proposedAt)}
      </span>
    </Link>
  );
}
