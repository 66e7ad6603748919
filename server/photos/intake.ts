import { createHash } from "node:crypto";
import sharp, { type Sharp } from "sharp";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import { Problem } from "../http/problem.ts";
import { type Taken, takenOf } from "./exif.ts";
import type { PhotoFiles, Rendition } from "./files.ts";
import { formatOf, type PhotoFormat, strangerName } from "./formats.ts";
import { decodeHeic } from "./heic.ts";
import { Turns } from "./turns.ts";

/** More than any phone makes, less than what fills the memory. */
const mostPixels = 120_000_000;
/** A HEIC is unpacked whole: 4 bytes a pixel. */
const mostHeicPixels = 64_000_000;
const leastSide = 240;
const fullSide = 2560;
const thumbSide = 320;
const patienceSeconds = 30;

/** Pictures are unpacked one or two at a time, whatever comes in: each may take hundreds of megabytes. */
const turns = new Turns(2);

/**
 * Makes an upload ours: recognised by content, unpacked within limits, upright, re-encoded without any metadata, and kept
 * under the hash of what was sent. Sending it again answers the same. Throws Problem for everything that is no photo; then
 * nothing is kept.
 */
export async function takeIn(files: PhotoFiles, sent: Buffer): Promise<PhotoFile> {
  if (sent.length === 0) throw refused("文件是空的。请重新选一张照片。");
  const format = formatOf(sent);
  if (!format)
    throw new Problem("wrong-type", {
      detail: `这是${strangerName(sent)}，不是照片。请选 JPEG、PNG、WebP 或 HEIC 格式的照片。`,
      errors: [{ at: "body", message: "应为 JPEG、PNG、WebP 或 HEIC" }],
    });
  const sha256 = createHash("sha256").update(sent).digest("hex");
  const known = await files.facts(sha256);
  if (known) return known;
  return turns.take(async () => {
    const { pictures, width, height, taken } = await unpack(sent, format);
    const facts: PhotoFile = { sha256, width, height, bytes: pictures.full.length, ...taken };
    await files.keep(facts, pictures);
    return facts;
  });
}

interface Unpacked {
  readonly pictures: Record<Rendition, Buffer>;
  readonly width: number;
  readonly height: number;
  readonly taken: Taken;
}

async function unpack(sent: Buffer, format: PhotoFormat): Promise<Unpacked> {
  const header = await sharp(sent, { limitInputPixels: false })
    .metadata()
    .catch(() => {
      throw broken();
    });
  refuseSize(header.width, header.height, format === "heic" ? mostHeicPixels : mostPixels);
  const full = await encode(await sourceOf(sent, format));
  const thumb = await sharp(full.data)
    .resize(thumbSide, thumbSide, { fit: "outside", withoutEnlargement: true })
    .jpeg({ quality: 78 })
    .toBuffer();
  const { width, height } = full.info;
  return { pictures: { full: full.data, thumb }, width, height, taken: await takenOf(header.exif) };
}

async function sourceOf(sent: Buffer, format: PhotoFormat): Promise<Sharp> {
  if (format !== "heic")
    return sharp(sent, { limitInputPixels: mostPixels, failOn: "error", sequentialRead: true }).autoOrient();
  // The decoder turns the picture upright itself.
  const bitmap = await decodeHeic(sent, mostHeicPixels).catch(() => {
    throw new Problem("wrong-type", {
      detail:
        "这张 HEIC 照片读不出来。请在手机“设置 → 相机 → 格式”里选“兼容性最佳”（最兼容）后重拍，或先转成 JPEG。",
      errors: [{ at: "body", message: "HEIC 读不出来" }],
    });
  });
  if (!bitmap) throw tooLarge(mostHeicPixels);
  const { data, width, height } = bitmap;
  return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: mostHeicPixels });
}

async function encode(source: Sharp) {
  try {
    return await source
      .resize(fullSide, fullSide, { fit: "inside", withoutEnlargement: true })
      .flatten({ background: "white" })
      .toColourspace("srgb")
      .jpeg({ quality: 84 })
      .timeout({ seconds: patienceSeconds })
      .toBuffer({ resolveWithObject: true });
  } catch {
    throw broken();
  }
}

function refuseSize(width: number, height: number, most: number): void {
  if (width * height > most) throw tooLarge(most);
  if (Math.max(width, height) < leastSide)
    throw refused(`照片只有 ${width} × ${height} 像素，看不清，不能作证据。请传原图，不要传缩略图。`);
}

const tooLarge = (most: number): Problem =>
  new Problem("too-large", {
    detail: `照片的像素太多，至多 ${most / 10_000} 万像素。请在手机上改用普通分辨率重拍，或缩小后再传。`,
    errors: [{ at: "body", message: "像素太多" }],
  });

const broken = (): Problem =>
  refused("照片文件坏了或不完整，打不开。请重新选一次；还不行请重拍，或从手机相册直接上传。");

const refused = (detail: string): Problem =>
  new Problem("invalid", { detail, errors: [{ at: "body", message: "照片不能用" }] });
