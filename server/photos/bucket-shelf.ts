import { createHash } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { AwsClient } from "aws4fetch";
import { type Shelf, ShelfAway, type Shelved } from "./shelf.ts";

/** An S3-compatible bucket, addressed path-style: every such service understands that. */
export interface BucketPlace {
  readonly endpoint: string;
  readonly bucket: string;
  readonly region: string;
  readonly key: string;
  readonly secret: string;
}

const mostTries = 3;
const firstPause = 150;
const patience = 15_000;

/** A bucket of an S3-compatible service. Throws ShelfAway when it does not answer in time or refuses us. */
export class BucketShelf implements Shelf {
  readonly #root: string;
  readonly #client: AwsClient;

  constructor({ endpoint, bucket, region, key, secret }: BucketPlace) {
    this.#root = `${endpoint.replace(/\/+$/, "")}/${encodeURIComponent(bucket)}`;
    this.#client = new AwsClient({
      accessKeyId: key,
      secretAccessKey: secret,
      region,
      service: "s3",
      retries: 0,
    });
  }

  async get(name: string): Promise<Buffer | null> {
    const { status, body } = await this.#ask("GET", `/${name}`);
    return status === 404 ? null : body;
  }

  async put(name: string, body: Buffer, type: string): Promise<void> {
    await this.#ask("PUT", `/${name}`, { body, type });
  }

  async remove(name: string): Promise<void> {
    await this.#ask("DELETE", `/${name}`);
  }

  async *list(prefix: string): AsyncIterable<Shelved> {
    let token: string | undefined;
    do {
      const query = new URLSearchParams({ "list-type": "2", prefix });
      if (token) query.set("continuation-token", token);
      const text = (await this.#ask("GET", `?${query}`)).body.toString("utf8");
      for (const [, entry = ""] of text.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
        const at = new Date(tagOf(entry, "LastModified") ?? "");
        const name = tagOf(entry, "Key");
        if (name && !Number.isNaN(at.getTime())) yield { name, at };
      }
      token = tagOf(text, "IsTruncated") === "true" ? tagOf(text, "NextContinuationToken") : undefined;
    } while (token);
  }

  /** One request, tried again while the service is busy or silent: every one of ours may be repeated. */
  async #ask(
    method: string,
    where: string,
    sent?: { readonly body: Buffer; readonly type: string },
  ): Promise<{ status: number; body: Buffer }> {
    for (let attempt = 1; ; attempt++) {
      const answer = await this.#once(method, where, sent).catch((error: unknown) => reasonOf(error));
      if (typeof answer !== "string") {
        const { status, body } = answer;
        const code = status >= 400 ? tagOf(body.toString("utf8"), "Code") : undefined;
        if (status < 300 || (status === 404 && (code === undefined || code === "NoSuchKey"))) return answer;
        if (status < 500 && status !== 429) throw new ShelfAway(`${method} answered ${status} ${code ?? ""}`);
      }
      if (attempt === mostTries)
        throw new ShelfAway(
          `${method}: ${typeof answer === "string" ? answer : answer.status}, ${mostTries} times`,
        );
      await wait(firstPause * 2 ** attempt);
    }
  }

  async #once(
    method: string,
    where: string,
    sent?: { readonly body: Buffer; readonly type: string },
  ): Promise<{ status: number; body: Buffer }> {
    const hash = createHash("sha256")
      .update(sent?.body ?? "")
      .digest("hex");
    const response = await this.#client.fetch(`${this.#root}${where}`, {
      method,
      body: sent && new Uint8Array(sent.body),
      headers: { "x-amz-content-sha256": hash, ...(sent && { "content-type": sent.type }) },
      signal: AbortSignal.timeout(patience),
      redirect: "error",
    });
    return { status: response.status, body: Buffer.from(await response.arrayBuffer()) };
  }
}

/** Why nothing came: `ECONNREFUSED`, `TimeoutError`. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return "failed";
  const { cause } = error;
  return cause instanceof Error && "code" in cause ? String(cause.code) : error.name;
}

const entities: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', apos: "'", amp: "&" };

/** Text of the first such element; keys and tokens hold no further elements. */
function tagOf(xml: string, tag: string): string | undefined {
  const text = new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1];
  return text?.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => entities[name] ?? "");
}
