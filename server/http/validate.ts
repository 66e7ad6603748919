import type { Context } from "hono";
import type { z } from "zod";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { Problem } from "./problem.ts";

type Errors = NonNullable<ProblemBody["errors"]>;

const shownErrors = 20;

/** zod's findings as field and sentence; the branches of a union are opened, so that the field itself is named. */
export function fieldErrors(error: z.ZodError): Errors {
  return error.issues.flatMap(issueErrors).slice(0, shownErrors);
}

type Issue = z.core.$ZodIssue;

function issueErrors(issue: Issue): Errors {
  const at = issue.path.map(String).join(".") || "body";
  if (issue.code === "invalid_union" && issue.errors.length > 0) {
    const nearest = [...issue.errors].sort((a, b) => a.length - b.length)[0] ?? [];
    return nearest.flatMap((inner) =>
      issueErrors({ ...inner, path: [...issue.path, ...inner.path] } as Issue),
    );
  }
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      at: [...issue.path.map(String), key].join("."),
      message: "没有这个字段，请去掉",
    }));
  return [{ at, message: sentence(issue) }];
}

function sentence(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return issue.input === undefined
        ? "缺少这一项，请补上"
        : `类型不对，应为${typeNames[issue.expected] ?? issue.expected}`;
    case "invalid_value":
      return `不在可选值里，应为 ${issue.values.map(String).join("、")}`;
    case "too_small":
      return `${tooSmall[issue.origin] ?? "不小于"} ${issue.minimum}${units[issue.origin] ?? ""}`;
    case "too_big":
      return `${tooBig[issue.origin] ?? "不大于"} ${issue.maximum}${units[issue.origin] ?? ""}`;
    case "invalid_format":
      return `格式不对，应为 ${formats[issue.format] ?? issue.format}`;
    case "invalid_union":
      return "不在可选的类型里";
    case "custom":
      return issue.message;
    default:
      return "不合要求";
  }
}

const typeNames: Record<string, string> = {
  string: "文字",
  number: "数字",
  int: "整数",
  boolean: "true 或 false",
  object: "对象 {…}",
  record: "对象 {…}",
  array: "列表 […]",
};
const tooSmall: Record<string, string> = { string: "太短，至少", array: "太少，至少" };
const tooBig: Record<string, string> = { string: "太长，至多", array: "太多，至多" };
const units: Record<string, string> = { string: " 个字", array: " 项" };

const formats: Record<string, string> = {
  datetime: "带时区的时间，例如 2025-09-15T09:00:00+08:00",
  date: "日期，例如 2025-09-15",
  uuid: "UUID",
};

/** Reads and checks a JSON body. Not JSON: 400; not as it should be: 422 with the fields. */
export async function readBody<T extends z.ZodType>(c: Context, schema: T): Promise<z.output<T>> {
  const type = c.req.header("content-type") ?? "";
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type))
    throw new Problem("wrong-type", {
      detail: "请用 Content-Type: application/json 发送。",
      errors: [{ at: "Content-Type", message: "应为 application/json" }],
    });
  const text = await c.req.text();
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new Problem("bad-json", {
      detail: "内容不是合法的 JSON（NaN、Infinity 和注释都不能写），请检查后重发。",
      errors: [{ at: "body", message: "不是合法的 JSON" }],
    });
  }
  refuseUnsaveable(body);
  return check(schema, body, "invalid", "有字段不合要求，请按 errors 逐项改正后重发；没有写入任何内容。");
}

const deepest = 32;
/** NUL and halves of a character: no text of either database can hold them. */
const unsaveable = /[\0\p{Surrogate}]/u;

/** Refuses what no field could take, before anything walks the body by recursion or sends it to the database. */
function refuseUnsaveable(body: unknown): void {
  const left: { value: unknown; path: readonly string[] }[] = [{ value: body, path: [] }];
  for (let next = left.pop(); next; next = left.pop()) {
    const { value, path } = next;
    const message =
      typeof value === "string" && unsaveable.test(value)
        ? "有不能保存的字符（空字符或残缺的编码），请删去后重新输入"
        : path.length > deepest && "嵌套太深，没有这样的内容";
    if (message)
      throw new Problem("invalid", {
        detail: "有字段不合要求，请按 errors 逐项改正后重发；没有写入任何内容。",
        errors: [{ at: path.slice(0, 8).join(".") || "body", message }],
      });
    if (typeof value === "object" && value !== null)
      for (const [key, inner] of Object.entries(value)) left.push({ value: inner, path: [...path, key] });
  }
}

/** Checks the query string; unknown parameters are refused by strict schemas. Wrong: 400 with the names. */
export function readQuery<T extends z.ZodType>(c: Context, schema: T): z.output<T> {
  const query = c.req.query();
  const [bad] = Object.entries(query).find(([, value]) => unsaveable.test(value)) ?? [];
  if (bad !== undefined)
    throw new Problem("bad-query", {
      detail: `参数 ${bad} 里有空字符，请去掉。`,
      errors: [{ at: bad, message: "有空字符，请去掉" }],
    });
  return check(schema, query, "bad-query", "请按 errors 改正地址里的参数。");
}

/** Checks path parameters, e.g. a feature id. Wrong: 404, there can be nothing at that address. */
export function idParam(c: Context, name = "id"): number {
  const text = c.req.param(name) ?? "";
  const id = Number(text);
  if (!/^\d{1,15}$/.test(text) || id < 1)
    throw new Problem("not-found", {
      detail: `编号 ${text.slice(0, 40)} 不是正整数。`,
      errors: [{ at: name, message: "应为正整数" }],
    });
  return id;
}

function check<T extends z.ZodType>(
  schema: T,
  value: unknown,
  code: "invalid" | "bad-query",
  detail: string,
): z.output<T> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  throw new Problem(code, { detail, errors: fieldErrors(parsed.error) });
}
