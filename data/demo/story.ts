import { type DemoBase, groundOf } from "./base.ts";
import { lastDay } from "./calendar.ts";
import { type DemoDay, openDiary } from "./diary.ts";
import { cases } from "./story/cases.ts";
import { findings } from "./story/findings.ts";
import { greening } from "./story/greening.ts";
import { housing } from "./story/housing.ts";
import { illegalBuildings } from "./story/illegal.ts";
import { parking, stations } from "./story/parking.ts";
import { reports } from "./story/reports.ts";
import { river } from "./story/river.ts";
import { signs } from "./story/signs.ts";
import { waste } from "./story/waste.ts";
import { weakAreas } from "./story/weak-areas.ts";

/**
 * The demo year from 2025-01-02 to 2025-09-15 as changesets in order of time. Pure: the same base gives the same days,
 * uids included. All of it is 演示数据, set in real places; numbers are those of the demo story.
 */
export function demoStory(base: DemoBase): DemoDay[] {
  const diary = openDiary();
  const ground = groundOf(base);
  greening(diary, base, ground);
  findings(diary, ground);
  weakAreas(diary, ground);
  waste(diary, ground);
  const estates = housing(diary, ground);
  signs(diary, ground);
  parking(diary, base, ground);
  stations(diary, base, ground);
  river(diary, base);
  cases(diary, ground, estates);
  illegalBuildings(diary, ground, estates);
  reports(diary);
  const days = diary.days();
  if ((days.at(-1)?.date ?? "") > lastDay) throw new Error("the story runs past its last day");
  return days;
}
