/** Metres from the line between two towns within which the 责任属地 of a place is to be confirmed (内控, ours). */
export const borderMetres = 50;

/** A place near or across the line between towns whose 责任属地 nobody has confirmed for its shape. */
export interface DutyRow {
  readonly id: number;
  readonly no: string;
  readonly layer: string;
  readonly name: string;
  readonly version: number;
  /** The town that covers all of it. */
  readonly town: string | null;
  /** 责任属地 that was set for another shape. */
  readonly duty: string | null;
  /** Towns it lies in or beside, that with the largest share first. */
  readonly towns: readonly { readonly code: string; readonly share: number }[];
  /** To the line between towns; 0 across it. */
  readonly metres: number;
  readonly at: readonly [number, number];
}
export interface DutyAnswer {
  readonly rows: readonly DutyRow[];
  readonly total: number;
}
