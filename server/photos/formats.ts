/** What phones make. Everything else is refused by name, so that people know what they picked. */
export type PhotoFormat = "jpeg" | "png" | "webp" | "heic";

const heicBrands = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"];

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to));

/** Told by the first bytes: names and content types are claims. */
export function formatOf(bytes: Uint8Array): PhotoFormat | null {
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return "jpeg";
  if (bytes[0] === 0x89 && ascii(bytes, 1, 8) === "PNG\r\n\x1a\n") return "png";
  if (ascii(bytes, 0, 4) === "RIFF" && ascii(bytes, 8, 12) === "WEBP") return "webp";
  if (ascii(bytes, 4, 8) === "ftyp" && heicBrands.includes(ascii(bytes, 8, 12))) return "heic";
  return null;
}

/** A name for what is no photo, as far as its first bytes tell. */
export function strangerName(bytes: Uint8Array): string {
  const head = ascii(bytes, 0, 512);
  if (head.startsWith("GIF8")) return " GIF 动图";
  if (head.startsWith("%PDF")) return " PDF 文件";
  if (head.startsWith("PK\x03\x04")) return "压缩包或 Office 文件";
  if (/<svg[\s>]/i.test(head)) return " SVG 图形";
  if (/^\s*(<!doctype html|<html)/i.test(head)) return "网页";
  if (head.startsWith("II*\0") || head.startsWith("MM\0*")) return " TIFF 或相机原始文件";
  if (ascii(bytes, 4, 12) === "ftypavif") return " AVIF 图片";
  if (ascii(bytes, 4, 8) === "ftyp") return "视频";
  if (head.startsWith("BM")) return " BMP 图片";
  return "认不出来的文件";
}
