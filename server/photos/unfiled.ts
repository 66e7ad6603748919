import type { Database } from "#db/client.ts";
import { nameOf } from "./files.ts";
import type { Shelf, Shelved } from "./shelf.ts";

const hour = 3_600_000;
/** A browser may hold what it uploaded for a trip without a line before it files it. */
const patience = 7 * 24 * hour;
/** Longer than any request that read the facts of an upload can still be about to file it. */
const settling = hour;

export interface CleanUp {
  /** Can no longer be filed; a browser that still wants to is told to send the file again. */
  readonly withdrawn: number;
  /** Their pictures are gone. */
  readonly removed: number;
  /** Nothing was judged: this database knows no photo at all, so the files are most likely another one's. */
  readonly strange: boolean;
}

interface Upload {
  readonly sha256: string;
  readonly names: readonly string[];
  readonly newest: Date;
  readonly withdrawnAt: Date | undefined;
  readonly hasFacts: boolean;
}

/**
 * Removes uploads that no photo names, in two nights. First the facts go, without which nothing can be filed; the pictures
 * go at least an hour later, if still nobody named them. A filing that had read the facts has then ended, and its row keeps
 * the pictures. So no lock is needed, and two processes that clean up at once do the same twice.
 */
export async function cleanUnfiled(db: Database, shelf: Shelf, now: Date): Promise<CleanUp> {
  let withdrawn = 0;
  let removed = 0;
  if (!(await knowsPhotos(db))) return { withdrawn, removed, strange: true };
  for (const prefix of prefixes) {
    const due = (await uploadsOf(shelf, prefix)).filter(
      (upload) => upload.withdrawnAt || now.getTime() - upload.newest.getTime() > patience,
    );
    if (due.length === 0) continue;
    const filed = await filedOf(
      db,
      due.map(({ sha256 }) => sha256),
    );
    for (const upload of due) {
      const mark = nameOf(upload.sha256, "withdrawn");
      if (filed.has(upload.sha256) || (upload.withdrawnAt && upload.hasFacts)) {
        if (upload.withdrawnAt) await shelf.remove(mark);
      } else if (!upload.withdrawnAt) {
        await shelf.put(mark, Buffer.from(now.toISOString()), "text/plain");
        await shelf.remove(nameOf(upload.sha256, "json"));
        withdrawn += 1;
      } else if (now.getTime() - upload.withdrawnAt.getTime() > settling) {
        if (await takeAway(shelf, upload)) removed += 1;
      }
    }
  }
  return { withdrawn, removed, strange: false };
}

/** The pictures first, the mark last: whoever uploads the file meanwhile sees it and writes the pictures again. */
async function takeAway(shelf: Shelf, { sha256, names }: Upload): Promise<boolean> {
  const facts = nameOf(sha256, "json");
  const mark = nameOf(sha256, "withdrawn");
  if (await shelf.get(facts)) return false;
  for (const name of names) if (name !== mark) await shelf.remove(name);
  // Uploaded in this very moment: which pictures stand is not known, so it counts as not uploaded.
  await shelf.remove(facts);
  await shelf.remove(mark);
  return true;
}

const prefixes = Array.from({ length: 256 }, (_, i) => `${i.toString(16).padStart(2, "0")}/`);

/** Everything under a prefix by hash; what cut-off writes left behind too. */
async function uploadsOf(shelf: Shelf, prefix: string): Promise<Upload[]> {
  const parts = new Map<string, Shelved[]>();
  for await (const each of shelf.list(prefix)) {
    const [, sha256] = /\/([0-9a-f]{64})\.[^/]*$/.exec(each.name) ?? [];
    if (sha256) parts.set(sha256, [...(parts.get(sha256) ?? []), each]);
  }
  return [...parts].map(([sha256, all]) => {
    const mark = all.find(({ name }) => name === nameOf(sha256, "withdrawn"));
    return {
      sha256,
      names: all.map(({ name }) => name),
      newest: new Date(Math.max(...all.map(({ at }) => at.getTime()))),
      withdrawnAt: mark?.at,
      hasFacts: all.some(({ name }) => name === nameOf(sha256, "json")),
    };
  });
}

async function knowsPhotos({ sql }: Database): Promise<boolean> {
  const [row] = await sql<{ some: boolean }[]>`select exists (select from photo) as some`;
  return row?.some ?? false;
}

/** Those that a photo names, a taken-down one too: the past shows it. */
async function filedOf({ sql }: Database, hashes: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await sql<{ sha256: string }[]>`
    select distinct encode(sha256, 'hex') as sha256 from photo
    where sha256 in (select decode(h, 'hex') from unnest(${[...hashes]}::text[]) as h)`;
  return new Set(rows.map(({ sha256 }) => sha256));
}
