/** timestamptz 'infinity' as the last instant a Date can hold: it compares as infinity does, and goes back as infinity. */
const endOfTime = 8.64e15;

function instant(text: string): Date {
  if (text === "infinity") return new Date(endOfTime);
  if (text === "-infinity") return new Date(-endOfTime);
  return new Date(text);
}

function instantText(value: Date | string | number): string {
  if (typeof value === "string") return value;
  const time = Number(value);
  if (time === endOfTime) return "infinity";
  if (time === -endOfTime) return "-infinity";
  return new Date(time).toISOString();
}

/** numeric with up to 15 digits is exact as a double; a longer one stays text, so that nothing is rounded silently. */
function decimal(text: string): number | string {
  return text.replace(/\D/g, "").length <= 15 ? Number(text) : text;
}

const asText = (value: unknown): string => String(value);

/** How values cross between PostgreSQL and JavaScript; the same on both databases. Ids and seqs are below 2^53. */
export const postgresTypes = {
  bigint: { to: 20, from: [20], parse: Number, serialize: asText },
  numeric: { to: 1700, from: [1700], parse: decimal, serialize: asText },
  day: {
    to: 1082,
    from: [1082],
    parse: (text: string) => text,
    serialize: (value: Date | string) =>
      typeof value === "string" ? value : value.toISOString().slice(0, 10),
  },
  date: { to: 1184, from: [1114, 1184], parse: instant, serialize: instantText },
};
