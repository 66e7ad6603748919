import { z } from "zod";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { Shelf } from "./shelf.ts";

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
const jpeg = "image/jpeg";

/** What lies beside the pictures of one upload: its facts, or the mark that nobody filed it (`unfiled.ts`). */
export type Beside = "json" | "withdrawn";

/** `ab/cd/<hash>.full.jpg` */
export const nameOf = (sha256: string, ending: `${Rendition}.jpg` | Beside): string =>
  `${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}.${ending}`;

/**
 * Photos, named by the hash of the file that was sent: `ab/cd/<hash>.{full.jpg,thumb.jpg,json}`. Every file is complete
 * when its name appears, and the JSON comes last: where it is, the others are. Serving needs no JSON, filing does.
 */
export class PhotoFiles {
  readonly #shelf: Shelf;

  constructor(shelf: Shelf) {
    this.#shelf = shelf;
  }

  /** What an upload found in the file, or null when it was not uploaded here. */
  async facts(sha256: string): Promise<PhotoFile | null> {
    if (!isHash(sha256)) return null;
    const text = await this.#shelf.get(nameOf(sha256, "json"));
    return text && factsSchema.parse(JSON.parse(text.toString("utf8")));
  }

  /** A picture's JPEG, or null when its file is gone. */
  async read(sha256: string, rendition: Rendition): Promise<Buffer | null> {
    return isHash(sha256) ? this.#shelf.get(nameOf(sha256, `${rendition}.jpg`)) : null;
  }

  /** Keeps a photo. Two that keep the same one at once write the same names with the same contents. */
  async keep(facts: PhotoFile, pictures: Readonly<Record<Rendition, Buffer>>): Promise<void> {
    const { sha256 } = facts;
    const leaving = (await this.#shelf.get(nameOf(sha256, "withdrawn"))) !== null;
    await this.#putPictures(sha256, pictures);
    await this.#shelf.put(nameOf(sha256, "json"), Buffer.from(JSON.stringify(facts)), "application/json");
    if (!leaving) return;
    // The clean-up may have taken what was written before the JSON; from the JSON on it takes nothing more.
    await this.#putPictures(sha256, pictures);
    await this.#shelf.remove(nameOf(sha256, "withdrawn"));
  }

  async #putPictures(sha256: string, { full, thumb }: Readonly<Record<Rendition, Buffer>>): Promise<void> {
    await this.#shelf.put(nameOf(sha256, "full.jpg"), full, jpeg);
    await this.#shelf.put(nameOf(sha256, "thumb.jpg"), thumb, jpeg);
  }
}
