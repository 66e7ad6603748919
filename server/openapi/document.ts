import { z } from "zod";
import { type Face, faces } from "./faces.ts";

const problemSchema = {
  type: "object",
  required: ["type", "title", "status", "code", "request"],
  properties: {
    type: { type: "string" },
    title: { type: "string" },
    status: { type: "integer" },
    detail: { type: "string" },
    code: { type: "string" },
    request: { type: "string", description: "请求编号，报告问题时请附上" },
    errors: {
      type: "array",
      items: { type: "object", properties: { at: { type: "string" }, message: { type: "string" } } },
    },
    stale: { type: "object", description: "412：现在的版本，和从您读到的版本以来改过的字段" },
  },
};

const header = (name: string, description: string) => ({
  name,
  in: "header",
  required: true,
  description,
  schema: { type: "string" },
});

const query = (name: string, description: string, schema: object = { type: "string" }) => ({
  name,
  in: "query",
  description,
  schema,
});

/** `/api/features/:id` as OpenAPI writes it. */
export const openApiPath = (path: string): string => path.replace(/:(\w+)(\{[^}]*\})?/g, "{$1}");

function parameters(face: Face): object[] {
  const names = [...face.path.matchAll(/:(\w+)/g)].map((match) => match[1]);
  return [
    ...names.map((name) => ({ name, in: "path", required: true, schema: { type: "string" } })),
    ...Object.entries(face.query ?? {}).map(([name, { what, schema }]) => query(name, what, schema)),
    ...(face.past
      ? [
          query("at", "那时的样子：日期（当天结束）或带时区的时间"),
          query("known", "当时已记录的：变更编号、日期或时间"),
        ]
      : []),
    ...(face.writes ? [header("Idempotency-Key", "UUID，重发时不变")] : []),
    ...(face.writes === "base"
      ? [header("If-Match", '读到的版本，"f<编号>.<版本>" 或 "t<编号>.<版本>"')]
      : []),
  ];
}

function operation(face: Face): object {
  const { status = 200, type = "application/json", what = "" } = face.answer ?? {};
  const problem = {
    description: "没有做，原因见内容",
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
  return {
    tags: [face.tag],
    summary: face.summary,
    operationId: `${face.method} ${face.path}`.replace(/[^a-zA-Z0-9]+/g, "_"),
    ...(face.open ? { security: [] } : {}),
    parameters: parameters(face),
    ...(face.body
      ? {
          requestBody: {
            required: true,
            content: { "application/json": { schema: z.toJSONSchema(face.body, { io: "input" }) } },
          },
        }
      : {}),
    ...(face.file
      ? {
          requestBody: {
            required: true,
            content: Object.fromEntries(
              face.file.map((type) => [type, { schema: { type: "string", format: "binary" } }]),
            ),
          },
        }
      : {}),
    responses: {
      [status]: {
        description: what || face.summary,
        ...(status === 204 ? {} : { content: { [type]: {} } }),
      },
      default: problem,
    },
  };
}

/** OpenAPI 3.1 of every face of this server. */
export function openApiDocument(): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const face of faces) {
    const path = openApiPath(face.path);
    paths[path] = { ...paths[path], [face.method]: operation(face) };
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "青浦挂图",
      version: "1",
      description: "青浦区城市精细化管理提升工程。坐标为 WGS84，日期为 Asia/Shanghai。",
    },
    security: [{ session: [] }, { bearer: [] }, { basic: [] }],
    paths,
    components: {
      schemas: { Problem: problemSchema },
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "guatu" },
        bearer: { type: "http", scheme: "bearer" },
        basic: { type: "http", scheme: "basic", description: "口令处填令牌" },
      },
    },
  };
}
