import { type Light, lights } from "#data/domain/light.ts";
import { layerById, layers } from "#data/layers/registry.ts";

/** The address of the map page, flat strings so that a link can be read aloud. Everything a colleague must see is here. */
export interface MapSearch {
  /** `lon,lat,zoom` */
  readonly v?: string;
  /** Shown layers, comma separated; the default set when left out, `none` for none. */
  readonly layers?: string;
  /** Lights switched off in a layer's legend: `weak_area:done.none,signboard:done`. */
  readonly hide?: string;
  readonly town?: string;
  readonly campaign?: string;
  readonly target?: string;
  readonly light?: string;
  readonly lead?: string;
  readonly due?: Due;
  readonly sel?: string;
  /** The day looked at, `YYYY-MM-DD`; today when left out. */
  readonly at?: string;
  /** What had been recorded by then: a day or a changeset number; all of it when left out. */
  readonly known?: string;
  readonly base?: "dark";
}

export const dues = ["overdue", "month", "year"] as const;
export type Due = (typeof dues)[number];
export const dueName: Record<Due, string> = { overdue: "已逾期", month: "本月内", year: "本年内" };

export interface View {
  readonly lon: number;
  readonly lat: number;
  readonly zoom: number;
}

/** Until the map says where it is. */
export const homeView: View = { lon: 121.1, lat: 31.12, zoom: 10.6 };

/** Shown on a first visit: the lists of places the plan names. Flows of cases and sites are switched on when wanted. */
export const defaultLayers: readonly string[] = [
  "key_road",
  "key_area",
  "landscape_node",
  "green_spot",
  "weak_area",
  "nightscape",
  "shared_parking",
  "rail_station",
  "bike_zone",
  "river_reach",
  "water_point",
  "signboard",
];

const date = /^\d{4}-\d{2}-\d{2}$/;
const text = (value: unknown): string | undefined =>
  typeof value === "string" && value !== "" ? value : typeof value === "number" ? String(value) : undefined;
const listed = (value: unknown, allowed: (item: string) => boolean): string | undefined =>
  text(
    text(value)
      ?.split(",")
      .filter((item, i, all) => allowed(item) && all.indexOf(item) === i)
      .join(","),
  );
const isLight = (value: string): value is Light => (lights as readonly string[]).includes(value);
const oneTo = (most: number) => (value: string) => /^\d+$/.test(value) && +value >= 1 && +value <= most;

/** Keeps what is understood of an address and drops the rest: an old link still opens. */
export function parseMapSearch(raw: Readonly<Record<string, unknown>>): MapSearch {
  const known = text(raw.known);
  const at = text(raw.at);
  const due = text(raw.due);
  const parsed: MapSearch = {
    v: parseView(text(raw.v)) ? text(raw.v) : undefined,
    layers: text(raw.layers) === "none" ? "none" : listed(raw.layers, (id) => layerById(id) !== undefined),
    hide: formatHidden(parseHidden(text(raw.hide))),
    town: listed(raw.town, (code) => /^310118\d{3}$/.test(code)),
    campaign: listed(raw.campaign, oneTo(10)),
    target: listed(raw.target, oneTo(20)),
    light: listed(raw.light, isLight),
    lead: listed(raw.lead, (id) => /^[a-z]+$/.test(id)),
    due: dues.find((d) => d === due),
    sel: /^\d{1,15}$/.test(text(raw.sel) ?? "") ? text(raw.sel) : undefined,
    at: at && date.test(at) ? at : undefined,
    known: known && (date.test(known) || /^\d{1,15}$/.test(known)) ? known : undefined,
    base: raw.base === "dark" ? "dark" : undefined,
  };
  return Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== undefined));
}

export function parseView(value: string | undefined): View | null {
  const [lon = Number.NaN, lat = Number.NaN, zoom = Number.NaN, ...rest] = (value ?? "")
    .split(",")
    .map(Number);
  const ok = rest.length === 0 && lon > 119 && lon < 123 && lat > 30 && lat < 32.5 && zoom >= 8 && zoom <= 20;
  return ok ? { lon, lat, zoom } : null;
}

export const formatView = ({ lon, lat, zoom }: View): string =>
  `${lon.toFixed(5)},${lat.toFixed(5)},${zoom.toFixed(2)}`;

export const items = (value: string | undefined): string[] => value?.split(",") ?? [];
export const join = (values: readonly string[]): string | undefined => values.join(",") || undefined;

/** Ids of the shown layers in draw order. */
export function shownLayers(search: MapSearch): string[] {
  const wanted = search.layers === "none" ? [] : search.layers ? items(search.layers) : defaultLayers;
  return layers.map((layer) => layer.id).filter((id) => wanted.includes(id));
}

/** The address form of a set of layers: nothing when it is the default set. */
export function formatLayers(ids: readonly string[]): string | undefined {
  if (ids.length === 0) return "none";
  const same = ids.length === defaultLayers.length && defaultLayers.every((id) => ids.includes(id));
  return same
    ? undefined
    : layers
        .map((l) => l.id)
        .filter((id) => ids.includes(id))
        .join(",");
}

export type Hidden = Readonly<Record<string, readonly Light[]>>;

export function parseHidden(value: string | undefined): Hidden {
  const hidden: Record<string, Light[]> = {};
  for (const part of items(value)) {
    const [layer = "", off = ""] = part.split(":");
    const known = off.split(".").filter(isLight);
    if (layerById(layer) && known.length > 0) hidden[layer] = known;
  }
  return hidden;
}

export const formatHidden = (hidden: Hidden): string | undefined =>
  join(
    Object.entries(hidden)
      .filter(([, off]) => off.length > 0)
      .map(([layer, off]) => `${layer}:${off.join(".")}`),
  );

/** Flat reading and writing of addresses for the router: `?town=a,b` stays as people wrote it. */
export const parseSearch = (search: string): Record<string, string> =>
  Object.fromEntries(new URLSearchParams(search));

export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(search).filter(
    ([, value]) => value !== undefined && value !== null && value !== "",
  );
  if (pairs.length === 0) return "";
  const encode = (value: string) =>
    encodeURIComponent(value).replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/");
  return `?${pairs.map(([name, value]) => `${name}=${encode(String(value))}`).join("&")}`;
}
