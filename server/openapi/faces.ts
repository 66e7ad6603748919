import type { z } from "zod";
import { changesRequest, revertBody } from "#data/domain/change.ts";
import { dutyWordRule, dutyWords } from "#data/domain/duty.ts";
import { dutyWordBody } from "#data/domain/duty-body.ts";
import { proposalSteps } from "#data/domain/proposal.ts";
import { proposalBody, proposalStepBody } from "#data/domain/proposal-body.ts";
import { stepRule } from "#data/domain/task.ts";
import { layers } from "#data/layers/registry.ts";
import { createBody, deleteBody, patchBody, progressBody, stepBody } from "../changes/bodies.ts";
import { selectionBody } from "../list/selection.ts";
import { presenceBody } from "../presence/bodies.ts";
import { credentials, tokenBody } from "../session/bodies.ts";

/** What the description says of one route. Paths are written as in Hono; a test holds the table to the app's routes. */
export interface Face {
  readonly method: "get" | "post" | "patch" | "put" | "delete";
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Open to strangers. */
  readonly open?: true;
  /** Takes `at` and `known`. */
  readonly past?: true;
  readonly query?: Readonly<Record<string, { readonly what: string; readonly schema: object }>>;
  readonly body?: z.ZodType;
  /** The body is a file of one of these types. */
  readonly file?: readonly string[];
  /** Wants Idempotency-Key; `base` also If-Match. */
  readonly writes?: "key" | "base";
  /** Status and content type of success; JSON 200 when left out. */
  readonly answer?: { readonly status?: number; readonly type?: string; readonly what: string };
}

const text = { type: "string" };
const count = { type: "integer", minimum: 0 };
const layerList = { type: "string", description: layers.map((layer) => layer.id).join(", ") };

const filter: NonNullable<Face["query"]> = {
  layers: { what: "图层，逗号分隔", schema: layerList },
  town: { what: "镇街代码，逗号分隔", schema: text },
  campaign: { what: "专项行动 1–10，逗号分隔", schema: text },
  target: { what: "目标任务 1–20，逗号分隔", schema: text },
  light: { what: "灯：late, warn, normal, none, done", schema: text },
  lead: { what: "牵头单位，逗号分隔", schema: text },
  due: { what: "期限：overdue, month, year", schema: text },
  bbox: { what: "west,south,east,north（WGS84）", schema: text },
  q: { what: "名称", schema: text },
};
const page: NonNullable<Face["query"]> = {
  limit: { what: "至多几条", schema: count },
  offset: { what: "从第几条开始", schema: count },
};

