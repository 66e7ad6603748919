import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { ChangeOp } from "#data/domain/change.ts";
import { describeOnBothDatabases, type TestDatabase } from "#tests/support/databases.ts";
import { findingAt, type Person, person, places, refusal, write } from "#tests/support/people.ts";
import { cut, paintOn, repaint, type Timeline, valueAt } from "./timeline.ts";

/** Times are minutes after this. */
const begin = Date.parse("2025-03-01T00:00:00Z");
const instant = (minute: number): Date => new Date(begin + minute * 60_000);
const iso = (minute: number): string => instant(minute).toISOString();

interface Place {
  readonly remark: string | null;
  readonly deleted: boolean;
}
interface Work {
  readonly state: string;
  readonly progress: number;
}

/** Everything recorded so far, and the canvases as they were known under each changeset. */
interface World {
  readonly id: number;
  readonly task: number;
  version: number;
  minute: number;
  place: Timeline<Place>;
  work: Timeline<Work>;
  readonly known: { seq: number; minute: number; place: Timeline<Place>; work: Timeline<Work> }[];
}

/** Where between shortly before the first record and now; doubles would crowd at 0. */
const share = fc.integer({ min: 0, max: 985 });
const deed = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant("patch" as const), claim: fc.option(share) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("delete" as const, "restore" as const),
      claim: fc.option(share),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant("correct" as const), from: share, to: fc.option(share) }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("progress" as const), claim: fc.option(share) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("correct-task" as const), from: share, to: fc.option(share) }),
  },
);
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

const open = <T>(line: Timeline<T>) => line.find((part) => part.to === Number.POSITIVE_INFINITY);
/** A claim counts between the start of what it builds on and now. */
const startOf = <T>(line: Timeline<T>, claim: number | null, now: number): number =>
  claim !== null && claim > (open(line)?.from ?? now) && claim < now ? claim : now;

async function perform(db: TestDatabase, who: Person, world: World, act: Deed, n: number): Promise<void> {
  const now = world.minute + 60;
  const earliest = world.known[0]!.minute - 30;
  const at = (part: number): number => earliest + Math.round((part / 1000) * (now - earliest));
  const claim = "claim" in act && act.claim !== null ? at(act.claim) : null;
  const effective = claim === null ? {} : { effective: iso(claim) };
  const live = open(world.place)!.value;
  const say = (op: ChangeOp) => write(db, who, op, { clock: instant(now), reason: "核对台账" });
  const base = world.version;
  const keep = (seq: number, version: number | undefined, place: Timeline<Place>, work: Timeline<Work>) => {
    Object.assign(world, { minute: now, version: version ?? base, place, work });
    world.known.push({ seq, minute: now, place, work });
  };
  switch (act.kind) {
    case "patch": {
      if (live.deleted) return;
      const value = { remark: `r${n}`, deleted: false };
      const done = await say({
        op: "patch",
        feature: world.id,
        base,
        set: { remark: value.remark },
        ...effective,
      });
      return keep(
        done.seq,
        done.results[0]?.version,
        paintOn(world.place, startOf(world.place, claim, now), value),
        world.work,
      );
    }
    case "delete":
    case "restore": {
      if ((act.kind === "delete") === live.deleted) return;
      const done = await say({ op: act.kind, feature: world.id, base, ...effective });
      const place = paintOn(world.place, startOf(world.place, claim, now), {
        ...live,
        deleted: !live.deleted,
      });
      const last = world.work.at(-1)!.value;
      return keep(
        done.seq,
        done.results[0]?.version,
        place,
        live.deleted ? paintOn(world.work, now, last) : cut(world.work, now),
      );
    }
    case "progress": {
      if (live.deleted) return;
      const value = { ...open(world.work)!.value, progress: n % 100 };
      const done = await say({ op: "task", task: world.task, progress: value.progress, ...effective });
      return keep(
        done.seq,
        undefined,
        world.place,
        paintOn(world.work, startOf(world.work, claim, now), value),
      );
    }
    case "correct": {
      const [from, to] = interval(at(act.from), act.to === null ? null : at(act.to), now);
      const place = repaint(world.place, from, to, (was) =>
        was.deleted ? null : { ...was, remark: `c${n}` },
      );
      const edit = say({
        op: "correct",
        feature: world.id,
        from: iso(from),
        ...until(to),
        set: { remark: `c${n}` },
      });
      if (!place) {
        expect((await refusal(edit)).detail).toBe("这段时间里没有这一处，无从更正。");
        return;
      }
      const done = await edit;
      return keep(done.seq, done.results[0]?.version, place, world.work);
    }
    case "correct-task": {
      if (live.deleted) return;
      const [from, to] = interval(at(act.from), act.to === null ? null : at(act.to), now);
      const value = { state: n % 2 ? "planned" : "underway", progress: n % 100 };
      const work = repaint(world.work, from, to, () => value);
      const edit = say({
        op: "correct-task",
        task: world.task,
        from: iso(from),
        ...until(to),
        ...value,
      } as ChangeOp);
      if (!work) {
        expect((await refusal(edit)).detail).toBe("这段时间里没有这项任务，无从更正。");
        return;
      }
      const done = await edit;
      return keep(done.seq, undefined, world.place, work);
    }
  }
}

