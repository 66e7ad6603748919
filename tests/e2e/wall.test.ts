import { expect, test } from "vitest";
import { programme2025 } from "#data/programme/programme.ts";
import { describeInBrowser, type Person, type Size } from "./support/driver.ts";
import { WallPage } from "./support/pages.ts";

describeInBrowser("大屏", (visit) => {
  const hang = async (size: Size): Promise<[Person, WallPage]> => {
    const person = await visit(size);
    await person.signIn("screen");
    const wall = new WallPage(person);
    await wall.open();
    return [person, wall];
  };

  const showsTheYear = async (person: Person, wall: WallPage) => {
    expect(await wall.title()).toBe(programme2025.title);
    expect(await wall.counts()).toEqual({ 完成: 1, 正常: 10, 预警: 6, 滞后: 3 });
    expect(await wall.campaigns()).toBe(10);
    expect(await wall.kpis()).toHaveLength(6);
    expect(await wall.towns()).toHaveLength(11);
    expect(await person.scrolls()).toEqual({ x: 0, y: 0 });
    expect(await wall.overhanging()).toEqual([]);
  };

  test("3840 × 2160: title, 1/10/6/3, six numbers, eleven towns, nothing to scroll; cut off, it keeps them and says since when", async () => {
    const [person, wall] = await hang("wall");
    await showsTheYear(person, wall);
    await person.picture("wall-2160");
    // At the worst moment: what the page brings in later has not come yet.
    await person.context.setOffline(true);
    await wall.standsStill(true);
    await showsTheYear(person, wall);
    await person.picture("wall-cut-off");
    await person.context.setOffline(false);
    await wall.standsStill(false);
    expect(person.complaints(/ERR_INTERNET_DISCONNECTED/)).toEqual([]);
    await person.context.close();
  });

  test("3840 × 1080: the same year beside each other", async () => {
    const [person, wall] = await hang("widewall");
    await showsTheYear(person, wall);
    await person.picture("wall-1080");
    expect(person.complaints()).toEqual([]);
    await person.context.close();
  });
});
