/** Where the real places come from. `manifest.test.ts` holds every file to its row here. */
export interface SeedFile {
  /** Name inside `data/seed/geo/`, without folder. */
  readonly file: string;
  readonly title: string;
  readonly source: string;
  readonly licence: string;
  /** All stored coordinates are WGS84 (EPSG:4326), lon before lat, 5 decimals. */
  readonly datum: "WGS84";
  /** Least and greatest `accuracy_m` of the rows, in metres. */
  readonly accuracy: readonly [best: number, worst: number];
  readonly rows: number;
}

const osm = "ODbL-1.0 © OpenStreetMap contributors";
const mixed = `${osm}; rows marked 示意: own schematic`;

export const seedFiles = [
  {
    file: "townships.geojson",
    title: "11 个镇、街道的界线（合起来就是全区）",
    source: "OpenStreetMap admin relations",
    licence: osm,
    datum: "WGS84",
    accuracy: [50, 50],
    rows: 11,
  },
  {
    file: "roads.geojson",
    title: "高速、高架和主要道路中心线",
    source: "OpenStreetMap bridge and elevated ways joined in order",
    licence: mixed,
    datum: "WGS84",
    accuracy: [15, 800],
    rows: 14,
  },
  {
    file: "g50_interchanges.geojson",
    title: "G50 出入口和枢纽",
    source: "intersections of roads.geojson; news text",
    licence: mixed,
    datum: "WGS84",
    accuracy: [120, 800],
    rows: 7,
  },
  {
    file: "metro_lines.geojson",
    title: "轨道交通 17 号线",
    source: "OpenStreetMap ways",
    licence: osm,
    datum: "WGS84",
    accuracy: [20, 20],
    rows: 1,
  },
  {
    file: "metro_stations.geojson",
    title: "17 号线、2 号线车站（虹桥火车站在闵行，只作参照）",
    source: "OpenStreetMap nodes",
    licence: osm,
    datum: "WGS84",
    accuracy: [20, 20],
    rows: 16,
  },
  {
    file: "water.geojson",
    title: "河道和湖泊",
    source: "OpenStreetMap ways and polygons; schematic outlines from text",
    licence: mixed,
    datum: "WGS84",
    accuracy: [30, 900],
    rows: 18,
  },
  {
    file: "water_sites.geojson",
    title: "公开的水质站和雨量站（不是西井河监测点）",
    source: "public lists in the Shanghai city grid, converted",
    licence: "none stated (facts)",
    datum: "WGS84",
    accuracy: [200, 250],
    rows: 18,
  },
  {
    file: "key_areas.geojson",
    title: "重点区域范围",
    source: "published limits and areas; computed from OpenStreetMap lines",
    licence: mixed,
    datum: "WGS84",
    accuracy: [150, 900],
    rows: 9,
  },
  {
    file: "facilities.geojson",
    title: "机关、商业和车站附近的公共设施（共享停车候选，不是正式名单）",
    source: "public listings, GCJ-02 and BD-09 converted; OpenStreetMap",
    licence: `facts; ${mixed}`,
    datum: "WGS84",
    accuracy: [20, 900],
    rows: 29,
  },
] as const satisfies readonly SeedFile[];

/** Every coordinate of the seed lies in here: the district with 虹桥火车站 and the north of 淀山湖. */
export const seedBounds = { west: 120.8, south: 30.9, east: 121.4, north: 31.4 } as const;
