import gcoord from "gcoord";

/** What a search text says by its form alone. */
export interface Asked {
  /** WGS84. */
  readonly coordinate?: { readonly at: readonly [number, number]; readonly from: "WGS84" | "GCJ-02" };
  readonly target?: number;
  readonly shown?: { readonly prefix: string; readonly id: number };
  readonly text: string;
}

const pair = /^(-?\d{1,3}(?:\.\d+)?)\s*[°度]?\s*[,，、\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*[°度]?$/;
const gcjMark = /^(gcj-?0?2?|高德|火星)\s*[:：]?\s*/i;

/** Longitude and latitude in either order: in China the longitude is always the larger. */
export function parseSearch(raw: string): Asked {
  const text = raw.normalize("NFKC").trim();
  const gcj = gcjMark.test(text);
  const numbers = pair.exec(text.replace(gcjMark, ""));
  const at = numbers && orderedPair(Number(numbers[1]), Number(numbers[2]));
  if (at) {
    const wgs = gcj ? gcoord.transform([at[0], at[1]], gcoord.GCJ02, gcoord.WGS84) : at;
    const place = [round(wgs[0]), round(wgs[1])] as const;
    return { text, coordinate: { at: place, from: gcj ? "GCJ-02" : "WGS84" } };
  }
  const target = /^(?:目标任务|任务|目标|T)?\s*(\d{1,2})$/i.exec(text);
  const no = Number(target?.[1] ?? 0);
  const shown = /^(?:QP-?)?([A-Z]{2}(?:12)?)-?(\d{1,15})$/i.exec(text);
  return {
    text,
    ...(no >= 1 && no <= 20 && { target: no }),
    ...(shown && { shown: { prefix: (shown[1] ?? "").toUpperCase(), id: Number(shown[2]) } }),
  };
}

function orderedPair(a: number, b: number): readonly [number, number] | null {
  const [lon, lat] = Math.abs(a) >= Math.abs(b) ? [a, b] : [b, a];
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90 ? [lon, lat] : null;
}

/** Seven decimals are a centimetre. */
const round = (degrees: number): number => Math.round(degrees * 1e7) / 1e7;
