import type { CSSProperties } from "react";
import type { Light } from "#data/domain/light.ts";

/** Bars and rules take a state's colour only for what must be seen. */
export const coloured = (light: Light | null | undefined): string =>
  light === "warn" || light === "late" || light === "done" ? `is-${light}` : "";

/** Fills a bar: `share` from 0 to 1. */
export const shareStyle = (share: number): CSSProperties => ({ "--share": share }) as CSSProperties;
