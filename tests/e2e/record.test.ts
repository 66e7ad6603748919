import { afterEach, beforeAll, expect, test } from "vitest";
import { shot } from "../support/photos.ts";
import { describeInBrowser, type Person } from "./support/driver.ts";
import { Ground } from "./support/ground.ts";
import { Record } from "./support/record.ts";

const corner = [121.0302, 31.0642] as const;

describeInBrowser("一处的记录", (visit) => {
  let clerk: Person;
  let record: Record;
  let ground: Ground;

  beforeAll(async () => {
    clerk = await visit("office");
    await clerk.signIn("zhujiajiao");
    record = new Record(clerk);
    ground = new Ground(clerk, corner);
  });
  afterEach(() => ground.clear());

  test("a picture taken elsewhere is said to be so, and before and after lie under one slider", async () => {
    const id = await ground.box("拍照的", 0, 0, 80);
    await record.open(id);
    await record.turnTo("证据");
    const here = ground.at(40, 40);
    const colour = `#${Date.now().toString(16).slice(-6)}`;
    const before = await shot({ takenAt: "2025:09:01 09:10:00", position: here, colour });
    const after = await shot({
      takenAt: "2025:09:12 16:20:00",
      position: ground.at(1340, 40),
      colour: "#335577",
      width: 402,
    });
    await record.handIn("整治前", before);
    await expect.poll(() => record.pictures()).toEqual(["前 09-01"]);
    expect(await record.doubts()).toEqual([]);
    await record.handIn("整治后", after);
    await expect.poll(() => record.pictures()).toEqual(["前 09-01", "后 09-12"]);
    await expect.poll(async () => (await record.doubts()).join()).toMatch(/1\.3 公里/);
    await record.enlarge("后 09-12");
    expect(await record.share()).toContain("50%");
    await record.slide("ArrowLeft", "ArrowLeft", "ArrowLeft");
    expect(await record.share()).toContain("47%");
    await clerk.picture("evidence");
    await record.close();
  });

  test("an older version comes back as a new one, with the reason in the history", async () => {
    const id = await ground.box("改过的", 300, 0, 80);
    await ground.write({ op: "patch", feature: id, base: 1, set: { remark: "写错了" } });
    await record.open(id);
    await record.turnTo("历史");
    await expect.poll(async () => (await record.story())[0]).toContain("写错了");
    await record.restoreOldest("写到别处去了");
    await expect.poll(async () => (await record.story())[0]).toContain("写到别处去了");
    const { feature } = await ground.stored(id);
    expect([feature.guatu.version, feature.properties.remark]).toEqual([3, undefined]);
  });

  test("two changes of an afternoon are taken back together, after a preview of what comes back", async () => {
    const [a, b] = [await ground.box("下午改的一", 600, 0, 80), await ground.box("下午改的二", 800, 0, 80)];
    const [first, second] = [
      await ground.write({ op: "patch", feature: a, base: 1, set: { remark: "误改一" } }),
      await ground.write({ op: "patch", feature: b, base: 1, set: { remark: "误改二" } }),
    ];
    await record.open(a);
    const told = await record.revert([first.seq, second.seq], "当天下午改错了");
    for (const text of ["下午改的一", "下午改的二", "误改一", "误改二"]) expect(told).toContain(text);
    for (const id of [a, b])
      await expect.poll(async () => (await ground.stored(id)).feature.properties.remark).toBe(undefined);
    expect(clerk.complaints()).toEqual([]);
  });
});
