import { PagePending } from "../shell/page-states.tsx";

/** 任务. */
export const ProgrammePage = PagePending;
