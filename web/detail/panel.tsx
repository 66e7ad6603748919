import { IconEdit, IconFocus2, IconLink, IconX } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { Tabs, Tooltip } from "antd";
import { Suspense, useState } from "react";
import { openNow } from "#data/domain/hours.ts";
import { instantOn } from "#data/domain/time.ts";
import type { FeatureView } from "#data/domain/wire/feature.ts";
import { type LayerDef, shownNumber } from "#data/layers/define.ts";
import { layerById } from "#data/layers/registry.ts";
import { serverNow } from "../api/client.ts";
import { inStead } from "../api/problem.ts";
import { useFeature } from "../api/queries.ts";
import { useWho } from "../api/session.ts";
import { LayerGlyph } from "../legend/marks.tsx";
import { townName } from "../list/columns.tsx";
import type { MapState } from "../map/state.ts";
import { Evidence, Glance } from "../photos/evidence.tsx";
import { byPhase } from "../photos/shown.ts";
import { ErrorNote, Skeleton } from "../shell/page-states.tsx";
import { part } from "../shell/part.ts";
import { copyText } from "../ui/clipboard.ts";
import { area, length } from "../ui/format.ts";
import { shownAttributes } from "./attributes.ts";
import { DeletedNote } from "./deleted.tsx";
import { History } from "./history.tsx";
import { LightCard, leadingTaskOf } from "./light-card.tsx";
import { TaskPart } from "./task.tsx";
import { Unsent } from "./unsent.tsx";
import "./history.css";
import "./panel.css";

const Others = part(() => import("../presence/others.tsx").then((m) => m.Others));
const WholeButton = part(() => import("../whole/button.tsx").then((m) => m.WholeButton));
const WaterSeries = part(() => import("./water-series.tsx").then((m) => m.WaterSeries));

interface PanelProps {
  readonly state: MapState;
  readonly onLocate: (view: FeatureView) => void;
}

/** One place: what it is, how it stands and why, what happened to it, and what may be done now. */
export function DetailPanel({ state, onLocate }: PanelProps) {
  const { sel } = state.search;
  const answer = useFeature(sel, state.asOf);
  const close = () => state.patch({ sel: undefined });
  if (sel === undefined) return null;
  return (
    <aside className="detail card" aria-label="详情">
      {inStead(answer) ? (
        <>
          <CloseButton onClose={close} />
          <ErrorNote error={answer.error} onRetry={() => void answer.refetch()} />
        </>
      ) : answer.data ? (
        <Detail key={sel} view={answer.data} state={state} onClose={close} onLocate={onLocate} />
      ) : (
        <Skeleton rows={12} height={22} />
      )}
    </aside>
  );
}

const CloseButton = ({ onClose }: { onClose: () => void }) => (
  <button type="button" className="icon-button detail-close" aria-label="关闭详情" onClick={onClose}>
    <IconX size={18} stroke={1.75} />
  </button>
);

interface DetailProps extends PanelProps {
  readonly view: FeatureView;
  readonly onClose: () => void;
}

function Detail({ view, state, onClose, onLocate }: DetailProps) {
  const { feature } = view;
  const { guatu, properties } = feature;
  const layer = layerById(guatu.layer);
  const task = leadingTaskOf(view);
  const size = view.size.areaM2
    ? area(view.size.areaM2)
    : view.size.lengthM
      ? length(view.size.lengthM)
      : null;
  return (
    <>
      <header className="detail-head">
        <p className="detail-id">
          {layer && <LayerGlyph layer={layer} size={15} />}
          <span>{layer?.name}</span>
          <span>·</span>
          <span className="figure">{guatu.no || (layer && shownNumber(layer, feature.id))}</span>
          {properties.demo === true && <span className="tag-demo">演示</span>}
          <CloseButton onClose={onClose} />
        </p>
        <h2>{String(properties.name ?? "")}</h2>
        <p className="detail-place">
          {placeOf(view)}
          {size && <span>·　{size}</span>}
          {properties.schematic === true && <span className="detail-schematic">示意</span>}
        </p>
        {state.search.at === undefined && (
          <Suspense fallback={null}>
            <Others feature={feature.id} mode="viewing" />
          </Suspense>
        )}
      </header>
      <div className="detail-body">
        <Unsent feature={feature} />
        {guatu.deleted ? (
          <DeletedNote view={view} />
        ) : (
          <LightCard light={view.light} task={task} layer={layer} />
        )}
        <DetailTabs view={view} state={state} />
      </div>
      <footer className="detail-foot">
        <button type="button" className="button" onClick={() => onLocate(view)}>
          <IconFocus2 size={17} stroke={1.75} /> 定位
        </button>
        <CopyLink />
        <EditLink view={view} state={state} />
        <span className="quiet detail-version">版本 {guatu.version}</span>
      </footer>
    </>
  );
}

interface PlaceProps {
  readonly view: FeatureView;
  readonly state: MapState;
}

