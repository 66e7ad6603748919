/** Head of every answer that depends on time: what was asked and what it was resolved to. */
export interface AsOf {
  /** ISO instant, or null for now. */
  readonly at: string | null;
  /** Changeset number the answer knows. */
  readonly known: number;
  /** Product's today, `YYYY-MM-DD`, the day lights are computed for (the day of `at` when asked). */
  readonly today: string;
}
