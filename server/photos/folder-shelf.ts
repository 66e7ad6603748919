import { randomUUID } from "node:crypto";
import { mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Shelf, Shelved } from "./shelf.ts";

/** A folder of this machine, or of a network file system that several processes share. */
export class FolderShelf implements Shelf {
  readonly #directory: string;

  constructor(directory: string) {
    this.#directory = path.resolve(directory);
  }

  get(name: string): Promise<Buffer | null> {
    return readFile(this.#place(name)).catch(absent);
  }

  async put(name: string, body: Buffer): Promise<void> {
    const file = this.#place(name);
    await mkdir(path.dirname(file), { recursive: true });
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

  remove(name: string): Promise<void> {
    return rm(this.#place(name), { force: true });
  }

  async *list(prefix: string): AsyncIterable<Shelved> {
    const names = await readdir(this.#place(prefix), { recursive: true }).catch(absent);
    for (const each of names ?? []) {
      const name = path.posix.join(prefix, each.replaceAll(path.sep, "/"));
      const found = await stat(this.#place(name)).catch(absent);
      if (found?.isFile()) yield { name, at: found.mtime };
    }
  }

  #place(name: string): string {
    return path.join(this.#directory, name);
  }
}

function absent(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
