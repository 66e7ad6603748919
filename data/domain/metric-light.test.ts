import { describe, expect, it } from "vitest";
import { metricOf, programme2025 } from "../programme/programme.ts";
import { stagesOf } from "../programme/stages.ts";
import {
  expectedPercent,
  type Facts,
  type Judged,
  judgeMetric,
  type Slot,
  targetLight,
  tasksLight,
  worstLight,
} from "./metric-light.ts";
import { dayNumber } from "./time.ts";

const today = dayNumber("2025-09-15");

function judged(code: string): Judged {
  const metric = metricOf(programme2025, code);
  if (!metric) throw new Error(code);
  const { kind, unit, goal, pace, due, yearEnd } = metric;
  return {
    kind,
    unit,
    goal,
    pace,
    due,
    yearEnd,
    down: metric.down ?? false,
    stages: stagesOf(code),
    year: 2025,
  };
}
const judge = (code: string, facts: Partial<Facts>, day = today) =>
  judgeMetric(judged(code), { value: null, of: null, ...facts }, day);
const slots = (...states: Slot["state"][]): Slot[] => states.map((state, i) => ({ period: `${i}`, state }));

describe("the light of a metric on 2025-09-15, 70.7 % into the year", () => {
  it("is normal up to 2 points behind its pace, warn up to 15, late beyond", () => {
    expect(judge("14.1", { value: 126 }).light).toBe("normal"); // 70.0 %
    expect(judge("14.1", { value: 120 }).light).toBe("warn"); // 66.7 %
    expect(judge("14.1", { value: 90 }).light).toBe("late"); // 50 %
  });

  it("follows our stages where there are some", () => {
    expect(expectedPercent(judged("15.1"), today)).toBeCloseTo(91.8, 1);
    expect(judge("15.1", { value: 12, of: 14 }).light).toBe("warn");
    expect(judge("16.1", { value: 4, of: 6 }).light).toBe("normal");
    expect(judge("2.2", { value: 3 }).light).toBe("warn");
    expect(judge("2.1", { value: 8 }).light).toBe("normal");
  });

  it("counts a round half walked as half", () => {
    expect(judge("4.2", { value: 1, of: 2, progress: 79.2 }).light).toBe("normal");
  });

  it("is linear to a written due day: no night view done 15 days before is late", () => {
    expect(judge("12.1", { value: 0, of: 2 })).toMatchObject({ light: "late", met: false });
  });

  it("warns within 5 points of a rate that must hold at all times, and is late below", () => {
    expect(judge("8.2", { value: 166, of: 168 }).light).toBe("warn");
    expect(judge("8.2", { value: 150, of: 168 }).light).toBe("late");
    expect(judge("4.1", { value: 12, of: 12 })).toMatchObject({ light: "normal", met: false });
  });

  it("is late as soon as a trend is not below the same period of last year", () => {
    expect(judge("6.1", { value: 21, reference: 29 }).light).toBe("normal");
    expect(judge("7.1", { value: 5, reference: 4 }).light).toBe("late");
    expect(judge("7.1", { value: 4, reference: 4 }).light).toBe("late");
  });

  it("keeps missed periods missed: made up is warn, not made up is late, up to 5 % is normal", () => {
    expect(judge("5.2", { slots: slots("kept", "madeUp", "kept") }).light).toBe("warn");
    expect(judge("5.2", { slots: slots("kept", "missed", "kept") }).light).toBe("late");
    const weeks = [...Array.from({ length: 25 }, () => "kept" as const), "missed" as const];
    expect(judge("17.4", { slots: slots(...weeks) }).light).toBe("normal");
    expect(judge("5.2", { slots: slots("kept", "running") }).light).toBe("normal");
  });

  it("is done when met, and says so when it was met after the due day", () => {
    expect(judge("20.1", { value: 601, of: 619, metAtDue: true })).toMatchObject({
      light: "done",
      metLate: false,
    });
    expect(judge("20.2", { value: 1486, of: 1864, metAtDue: false })).toMatchObject({
      light: "done",
      met: true,
      metLate: true,
    });
  });

  it("after the due day is warn only when every open task fell back and has time again", () => {
    const tasks = { total: 11, late: 0, open: 1, reopenedAhead: 1 };
    expect(judge("11.1", { value: 10, of: 11, tasks }).light).toBe("warn");
    expect(judge("11.1", { value: 10, of: 11, tasks: { ...tasks, reopenedAhead: 0 } }).light).toBe("late");
  });

  it("warns of 返潮 while it is within its new term", () => {
    expect(judge("11.3", { value: 1, tasks: { total: 11, late: 0, open: 1, reopenedAhead: 1 } }).light).toBe(
      "warn",
    );
    expect(judge("11.3", { value: 0 }).light).toBe("normal");
  });

  it("takes the tasks' light for a list without a number of the plan, and none for other such metrics", () => {
    expect(
      judge("19.4", { value: 24, of: 61, tasks: { total: 61, late: 20, open: 37, reopenedAhead: 0 } }).light,
    ).toBe("late");
    expect(judge("19.2", { value: 37 }).light).toBeNull();
    expect(judge("17.3", { value: 3 }).light).toBeNull();
  });

  it("leaves a milestone normal until its due day comes near", () => {
    expect(judge("18.1", { value: 0, of: 1 }).light).toBe("normal");
    expect(judge("18.1", { value: 0, of: 1 }, dayNumber("2025-12-20")).light).toBe("warn");
    expect(judge("18.1", { value: 1, of: 1 }).light).toBe("done");
  });

  it("measures the pieces of a rounded goal", () => {
    expect(judge("20.2", { value: 1304, of: 1864 }).met).toBe(false);
    expect(judge("20.2", { value: 1305, of: 1864 }).met).toBe(true);
  });

  it("has no light without data", () => {
    expect(judge("10.3", {}).light).toBeNull();
  });

  it("explains itself in a sentence of at most 50 characters", () => {
    for (const found of [
      judge("14.1", { value: 90 }),
      judge("7.1", { value: 5, reference: 4 }),
      judge("5.2", { slots: slots("kept", "missed") }),
    ])
      expect(found.why.length).toBeLessThanOrEqual(50);
  });
});

describe("the light of a target", () => {
  const met = { light: "done" as const, met: true };
  const yearEnd = { light: null, met: false };

  it("is done only when every ★ is met", () => {
    expect(targetLight([met], [met])).toBe("done");
    expect(targetLight([met, yearEnd], [met, yearEnd])).toBe("normal");
  });

  it("is the worst of its coloured metrics", () => {
    expect(targetLight([met, { light: "warn", met: false }, yearEnd], [yearEnd])).toBe("warn");
    expect(worstLight(["done", "normal", "late"])).toBe("late");
    expect(worstLight([null])).toBeNull();
  });

  it("of tasks alone is late from a fifth overdue", () => {
    expect(tasksLight({ total: 10, late: 2 }).light).toBe("late");
    expect(tasksLight({ total: 11, late: 2 }).light).toBe("warn");
    expect(tasksLight({ total: 0, late: 0 }).light).toBe("normal");
  });
});