export const faces: readonly Face[] = [
  { method: "get", path: "/healthz", tag: "health", summary: "进程能应答", open: true },
  { method: "get", path: "/readyz", tag: "health", summary: "数据库能应答", open: true },

  {
    method: "post",
    path: "/api/session",
    tag: "session",
    summary: "登录，得到 cookie",
    open: true,
    body: credentials,
  },
  { method: "get", path: "/api/session", tag: "session", summary: "我是谁" },
  {
    method: "delete",
    path: "/api/session",
    tag: "session",
    summary: "退出",
    answer: { status: 204, what: "已退出" },
  },
  {
    method: "get",
    path: "/api/demo/accounts",
    tag: "session",
    summary: "演示账号（非演示时为空）",
    open: true,
  },
  { method: "get", path: "/api/tokens", tag: "session", summary: "我的令牌" },
  {
    method: "post",
    path: "/api/tokens",
    tag: "session",
    summary: "为程序开一个令牌（Bearer，或 Basic 的口令）",
    body: tokenBody,
    answer: { status: 201, what: "令牌，只显示这一次" },
  },
  {
    method: "delete",
    path: "/api/tokens/:id",
    tag: "session",
    summary: "停用令牌",
    answer: { status: 204, what: "已停用" },
  },

  {
    method: "get",
    path: "/api/programme/:year",
    tag: "programme",
    summary: "专项行动、目标任务和指标的现状",
    past: true,
  },
  {
    method: "get",
    path: "/api/programme/:year/metrics/:code",
    tag: "programme",
    summary: "一个指标逐月的值和灯",
    past: true,
  },
  { method: "get", path: "/api/towns", tag: "programme", summary: "镇街和界线", past: true },
  { method: "get", path: "/api/layers", tag: "programme", summary: "图层目录和各灯数量", past: true },
  {
    method: "get",
    path: "/api/summary",
    tag: "programme",
    summary: "按镇街、目标任务或图层汇总",
    past: true,
    query: { by: { what: "汇总口径", schema: { type: "string", enum: ["town", "target", "layer"] } } },
  },
  {
    method: "get",
    path: "/api/search",
    tag: "programme",
    summary: "搜索名称、拼音首字母、坐标、任务号",
    past: true,
    query: { q: { what: "要找的文字", schema: text } },
  },
  {
    method: "get",
    path: "/api/activity",
    tag: "programme",
    summary: "每天的变更数和计划里写明的期限",
    past: true,
    query: { year: { what: "年份，默认今年", schema: count } },
  },
  {
    method: "get",
    path: "/api/recent",
    tag: "programme",
    summary: "最近的变更，新的在前（大屏滚动条）",
    past: true,
    query: { limit: { what: "至多几条，默认 8", schema: { type: "integer", minimum: 1, maximum: 50 } } },
  },
  {
    method: "get",
    path: "/api/list",
    tag: "features",
    summary: "列表，与地图同一套筛选",
    past: true,
    query: {
      ...filter,
      sort: { what: "排序", schema: text },
      deleted: {
        what: "1：只列已删除的（本镇街、牵头单位和专班可见）",
        schema: { type: "string", enum: ["1"] },
      },
      ...page,
    },
  },
  {
    method: "get",
    path: "/api/tasks/mine",
    tag: "features",
    summary: "本单位没办完的任务：给了位置按距离，否则按期限",
    query: {
      near: { what: "lon,lat（WGS84）", schema: text },
      only: {
        what: "todo 待我办，returned 被退回，soon 快到期，open 全部",
        schema: { type: "string", enum: ["todo", "returned", "soon", "open"] },
      },
      limit: { what: "至多几条，默认 50", schema: { type: "integer", minimum: 1, maximum: 200 } },
      after: { what: "上一页的 next", schema: text },
    },
  },
  {
    method: "get",
    path: "/api/points",
    tag: "features",
    summary: "全部点位，一行一处，供地图聚合",
    past: true,
    query: filter,
  },

  {
    method: "post",
    path: "/api/selection",
    tag: "features",
    summary:
      "一次要一起改的对象：按编号，或按筛选加一块区域；full 带属性和任务，shapes 带图形，至多 2,000 处",
    body: selectionBody,
  },
  {
    method: "get",
    path: "/api/features/:id",
    tag: "features",
    summary: "一处的存储内容，带 ETag",
    past: true,
  },
  {
    method: "get",
    path: "/api/features/:id/view",
    tag: "features",
    summary: "一处的全貌：任务、灯和理由、可做的事",
    past: true,
  },
  {
    method: "get",
    path: "/api/features/:id/history",
    tag: "features",
    summary: "变更记录，新的在前",
    past: true,
    query: {
      limit: { what: "一页几个变更，至多 500", schema: { type: "integer", minimum: 1, maximum: 500 } },
      before: { what: "上一页给出的 next", schema: count },
    },
  },
  {
    method: "get",
    path: "/api/features/:id/history/:seq",
    tag: "features",
    summary: "一次变更前后的图形",
    past: true,
  },

  {
    method: "get",
    path: "/api/history",
    tag: "features",
    summary: "一片地方的改动记录，按变更归拢，新的在前",
    past: true,
    query: {
      bbox: { what: "west,south,east,north（WGS84），改前或改后落在里面的", schema: text },
      town: { what: "镇街代码，逗号分隔", schema: text },
      layers: { what: "图层，逗号分隔", schema: layerList },
      unit: { what: "改动的单位，逗号分隔", schema: text },
      from: { what: "从这一天记录的起", schema: { type: "string", format: "date" } },
      to: { what: "到这一天记录的止", schema: { type: "string", format: "date" } },
      limit: { what: "一页几个变更，至多 200", schema: { type: "integer", minimum: 1, maximum: 200 } },
      before: { what: "上一页给出的 next", schema: count },
    },
  },

  {
    method: "post",
    path: "/api/changes",
    tag: "changes",
    summary: "一组修改，要么全部写入，要么都不写；dryRun 只告诉每一项能不能写",
    body: changesRequest,
    writes: "key",
  },
  {
    method: "post",
    path: "/api/changes/revert",
    tag: "changes",
    summary: "撤回一个或几个变更，或一整批；dryRun 只预览。后来又有人改过的，409 并列出",
    body: revertBody,
    writes: "key",
  },
  {
    method: "post",
    path: "/api/features",
    tag: "changes",
    summary: "新建一处",
    body: createBody,
    writes: "key",
    answer: { status: 201, what: "新编号和它的任务" },
  },
  {
    method: "patch",
    path: "/api/features/:id",
    tag: "changes",
    summary: "修改一处",
    body: patchBody,
    writes: "base",
  },
  {
    method: "delete",
    path: "/api/features/:id",
    tag: "changes",
    summary: "删除一处（可恢复）",
    body: deleteBody,
    writes: "base",
  },
  {
    method: "post",
    path: "/api/tasks/:id/progress",
    tag: "changes",
    summary: "填报进度",
    body: progressBody,
    writes: "base",
  },
  {
    method: "post",
    path: "/api/tasks/:id/:step",
    tag: "changes",
    summary: `任务流转：${Object.entries(stepRule)
      .map(([step, rule]) => `${step} ${rule.name}`)
      .join("，")}`,
    body: stepBody,
    writes: "base",
  },

  {
    method: "post",
    path: "/api/photos",
    tag: "photos",
    summary: "上传一张照片（至多 25 MB）；得到的 sha256 用于 op photo。重复上传结果相同",
    file: ["image/jpeg", "image/png", "image/webp", "image/heic"],
    answer: { status: 201, what: "照片的编号（sha256）、大小、拍摄时间和位置" },
  },
  {
    method: "get",
    path: "/api/photos/:uid",
    tag: "photos",
    summary: "照片；full 带时间、地点、单位水印",
    query: { size: { what: "thumb 或 full（默认）", schema: { type: "string", enum: ["thumb", "full"] } } },
    answer: { type: "image/jpeg", what: "照片" },
  },

  {
    method: "get",
    path: "/api/events",
    tag: "events",
    summary: "变更通知（server-sent events），可用 Last-Event-ID 续接",
    query: { since: { what: "从这个变更编号之后", schema: count } },
    answer: { type: "text/event-stream", what: "hello, change, counts, presence, resync, signed-out" },
  },
  {
    method: "get",
    path: "/api/duty",
    tag: "features",
    summary: "责任属地待确认：离镇界 50 米内或跨镇界，形状变后还没确认或有镇街提异议的，附各镇街的表态",
    query: {
      town: { what: "镇街代码", schema: text },
      decided: { what: "1：已经确认的", schema: { type: "string", enum: ["0", "1"] } },
      ...page,
    },
  },
  {
    method: "post",
    path: "/api/duty/words",
    tag: "changes",
    summary: `镇街对责任属地表态：${dutyWords.map((word) => `${word} ${dutyWordRule[word].name}`).join("、")}`,
    body: dutyWordBody,
    writes: "key",
  },
  { method: "get", path: "/api/proposals", tag: "changes", summary: "涉及我单位的跨镇会签" },
  {
    method: "get",
    path: "/api/proposals/:id",
    tag: "changes",
    summary: "一件会签：改前改后、谁同意了、能办什么",
  },
  {
    method: "post",
    path: "/api/proposals",
    tag: "changes",
    summary: "发起跨镇会签；涉及的镇街都同意后自动生效",
    body: proposalBody,
    writes: "key",
    answer: { status: 201, what: "会签的编号" },
  },
  {
    method: "post",
    path: "/api/proposals/:id/:step",
    tag: "changes",
    summary: `办理会签：${proposalSteps.join("、")}`,
    body: proposalStepBody,
    writes: "key",
  },
  {
    method: "put",
    path: "/api/presence/:tab",
    tag: "events",
    summary: "这个窗口（UUID）正打开着一处；十秒一次，答复谁还开着它",
    body: presenceBody,
  },
  {
    method: "delete",
    path: "/api/presence/:tab",
    tag: "events",
    summary: "这个窗口关了，或换了一处",
    query: { turn: { what: "这个窗口说的第几句，后说的为准", schema: count } },
    answer: { status: 204, what: "已离开" },
  },
  {
    method: "get",
    path: "/tiles/:layer/:z/:x/:file",
    tag: "tiles",
    summary: "矢量瓦片（MVT 2），一个图层；file 是 {y}.mvt",
    past: true,
    answer: { type: "application/vnd.mapbox-vector-tile", what: "瓦片" },
  },

  { method: "get", path: "/ogc", tag: "ogc", summary: "OGC API – Features 入口" },
  { method: "get", path: "/ogc/", tag: "ogc", summary: "同上" },
  { method: "get", path: "/ogc/conformance", tag: "ogc", summary: "符合的标准" },
  { method: "get", path: "/ogc/api", tag: "ogc", summary: "OGC 部分的说明" },
  { method: "get", path: "/ogc/collections", tag: "ogc", summary: "图层" },
  { method: "get", path: "/ogc/collections/:layer", tag: "ogc", summary: "一个图层" },
  {
    method: "get",
    path: "/ogc/collections/:layer/items",
    tag: "ogc",
    summary: "图层里的对象（GeoJSON），可翻页",
    query: {
      bbox: { what: "west,south,east,north（WGS84）", schema: text },
      datetime: { what: "那时的样子，同 at", schema: text },
      town: { what: "镇街代码", schema: text },
      light: { what: "灯", schema: text },
      ...page,
    },
    answer: { type: "application/geo+json", what: "FeatureCollection，带 numberMatched 和 links" },
  },
  {
    method: "get",
    path: "/ogc/collections/:layer/items/:id",
    tag: "ogc",
    summary: "一个对象",
    answer: { type: "application/geo+json", what: "Feature" },
  },

  { method: "get", path: "/api/openapi.json", tag: "health", summary: "本说明（OpenAPI 3.1）" },
];
