const minus = "−";
const thin = "\u2009";

/** 1,290 with a real minus; at most `digits` decimals. */
export function number(value: number, digits = 0): string {
  const text = Math.abs(value).toLocaleString("en-US", {
    maximumFractionDigits: digits,
    minimumFractionDigits: 0,
  });
  return value < 0 && text !== "0" ? `${minus}${text}` : text;
}

/** 92.3 %: one decimal. */
export const percent = (value: number): string => `${number(value, 1)}%`;

/** 10.68 公顷（160.2 亩）; square metres below 0.1 公顷, km² from 100 公顷. */
export function area(squareMetres: number): string {
  const mu = `（${number(squareMetres / (2000 / 3), 1)}${thin}亩）`;
  if (squareMetres < 1000) return `${number(squareMetres, 1)}${thin}平方米${mu}`;
  if (squareMetres >= 1_000_000) return `${number(squareMetres / 1e6, 2)}${thin}平方千米${mu}`;
  return `${number(squareMetres / 10_000, 2)}${thin}公顷${mu}`;
}

/** 860 米, 2.35 千米. */
export const length = (metres: number): string =>
  metres < 1000 ? `${number(metres, 1)}${thin}米` : `${number(metres / 1000, 2)}${thin}千米`;

/** 9 月 15 日, for sentences. */
export function dayInSentence(date: string): string {
  const [, month, day] = date.split("-").map(Number);
  return `${month} 月 ${day} 日`;
}

/** 逾期 77 天, 剩 15 天, 今天到期. */
export const daysText = (days: number | null): string =>
  days === null ? "" : days < 0 ? `逾期 ${-days} 天` : days === 0 ? "今天到期" : `剩 ${days} 天`;

const shanghai = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Asia/Shanghai",
  dateStyle: "short",
  timeStyle: "short",
});

/** 2025-09-15 08:30 in Shanghai, of an ISO instant. */
export const moment = (iso: string): string => shanghai.format(new Date(iso));

/** 09:20, or 09-14 09:20 when that was another day; `ms` since 1970. */
export function momentOf(ms: number, now = Date.now()): string {
  const text = shanghai.format(ms);
  return text.slice(0, 10) === shanghai.format(now).slice(0, 10) ? text.slice(11) : text.slice(5);
}
