import { existsSync, readdirSync } from "node:fs";
import path from "node:path";

/** What tests need from the machine and npm cannot bring. Names are those of GUATU_TEST_REQUIRE. */
export const needs = {
  postgis: {
    name: "PostgreSQL 15 + PostGIS",
    install: "apt-get install postgresql-15 postgresql-15-postgis-3",
  },
  browser: { name: "Chromium", install: "apt-get install chromium fonts-noto-cjk" },
} as const;

export type Need = keyof typeof needs;

const clusters = "/usr/lib/postgresql";
const browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Folder of the PostgreSQL programs (15 or later, with PostGIS beside them), null when there is none. */
export function postgresPrograms(): string | null {
  const versions = existsSync(clusters) ? readdirSync(clusters).filter((name) => Number(name) >= 15) : [];
  const withPostgis = versions
    .sort((a, b) => Number(a) - Number(b))
    .find(
      (version) =>
        existsSync(path.join(clusters, version, "bin/initdb")) &&
        existsSync(`/usr/share/postgresql/${version}/extension/postgis.control`),
    );
  return withPostgis ? path.join(clusters, withPostgis, "bin") : null;
}

export const chromium = (): string | null => browsers.find((place) => existsSync(place)) ?? null;

const has = (need: Need): boolean =>
  need === "browser"
    ? chromium() !== null
    : Boolean(process.env.TEST_DATABASE_URL) || postgresPrograms() !== null;

export const missing = (): Need[] => (Object.keys(needs) as Need[]).filter((need) => !has(need));

/** Needs without which the run is a failure: GUATU_TEST_REQUIRE=postgis,browser. */
export const required = (): string[] => (process.env.GUATU_TEST_REQUIRE ?? "").split(",").filter(Boolean);
