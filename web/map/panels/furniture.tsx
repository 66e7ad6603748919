import { IconFocusCentered, IconHome2, IconMinus, IconPlus } from "@tabler/icons-react";
import { useWho } from "../../api/session.ts";
import type { MapController } from "../controller.ts";
import { scaleBar } from "../scale.ts";
import { useView } from "../view-store.ts";
import "./furniture.css";

/** Scale in 米/千米. */
export function ScaleBar() {
  const { lat, zoom } = useView((s) => s.view);
  const { px, label } = scaleBar(lat, zoom);
  return (
    <div className="scale" aria-label={`比例尺 ${label}`} role="img">
      <span>0</span>
      <span style={{ left: px }}>{label}</span>
      <i style={{ width: px }} />
    </div>
  );
}

/** Always there: what this map is and is not, whose data, demo or not. No 审图号 is invented. */
export function Credit() {
  const { demo } = useWho();
  return (
    <p className="credit">
      {demo && <span>演示数据</span>}
      <span>内部资料</span>
      <span>示意图</span>
      <span>不作为划界依据</span>
      <a href="https://www.openstreetmap.org/copyright" target="_blank" rel="noreferrer">
        © OpenStreetMap<span> contributors</span>
      </a>
    </p>
  );
}

export function North() {
  return (
    <svg className="north" width="26" height="34" viewBox="0 0 26 34" role="img" aria-label="上方为北">
      <path d="M13 2l6 17-6-4-6 4z" fill="var(--map-label)" stroke="var(--map-halo)" strokeWidth="1.5" />
      <text x="13" y="32" textAnchor="middle" fontSize="11" fontWeight="600" fill="var(--map-label)">
        北
      </text>
    </svg>
  );
}

export function ZoomControls({ controller }: { controller: MapController | null }) {
  const locate = () =>
    navigator.geolocation?.getCurrentPosition(
      ({ coords }) => controller?.fly({ lon: coords.longitude, lat: coords.latitude, zoom: 15 }),
      () => undefined,
    );
  return (
    <div className="zoom card">
      <button type="button" aria-label="放大" onClick={() => controller?.zoomBy(1)}>
        <IconPlus size={18} stroke={1.75} />
      </button>
      <button type="button" aria-label="缩小" onClick={() => controller?.zoomBy(-1)}>
        <IconMinus size={18} stroke={1.75} />
      </button>
      <button type="button" aria-label="看全区" onClick={() => controller?.home()}>
        <IconHome2 size={18} stroke={1.75} />
      </button>
      <button type="button" aria-label="到我的位置" onClick={locate}>
        <IconFocusCentered size={18} stroke={1.75} />
      </button>
    </div>
  );
}

/** The name of what the pointer is over, and only that. */
export function HoverName() {
  const hover = useView((s) => s.hover);
  if (!hover || hover.name === "") return null;
  return (
    <p className="hover-name" style={{ transform: `translate(${hover.x}px, ${hover.y}px)` }}>
      {hover.name}
    </p>
  );
}
