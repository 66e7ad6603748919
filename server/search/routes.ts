import { Hono } from "hono";
import { pinyin } from "pinyin-pro";
import { z } from "zod";
import type { SearchAnswer, SearchHit } from "#data/domain/wire/list.ts";
import { shownNumber } from "#data/layers/define.ts";
import { layerByNo, layers } from "#data/layers/registry.ts";
import { targets } from "#data/programme/targets.ts";
import { towns } from "#data/programme/towns.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { readQuery } from "../http/validate.ts";
import { type Reading, readingOf } from "../list/filter.ts";
import { type Asked, parseSearch } from "./parse.ts";
import { type FoundFeature, featureByNumber, featuresByText, townBoxes } from "./queries.ts";

const query = z.strictObject({
  q: z.string().trim().min(1).max(60),
  at: z.string().optional(),
  known: z.string().optional(),
});

/** `GET /api/search?q=`: coordinates, targets, shown numbers, towns, then features of what the reader may see. */
export const searchRoutes = (deps: Deps) =>
  new Hono<AppEnv>().get("/api/search", async (c) => {
    const asked = parseSearch(readQuery(c, query).q);
    const hits = asked.coordinate
      ? [coordinateHit(asked.coordinate)]
      : [
          ...targetHits(asked),
          ...(await townHits(deps, asked)),
          ...(await featureHits(deps, readingOf(c), asked)),
        ];
    const answer: SearchAnswer = { hits };
    return c.json(answer);
  });

const coordinateHit = ({ at, from }: NonNullable<Asked["coordinate"]>): SearchHit => ({
  kind: "coordinate",
  title: `${at[0].toFixed(6)}, ${at[1].toFixed(6)}`,
  sub: from === "GCJ-02" ? "由 GCJ-02 坐标换算为 WGS84" : "WGS84 坐标",
  at,
});

const targetHits = ({ target, text }: Asked): SearchHit[] =>
  targets
    .filter((row) => row.no === target || (text.length > 1 && row.short.includes(text)))
    .map((row) => ({ kind: "target", title: `任务 ${row.no} · ${row.short}`, sub: row.text, id: row.no }));

const initials = new Map(
  towns.map((town) => [town.code, pinyin(town.short, { pattern: "first", toneType: "none", separator: "" })]),
);

async function townHits({ db, clock }: Deps, { text }: Asked): Promise<SearchHit[]> {
  const low = text.toLowerCase();
  const found = towns.filter(
    (town) =>
      town.name.includes(text) ||
      (low.length > 1 && (town.id.startsWith(low) || initials.get(town.code) === low)),
  );
  if (found.length === 0) return [];
  const boxes = await townBoxes(db.sql, clock.now());
  return found.map((town): SearchHit => {
    const box = boxes.find((row) => row.code === town.code);
    return {
      kind: "town",
      title: town.name,
      sub: "镇街",
      ...(box && { box: [box.w, box.s, box.e, box.n], at: [(box.w + box.e) / 2, (box.s + box.n) / 2] }),
    };
  });
}

async function featureHits({ db }: Deps, reading: Reading, { shown, text }: Asked): Promise<SearchHit[]> {
  const layer = shown && layers.find((each) => each.prefix === shown.prefix);
  const byNumber = layer ? await featureByNumber(db.sql, reading, layer.id, shown.id) : [];
  const byText = await featuresByText(db.sql, reading, text);
  return [...byNumber, ...byText.filter((row) => row.id !== byNumber[0]?.id)].map(featureHit);
}

function featureHit({ id, layerNo, name, home, light, point }: FoundFeature): SearchHit {
  const layer = layerByNo(layerNo);
  const town = towns.find((row) => row.code === home);
  return {
    kind: "feature",
    title: name,
    sub: [layer?.name, town?.short, layer && shownNumber(layer, id)].filter(Boolean).join(" · "),
    id,
    layer: layer?.id,
    light,
    at: point.coordinates,
  };
}
