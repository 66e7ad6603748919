import type { FieldDef } from "#data/domain/field.ts";
import type { LayerDef } from "#data/layers/define.ts";
import { layers } from "#data/layers/registry.ts";

export const conformance = [
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
  "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
] as const;

export interface Link {
  readonly href: string;
  readonly rel: string;
  readonly type?: string;
  readonly title?: string;
}

const json = "application/json";
export const geojson = "application/geo+json";
const openapi = "application/vnd.oai.openapi+json;version=3.0";
const crs84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84";

/** `root` is the absolute address of `/ogc`. */
export const landing = (root: string) => ({
  title: "青浦挂图",
  description: "青浦区城市精细化管理提升工程图层，OGC API – Features",
  links: [
    { href: root, rel: "self", type: json, title: "本页" },
    { href: `${root}/api`, rel: "service-desc", type: openapi, title: "接口说明 OpenAPI" },
    { href: `${root}/conformance`, rel: "conformance", type: json, title: "遵循的标准" },
    { href: `${root}/collections`, rel: "data", type: json, title: "图层" },
  ] satisfies Link[],
});

export type Extent = readonly [number, number, number, number] | null;

export function collection(root: string, layer: LayerDef, extent: Extent) {
  const own = `${root}/collections/${layer.id}`;
  return {
    id: layer.id,
    title: layer.name,
    description: `${layer.name}（${layer.unit}）`,
    itemType: "feature",
    ...(extent && { extent: { spatial: { bbox: [extent], crs: crs84 } } }),
    crs: [crs84],
    links: [
      { href: own, rel: "self", type: json, title: layer.name },
      { href: `${own}/items`, rel: "items", type: geojson, title: `${layer.name}要素` },
    ] satisfies Link[],
  };
}

export const collections = (root: string, extents: ReadonlyMap<number, Extent>) => ({
  links: [{ href: `${root}/collections`, rel: "self", type: json, title: "图层" }] satisfies Link[],
  collections: layers.map((layer) => collection(root, layer, extents.get(layer.no) ?? null)),
});

/** What the answer's properties are, by kind of field. */
const schemaOf: Record<FieldDef["kind"], object> = {
  text: { type: "string" },
  number: { type: "number" },
  boolean: { type: "boolean" },
  date: { type: "string", format: "date" },
  choice: { type: "string" },
  choices: { type: "array", items: { type: "string" } },
  hours: { type: "string" },
};

const parameter = (name: string, description: string, schema: object) => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
});

const page = [
  parameter("limit", "每页条数", { type: "integer", minimum: 1, maximum: mostItems(), default: 100 }),
  parameter("offset", "跳过条数", { type: "integer", minimum: 0, default: 0 }),
  parameter("bbox", "西,南,东,北", { type: "array", items: { type: "number" }, minItems: 4, maxItems: 6 }),
  parameter("datetime", "那一刻的样子：日期或带时区的时间", { type: "string" }),
  parameter("known", "当时已记录的：变更编号或日期", { type: "string" }),
  parameter("town", "镇街代码", { type: "string" }),
  parameter("light", "灯：late、warn、normal、none、done", { type: "string" }),
  parameter("target", "目标任务编号", { type: "integer", minimum: 1, maximum: 20 }),
];

/** Items a page at most. */
export function mostItems(): number {
  return 10_000;
}

const answers = (description: string, type: string) => ({
  "200": { description, content: { [type]: { schema: { type: "object" } } } },
  "400": { description: "参数有误", content: { "application/problem+json": { schema: { type: "object" } } } },
});

/** OpenAPI 3.0 of these addresses alone, one path a layer, as desktop GIS reads it. */
export const description = (root: string) => ({
  openapi: "3.0.3",
  info: { title: "青浦挂图 OGC API – Features", version: "1.0.0" },
  servers: [{ url: root }],
  paths: {
    "/": { get: { operationId: "landing", responses: answers("首页", json) } },
    "/conformance": { get: { operationId: "conformance", responses: answers("遵循的标准", json) } },
    "/collections": { get: { operationId: "collections", responses: answers("图层", json) } },
    ...Object.fromEntries(layers.flatMap(pathsOf)),
  },
  components: {
    schemas: Object.fromEntries(layers.map((layer) => [layer.id, propertiesOf(layer)])),
    securitySchemes: { basic: { type: "http", scheme: "basic" }, bearer: { type: "http", scheme: "bearer" } },
  },
  security: [{ basic: [] }, { bearer: [] }],
});

const pathsOf = (layer: LayerDef): [string, object][] => [
  [
    `/collections/${layer.id}`,
    { get: { operationId: `${layer.id}.describe`, responses: answers(layer.name, json) } },
  ],
  [
    `/collections/${layer.id}/items`,
    { get: { operationId: `${layer.id}.items`, parameters: page, responses: answers(layer.name, geojson) } },
  ],
  [
    `/collections/${layer.id}/items/{id}`,
    {
      get: {
        operationId: `${layer.id}.item`,
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "integer" } }],
        responses: answers(layer.name, geojson),
      },
    },
  ],
];

const propertiesOf = (layer: LayerDef) => ({
  type: "object",
  properties: Object.fromEntries(
    Object.entries(layer.fields).map(([id, field]) => [id, { title: field.label, ...schemaOf[field.kind] }]),
  ),
});
