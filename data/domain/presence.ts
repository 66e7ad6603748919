/** Who has a feature open: nobody is kept out by it, it is only told (no locks). */
export const presenceModes = ["editing", "viewing"] as const;
export type PresenceMode = (typeof presenceModes)[number];

export const presenceTimes = {
  /** A tab says that often that it is still there. */
  beatSeconds: 10,
  /** One beat may be lost; then a tab that crashed is gone. */
  lastsSeconds: 22,
  /** A tab nobody looks at says nothing after that long: browsers slow its clock down. */
  hiddenSeconds: 240,
} as const;

/** Who has a feature open, as one reader may know it; pushed to those who have it open themselves. */
export interface PresenceAnswer {
  readonly feature: number;
  /** In the order in which they came; a person's name only inside the own unit. */
  readonly others: readonly {
    readonly unit: string;
    readonly person?: string;
    readonly mode: PresenceMode;
  }[];
  /** Tabs of the own account, this one too. */
  readonly mine: readonly { readonly tab: string; readonly mode: PresenceMode }[];
}
