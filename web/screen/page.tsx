import { PagePending } from "../shell/page-states.tsx";

/** 大屏. */
export const ScreenPage = PagePending;
