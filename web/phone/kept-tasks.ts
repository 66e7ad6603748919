import type { MyTask, MyTasksAnswer } from "#data/domain/wire/list.ts";
import type { TaskChoice } from "../api/queries.ts";

/** The first page as it came last, for the moment before the next one comes, or a street without network. */
export interface KeptTasks {
  /** When it came, ms. */
  readonly at: number;
  readonly answer: MyTasksAnswer;
}

const keyOf = (account: string, only: TaskChoice) => `guatu.tasks.${account}.${only}`;

/** Rows kept at most: what a person scrolls through in the street. */
const most = 50;

export function keepTasks(account: string, only: TaskChoice, kept: KeptTasks): void {
  const answer = { ...kept.answer, rows: kept.answer.rows.slice(0, most), next: null };
  try {
    localStorage.setItem(keyOf(account, only), JSON.stringify({ ...kept, answer }));
  } catch {
    // A full or forbidden store: there is no list without network then.
  }
}

export function keptTasks(account: string, only: TaskChoice): KeptTasks | null {
  try {
    const kept: KeptTasks | null = JSON.parse(localStorage.getItem(keyOf(account, only)) ?? "null");
    return kept && Array.isArray(kept.answer?.rows) && kept.answer.rows.every(isWhole) ? kept : null;
  } catch {
    return null;
  }
}

/** Another build may have kept another shape. */
const isWhole = (row: Partial<MyTask>): boolean =>
  typeof row?.task === "number" &&
  typeof row.light?.light === "string" &&
  Array.isArray(row.steps) &&
  !!row.photos;