/** A correction that ends now or later holds on. */
const interval = (from: number, to: number | null, now: number): [number, number] => {
  const end = to === null ? now : Math.max(from, to) + 1;
  return [Math.min(from, to ?? from), end >= now ? Number.POSITIVE_INFINITY : end];
};
const until = (to: number) => (to === Number.POSITIVE_INFINITY ? {} : { to: iso(to) });

/** Every moment at which something began or ended, the one before it, as far as it was past under each changeset. */
function probes(world: World): { seq: number; minute: number }[] {
  const edges = new Set(
    world.known.flatMap(({ place, work }) => [...place, ...work].flatMap(({ from }) => [from, from - 1])),
  );
  return world.known.flatMap(({ seq, minute }) =>
    [...edges].filter((edge) => edge <= minute).map((edge) => ({ seq, minute: edge })),
  );
}

describeOnBothDatabases("both axes of time", (database) => {
  test("after random edits and corrections every (V,K) has the one row a painter would have", async () => {
    const db = database();
    const force = await person(db, "zhuanban", "taskforce");
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 4, maxLength: 24 }), async (deeds) => {
        const [head] = await db.app.sql<{ at: Date }[]>`select at from feed_head`;
        const first = Math.max(0, Math.ceil((head!.at.getTime() - begin) / 60_000)) + 60;
        const made = await write(db, force, findingAt(places.xujing, {}, randomUUID()), {
          clock: instant(first),
        });
        const { id = 0, tasks = [] } = made.results[0]!;
        const place = paintOn<Place>([], first, { remark: null, deleted: false });
        const work = paintOn<Work>([], first, { state: "planned", progress: 0 });
        const world: World = {
          id,
          task: tasks[0]!.id,
          version: 1,
          minute: first,
          place,
          work,
          known: [{ seq: made.seq, minute: first, place, work }],
        };
        for (const [n, act] of deeds.entries()) await perform(db, force, world, act, n);
        await compare(db, world);
      }),
      { numRuns: 12, seed: 20250630 },
    );
  }, 180_000);
});

async function compare(db: TestDatabase, world: World): Promise<void> {
  const asked = probes(world);
  const rows = await db.app.sql<
    { seq: number; minute: number; place: (Place | null)[]; work: (Work | null)[] }[]
  >`
    select p.seq, p.minute,
        (select coalesce(jsonb_agg(jsonb_build_object('remark', v.attrs->'remark', 'deleted', v.op = 'delete')), '[]')
           from feature_version v where v.feature_id = ${world.id}
            and tstzrange(v.vfrom, v.vto) @> p.at and v.kfrom <= p.seq and v.kto > p.seq) as place,
        (select coalesce(jsonb_agg(jsonb_build_object('state', v.state, 'progress', v.progress)), '[]')
           from task_version v where v.task_id = ${world.task}
            and tstzrange(v.vfrom, v.vto) @> p.at and v.kfrom <= p.seq and v.kto > p.seq) as work
      from (select seq, minute, ${instant(0)}::timestamptz + minute * interval '1 minute' as at
              from jsonb_to_recordset(${db.app.sql.json(asked)}) as x (seq bigint, minute int)) p`;
  const known = new Map(world.known.map((one) => [one.seq, one]));
  const shown = <T>(value: T | undefined): T[] => (value === undefined ? [] : [value]);
  for (const row of rows) {
    const { place, work } = known.get(row.seq)!;
    expect(row, `V ${row.minute}, K ${row.seq}`).toMatchObject({
      place: shown(valueAt(place, row.minute)),
      work: shown(valueAt(work, row.minute)),
    });
  }
  expect(rows.length).toBe(asked.length);
  const live = open(world.place)!.value;
  expect(
    await db.app.sql`select attrs->'remark' as remark, deleted_seq is not null as deleted, version
      from feature where id = ${world.id}`,
  ).toEqual([{ ...live, version: world.version }]);
  expect(await db.app.sql`select state, progress from task where id = ${world.task}`).toEqual(
    shown(open(world.work)?.value),
  );
}