/** 概况, 证据, 历史 of a place. */
export function DetailTabs({ view, state }: PlaceProps) {
  const [tab, setTab] = useState("now");
  const layer = layerById(view.feature.guatu.layer);
  return (
    <Tabs
      activeKey={tab}
      onChange={setTab}
      items={[
        {
          key: "now",
          label: "概况",
          children: <Now view={view} state={state} onPhotos={() => setTab("proof")} />,
        },
        {
          key: "proof",
          label: <>证据 {view.photos.length > 0 && <span className="figure">{view.photos.length}</span>}</>,
          children: <Evidence view={view} />,
        },
        {
          key: "past",
          label: (
            <>
              历史 <span className="figure">{view.historyCount}</span>
            </>
          ),
          children: <History view={view} layer={layer} asOf={state.asOf} open={tab === "past"} />,
        },
      ]}
    />
  );
}

/** The way to the editor, or why there is none. */
export function EditLink({ view: { feature, may }, state: { search } }: PlaceProps) {
  const icon = <IconEdit size={17} stroke={1.75} />;
  if ((may.edit || may.propose) && search.at === undefined)
    return (
      <Link
        to="/edit"
        search={{ feature: String(feature.id), ...(search.layers ? { layers: search.layers } : {}) }}
        className="button"
      >
        {icon} 编辑
      </Link>
    );
  return (
    <Tooltip title={may.why ?? "回到今天才能编辑"}>
      <button type="button" className="button" aria-disabled="true">
        {icon} 编辑
      </button>
    </Tooltip>
  );
}

export function CopyLink() {
  const [copied, setCopied] = useState(false);
  const copy = () =>
    void copyText(window.location.href).then((done) => {
      setCopied(done);
      if (done) window.setTimeout(() => setCopied(false), 4000);
    });
  return (
    <button type="button" className="button" onClick={copy} aria-live="polite">
      <IconLink size={17} stroke={1.75} /> {copied ? "已复制" : "复制链接"}
    </button>
  );
}

/** The town, or the towns it lies in with their shares. 责任属地 goes before both. */
function placeOf({ feature: { guatu } }: FeatureView): string {
  if (guatu.duty) return `${townName(guatu.duty)}（责任属地）`;
  if (guatu.town) return townName(guatu.town);
  const shares = Object.entries(guatu.shares)
    .filter(([code, share]) => code !== "outside" && share >= 0.005)
    .sort((a, b) => b[1] - a[1]);
  return shares.map(([code, share]) => `${townName(code)} ${Math.round(share * 100)}%`).join("、") || "区外";
}

const hasWhole = (layer: LayerDef): boolean => Object.values(layer.fields).some(({ lead }) => lead);

function Now({ view, state, onPhotos }: PlaceProps & { onPhotos: () => void }) {
  const { feature, tasks, observations } = view;
  const layer = layerById(feature.guatu.layer);
  const accuracy = feature.properties.location_note;
  return (
    <>
      <Glance photos={view.photos} layer={layer} onMore={onPhotos} />
      {tasks.map((task) => (
        <TaskPart
          key={task.id}
          feature={feature}
          task={task}
          past={state.search.at !== undefined}
          lacksAfter={byPhase(view.photos, task.target).after.length === 0}
        />
      ))}
      {layer?.id === "shared_parking" && <OpenNow view={view} at={state.search.at} />}
      {observations && observations.length > 0 && (
        <Suspense fallback={<Skeleton rows={1} height={180} />}>
          <WaterSeries observations={observations} />
        </Suspense>
      )}
      <dl className="facts">
        {layer &&
          shownAttributes(layer, feature.properties).map(({ id, label, values }) => (
            <div key={id}>
              <dt>{label}</dt>
              <dd>
                {values.length > 1
                  ? values.map((v) => (
                      <span key={v} className="fact-tag">
                        {v}
                      </span>
                    ))
                  : values[0]}
              </dd>
            </div>
          ))}
        {typeof accuracy === "string" && accuracy !== "" && (
          <div>
            <dt>位置精度</dt>
            <dd>{accuracy}</dd>
          </div>
        )}
      </dl>
      {layer && hasWhole(layer) && state.search.at === undefined && !feature.guatu.deleted && (
        <Suspense fallback={null}>
          <WholeButton view={view} layer={layer} />
        </Suspense>
      )}
    </>
  );
}

/** 现在开放: for a past day it would be a guess about the hour, so only today is answered. */
function OpenNow({ view, at }: { view: FeatureView; at?: string }) {
  const { today } = useWho();
  if (at) return null;
  const { hours_weekday, hours_weekend } = view.feature.properties;
  const text = (value: unknown) => (typeof value === "string" ? value : null);
  const clock = new Date(serverNow());
  // The product's day may be the demo's; the hour of the day is the real one.
  const now = instantOn(today, (clock.getUTCHours() + 8) % 24, clock.getUTCMinutes());
  const open = openNow({ weekday: text(hours_weekday), weekend: text(hours_weekend) }, now);
  if (open === null) return null;
  return (
    <p className={open ? "open-now yes" : "open-now"}>
      {open ? "现在开放" : "现在不开放"}
      <span className="quiet"> 错峰共享时段见下</span>
    </p>
  );
}
