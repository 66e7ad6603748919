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
