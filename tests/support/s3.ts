import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { BucketPlace } from "#server/photos/bucket-shelf.ts";

const account = { bucket: "guatu-test", region: "cn-test-1", key: "TESTKEY", secret: "test/secret+key" };
/** Small, so that a handful of objects is several pages. */
const pageSize = 2;

export interface LoopbackS3 {
  readonly place: BucketPlace;
  readonly objects: Map<string, { body: Buffer; type: string; at: Date }>;
  /** Answers the next requests with these instead; 0 hangs up. */
  readonly failing: number[];
  /** Requests that came, failed ones too. */
  asked: number;
  close(): Promise<void>;
}

/** S3 on loopback, out of a Map: path-style PUT, GET, DELETE and ListObjectsV2, each refused unless its Signature V4 is right. */
export async function startS3(): Promise<LoopbackS3> {
  const objects: LoopbackS3["objects"] = new Map();
  const failing: number[] = [];
  const server = createServer(async (request, response) => {
    const say = (status: number, body: Buffer | string = "", type = "application/xml") =>
      response.writeHead(status, { "content-type": type }).end(body);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    s3.asked += 1;
    const fail = failing.shift();
    if (fail === 0) return request.socket.destroy();
    if (fail) return say(fail, `<Error><Code>Failed</Code></Error>`);
    const url = new URL(request.url ?? "/", "http://loopback");
    if (!rightlySigned(request, url, body)) return say(403, error("SignatureDoesNotMatch"));
    const [, bucket, ...rest] = decodeURIComponent(url.pathname).split("/");
    if (bucket !== account.bucket) return say(404, error("NoSuchBucket"));
    const name = rest.join("/");
    if (request.method === "GET" && url.searchParams.get("list-type") === "2")
      return say(200, listing(objects, url.searchParams));
    if (request.method === "PUT") {
      objects.set(name, { body, type: request.headers["content-type"] ?? "", at: new Date() });
      return say(200);
    }
    if (request.method === "DELETE") {
      objects.delete(name);
      return say(204);
    }
    const found = objects.get(name);
    return found ? say(200, found.body, found.type) : say(404, error("NoSuchKey"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const s3: LoopbackS3 = {
    place: { endpoint: `http://127.0.0.1:${port}`, ...account },
    objects,
    failing,
    asked: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return s3;
}

const error = (code: string): string => `<?xml version="1.0"?><Error><Code>${code}</Code></Error>`;

function listing(objects: LoopbackS3["objects"], query: URLSearchParams): string {
  const after = query.get("continuation-token") ?? "";
  const names = [...objects.keys()]
    .filter((name) => name.startsWith(query.get("prefix") ?? "") && (!after || `&${name}` > after))
    .sort();
  const page = names.slice(0, pageSize);
  const contents = page.map(
    (name) =>
      `<Contents><Key>${name}</Key><LastModified>${objects.get(name)?.at.toISOString()}</LastModified></Contents>`,
  );
  const more = names.length > page.length;
  const next = more ? `<NextContinuationToken>&amp;${page.at(-1)}</NextContinuationToken>` : "";
  return `<?xml version="1.0"?><ListBucketResult>${contents.join("")}<IsTruncated>${more}</IsTruncated>${next}</ListBucketResult>`;
}

const sha256 = (text: Buffer | string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();

/** AWS Signature Version 4 of the header kind, computed from what arrived. */
function rightlySigned(request: IncomingMessage, url: URL, body: Buffer): boolean {
  const said =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, SignedHeaders=([^,]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    );
  const [, key, day = "", region = "", signed = "", signature] = said ?? [];
  const time = String(request.headers["x-amz-date"]);
  const bodyHash = String(request.headers["x-amz-content-sha256"]);
  if (key !== account.key || region !== account.region || bodyHash !== sha256(body)) return false;
  if (!signed.split(";").includes("host") || !time.startsWith(day)) return false;
  const strict = (text: string) =>
    encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  const query = [...url.searchParams]
    .map(([name, value]) => `${strict(name)}=${strict(value)}`)
    .sort()
    .join("&");
  const headers = signed.split(";").map((name) => `${name}:${String(request.headers[name]).trim()}\n`);
  const canonical = [request.method, url.pathname, query, headers.join(""), signed, bodyHash].join("\n");
  const scope = `${day}/${region}/s3/aws4_request`;
  const secret = [day, region, "s3", "aws4_request"].reduce<Buffer | string>(hmac, `AWS4${account.secret}`);
  return (
    hmac(secret, ["AWS4-HMAC-SHA256", time, scope, sha256(canonical)].join("\n")).toString("hex") ===
    signature
  );
}
