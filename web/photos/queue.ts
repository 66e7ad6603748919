import { create } from "zustand";
import { type PhotoPhase, photoLimits } from "#data/domain/photo.ts";
import type { ChangesReply, PhotoFile } from "#data/domain/wire.ts";
import { send } from "../api/client.ts";
import { asProblem, ProblemError } from "../api/problem.ts";
import { queryClient } from "../api/queries.ts";
import { upload } from "../api/upload.ts";
import { uuid4 } from "../editor/uid.ts";
import { recordDeed } from "../session/record.ts";
import { claimOf } from "./claim.ts";

/** Whose evidence a photo is to be. */
interface Purpose {
  readonly feature: number;
  readonly target: number;
  readonly phase: PhotoPhase;
}

/** One photo on its way. `uid` and `key` are made when it is picked, so that a retry never files it twice. */
export interface Outgoing extends Purpose {
  readonly uid: string;
  readonly key: string;
  readonly file: File;
  /** Address of the picture in this page. */
  readonly preview: string;
  /** 0 to 1 while the file is sent. */
  readonly part: number;
  readonly state: "waiting" | "sending" | "filing" | "failed";
  readonly problem: ProblemError | null;
}

interface QueueState {
  readonly items: readonly Outgoing[];
  /** Said when more were picked at once than are taken. */
  readonly leftOut: number;
}

/** Outlives the panel: closing it, or picking another place, stops nothing. */
export const usePhotoQueue = create<QueueState>()(() => ({ items: [], leftOut: 0 }));

const atATime = 2;

const put = (uid: string, change: Partial<Outgoing>) =>
  usePhotoQueue.setState(({ items }) => ({
    items: items.map((item) => (item.uid === uid ? { ...item, ...change } : item)),
  }));

/** Queues picked files, at most 20 at once, and begins to send them. */
export function addPhotos(purpose: Purpose, files: readonly File[]): void {
  const taken = files.slice(0, photoLimits.atOnce);
  const added = taken.map(
    (file): Outgoing => ({
      ...purpose,
      uid: uuid4(),
      key: uuid4(),
      file,
      preview: URL.createObjectURL(file),
      part: 0,
      state: "waiting",
      problem: null,
    }),
  );
  usePhotoQueue.setState(({ items }) => ({
    items: [...items, ...added],
    leftOut: files.length - taken.length,
  }));
  next();
}

export function retryPhoto(uid: string): void {
  put(uid, { state: "waiting", problem: null, part: 0 });
  next();
}

export function dropPhoto(uid: string): void {
  const gone = usePhotoQueue.getState().items.find((item) => item.uid === uid);
  if (gone) URL.revokeObjectURL(gone.preview);
  usePhotoQueue.setState(({ items }) => ({ items: items.filter((item) => item.uid !== uid) }));
}

function next(): void {
  const { items } = usePhotoQueue.getState();
  const busy = items.filter(({ state }) => state === "sending" || state === "filing").length;
  for (const item of items.filter(({ state }) => state === "waiting").slice(0, atATime - busy)) {
    put(item.uid, { state: "sending" });
    void carry(item).finally(next);
  }
}

/** The file first, by its hash; then one change that makes it evidence. */
async function carry(item: Outgoing): Promise<void> {
  const { uid, key, feature, target, phase, file } = item;
  try {
    if (file.size > photoLimits.bytes) throw tooLarge(file);
    const stored = await upload<PhotoFile>("/api/photos", file, (part) => put(uid, { part }));
    put(uid, { state: "filing" });
    const claim = await claimOf(stored, file, Date.now());
    const { seq } = await send<ChangesReply>("/api/changes", {
      method: "POST",
      headers: { "Idempotency-Key": key },
      body: { changes: [{ op: "photo", uid, feature, target, phase, sha256: stored.sha256, ...claim }] },
    });
    recordDeed({ seq, name: "上传照片", stuck: "照片请在“证据”里撤下" });
    await queryClient.invalidateQueries({ queryKey: ["feature"] });
    void queryClient.invalidateQueries({ queryKey: ["history"] });
    dropPhoto(uid);
  } catch (error) {
    put(uid, { state: "failed", problem: asProblem(error) });
  }
}

const tooLarge = ({ size }: File): ProblemError =>
  new ProblemError({
    type: "about:blank",
    title: "照片太大",
    status: 413,
    code: "too-large",
    request: "",
    detail: `这张照片有 ${Math.ceil(size / 1024 / 1024)} MB，至多 25 MB。改用普通分辨率重拍，或压缩后再传。`,
  });
