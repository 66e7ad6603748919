/** The stage in its own px, where it lies in the window, and by how much it is scaled. */
export interface Fit {
  /** `wide`: two campaign columns beside the map (32:9); else the 16:9 arrangement. */
  readonly layout: "normal" | "wide";
  readonly width: number;
  readonly height: number;
  readonly scale: number;
  readonly left: number;
  readonly top: number;
}

/** From here on a wall is laid out in one row of panels. */
const wideFrom = 8 / 3;
const normalStage = { width: 3840, height: 2160 };
const wideStage = { width: 3840, height: 1080, widest: 5760 };

/** What is wider than its layout gives the map more width; what is narrower or taller is letter-boxed. */
export function fitStage(width: number, height: number): Fit {
  const aspect = width / Math.max(1, height);
  const layout = aspect < wideFrom ? "normal" : "wide";
  const stage =
    layout === "normal"
      ? { height: normalStage.height, width: Math.max(normalStage.width, normalStage.height * aspect) }
      : {
          height: wideStage.height,
          width: Math.min(wideStage.widest, Math.max(wideStage.width, wideStage.height * aspect)),
        };
  const scale = Math.min(width / stage.width, height / stage.height);
  return {
    layout,
    width: Math.round(stage.width),
    height: stage.height,
    scale,
    left: (width - stage.width * scale) / 2,
    top: (height - stage.height * scale) / 2,
  };
}
