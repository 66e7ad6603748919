import fc from "fast-check";
import { expect, test } from "vitest";
import {
  dropped,
  emptyJournal,
  type Journal,
  moved,
  nextDeed,
  record,
  type Way,
  widened,
} from "./journal.ts";

type Parts = Readonly<Record<string, number>>;
interface Written {
  readonly seq: number;
  readonly part: string;
  readonly before: number | undefined;
}

/** A record that takes changesets back as the server does: part by part, refusing what somebody changed later. */
class Ledger {
  parts: Parts = {};
  readonly #log: Written[] = [];
  #seq = 0;

  write(changes: Parts): number {
    const seq = ++this.#seq;
    for (const [part, value] of Object.entries(changes)) {
      this.#log.push({ seq, part, before: this.parts[part] });
      this.parts = { ...this.parts, [part]: value };
    }
    return seq;
  }

  revert(seqs: readonly number[]): { seq: number } | { later: number[] } {
    const first = new Map<string, Written>();
    const later = new Set<number>();
    for (const row of this.#log)
      if (seqs.includes(row.seq)) {
        if (!first.has(row.part)) first.set(row.part, row);
      } else if (first.has(row.part)) later.add(row.seq);
    if (later.size > 0) return { later: [Math.min(...later)] };
    const seq = ++this.#seq;
    for (const { part, before } of first.values()) {
      this.#log.push({ seq, part, before: this.parts[part] });
      const { [part]: _, ...rest } = this.parts;
      this.parts = before === undefined ? rest : { ...rest, [part]: before };
    }
    return { seq };
  }
}

function take(server: Ledger, journal: Journal, way: Way): Journal {
  const deed = nextDeed(journal, way);
  if (!deed) return journal;
  let asked: readonly number[] = [deed.seq];
  for (;;) {
    const answer = server.revert(asked);
    if ("seq" in answer) return moved(journal, way, answer.seq);
    const more = widened(journal, asked, answer.later);
    if (!more) throw new Error(`${asked} stopped by ${answer.later}`);
    asked = more;
  }
}

const part = fc.constantFrom("name", "remark", "shape", "duty");
const act = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(part, fc.integer({ min: 0, max: 9 }), { minKeys: 1, maxKeys: 3 }) },
  { weight: 2, arbitrary: fc.constant("undo" as const) },
  { weight: 1, arbitrary: fc.constant("redo" as const) },
);

test("deeds, undone and done again in any order, give the state each of them stood for", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
      const server = new Ledger();
      server.write({ name: 1, shape: 1 });
      const original = server.parts;
      let journal = emptyJournal;
      // What an ordinary undo stack over snapshots would show.
      let past: Parts[] = [];
      let future: Parts[] = [];
      for (const one of acts) {
        if (one === "undo" || one === "redo") {
          const [from, to] = one === "undo" ? [past, future] : [future, past];
          const state = from.at(-1);
          if (state) {
            to.push(server.parts);
            from.pop();
          }
          journal = take(server, journal, one);
          if (state) expect(server.parts).toEqual(state);
        } else {
          past = [...past, server.parts];
          future = [];
          journal = record(journal, { seq: server.write({ ...one }), name: "改" });
        }
      }
      while (nextDeed(journal, "undo")) journal = take(server, journal, "undo");
      expect(server.parts).toEqual(original);
    }),
  );
});

test("what somebody else changed since is not undone with it", () => {
  const server = new Ledger();
  const journal = record(emptyJournal, { seq: server.write({ remark: 1 }), name: "改备注" });
  server.write({ remark: 2 });
  expect(() => take(server, journal, "undo")).toThrow("1 stopped by 2");
  expect(widened(journal, [1], [1])).toBeNull();
});

test("an answer that comes twice is one deed, and one that has another way back can be passed over", () => {
  const once = record(emptyJournal, { seq: 7, name: "新增" });
  expect(record(once, { seq: 7, name: "新增" })).toBe(once);
  expect(nextDeed(dropped(once, "undo"), "undo")).toBeUndefined();
  expect(nextDeed(once, "redo")).toBeUndefined();
});
