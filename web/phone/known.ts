import { create } from "zustand";
import type { MyTask } from "#data/domain/wire/list.ts";

interface Known {
  /** Tasks that a list has told of, by feature: enough to report without network. */
  readonly tasks: Readonly<Record<number, readonly MyTask[]>>;
  learn(rows: readonly MyTask[]): void;
}

export const useKnownTasks = create<Known>()((set) => ({
  tasks: {},
  learn: (rows) =>
    set((old) => {
      const isNew = (row: MyTask) => !old.tasks[row.feature]?.includes(row);
      if (!rows.some(isNew)) return old;
      const tasks = { ...old.tasks };
      for (const row of rows)
        tasks[row.feature] = [...(tasks[row.feature] ?? []).filter(({ task }) => task !== row.task), row];
      return { tasks };
    }),
}));
