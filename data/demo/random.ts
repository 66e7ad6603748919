/** Deterministic chance: the demo must come out the same on every machine, so nothing here asks the clock or Math.random. */
export interface Chance {
  /** In [0, 1). */
  next(): number;
  /** Whole number in [from, to], both included. */
  whole(from: number, to: number): number;
  pick<T>(from: readonly T[]): T;
  /** `n` different ones, in random order. */
  some<T>(from: readonly T[], n: number): T[];
  shuffled<T>(from: readonly T[]): T[];
  /** Standard normal. */
  bell(): number;
}

/** Each section of the story takes its own stream by name, so that a change in one leaves the others as they were. */
export function chanceOf(name: string): Chance {
  let state = hash(name);
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const pick = <T>(from: readonly T[]): T => {
    if (from.length === 0) throw new RangeError(`nothing to pick from (${name})`);
    return from[whole(0, from.length - 1)] as T;
  };
  const shuffled = <T>(from: readonly T[]): T[] => {
    const list = [...from];
    for (let i = list.length - 1; i > 0; i--) {
      const j = whole(0, i);
      [list[i], list[j]] = [list[j] as T, list[i] as T];
    }
    return list;
  };
  return {
    next,
    whole,
    pick,
    shuffled,
    some: (from, n) => {
      if (n > from.length) throw new RangeError(`${n} of ${from.length} (${name})`);
      return shuffled(from).slice(0, n);
    },
    bell: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** FNV-1a. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (const char of text) h = Math.imul(h ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return h >>> 0;
}

/** UUIDv7 of an instant with 74 random bits: what a browser would have made then. */
export function uuidAt(ms: number, chance: Chance): string {
  const time = Math.floor(ms).toString(16).padStart(12, "0");
  const hex = (digits: number) =>
    Array.from({ length: digits }, () => chance.whole(0, 15).toString(16)).join("");
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${"89ab"[chance.whole(0, 3)]}${hex(3)}-${hex(12)}`;
}

/** `total` cut into whole parts in proportion to `weights` (largest remainder); the parts sum to `total`. */
export function share(total: number, weights: readonly number[]): number[] {
  const sum = weights.reduce((a, b) => a + b, 0);
  const exact = weights.map((w) => (total * w) / sum);
  const parts = exact.map(Math.floor);
  const left = total - parts.reduce((a, b) => a + b, 0);
  exact
    .map((value, i) => ({ i, rest: value - Math.floor(value) }))
    .sort((a, b) => b.rest - a.rest || a.i - b.i)
    .slice(0, left)
    .forEach(({ i }) => {
      parts[i] = (parts[i] ?? 0) + 1;
    });
  return parts;
}
