/** 一般 / 内部 / 限定. `restricted` points are seen by the own town, the owning lead unit and the 专班; everybody else gets counts by town, no cell under 5. */
export type Sensitivity = "general" | "internal" | "restricted";

/** Counts below this are not told to those who may not see the points. */
export const smallestCell = 5;
