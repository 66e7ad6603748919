import type { Entry } from "./entry.ts";

/** 2 张照片、1 项改动. */
export function countText(entries: readonly Entry[]): string {
  const photos = entries.filter(({ kind }) => kind === "photo").length;
  const changes = entries.length - photos;
  return [...(photos > 0 ? [`${photos} 张照片`] : []), ...(changes > 0 ? [`${changes} 项改动`] : [])].join(
    "、",
  );
}
