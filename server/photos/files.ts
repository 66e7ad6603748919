import { randomUUID } from "node:crypto";
import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import type { PhotoFile } from "#data/domain/wire/feature.ts";

/** The picture that is kept, and its small one for strips. */
export type Rendition = "full" | "thumb";

const factsSchema = z.object({
  sha256: z.string(),
  width: z.number(),
  height: z.number(),
  bytes: z.number(),
  takenAt: z.string().nullable(),
  position: z.tuple([z.number(), z.number()]).nullable(),
});

const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/**
 * Photos on disk, named by the hash of the file that was sent: `ab/cd/<hash>.{full.jpg,thumb.jpg,json}`. Every file is
 * complete when its name appears, and the JSON comes last: where it is, the others are.
 */
export class PhotoFiles {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = path.resolve(directory);
  }

  /** What an upload found in the file, or null when it was not uploaded here. */
  async facts(sha256: string): Promise<PhotoFile | null> {
    if (!isHash(sha256)) return null;
    const text = await readFile(this.#place(sha256, "json"), "utf8").catch(absent);
    return text === null ? null : factsSchema.parse(JSON.parse(text));
  }

  /** A picture's JPEG, or null when its file is gone. */
  async read(sha256: string, rendition: Rendition): Promise<Buffer | null> {
    return isHash(sha256) ? readFile(this.#place(sha256, `${rendition}.jpg`)).catch(absent) : null;
  }

  /** Keeps a photo. Two that keep the same one at once write the same names with the same contents. */
  async keep(facts: PhotoFile, pictures: Readonly<Record<Rendition, Buffer>>): Promise<void> {
    const { sha256 } = facts;
    await mkdir(path.dirname(this.#place(sha256, "json")), { recursive: true });
    await this.#write(this.#place(sha256, "full.jpg"), pictures.full);
    await this.#write(this.#place(sha256, "thumb.jpg"), pictures.thumb);
    await this.#write(this.#place(sha256, "json"), Buffer.from(JSON.stringify(facts)));
  }

  #place(sha256: string, ending: string): string {
    return path.join(this.#directory, sha256.slice(0, 2), sha256.slice(2, 4), `${sha256}.${ending}`);
  }

  async #write(file: string, body: Buffer): Promise<void> {
    const part = `${file}.${randomUUID()}.part`;
    try {
      const handle = await open(part, "wx");
      try {
        await handle.writeFile(body);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(part, file);
    } catch (error) {
      await rm(part, { force: true });
      throw error;
    }
  }
}

function absent(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
