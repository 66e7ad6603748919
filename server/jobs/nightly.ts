import { dateOf, dayOfInstant, instantOn } from "#data/domain/time.ts";

/** Milliseconds until this hour of 上海 comes next, whatever the server's own zone. */
export function untilNext(hour: number, now: Date): number {
  const today = dayOfInstant(now);
  const due = [today, today + 1].map((day) => instantOn(dateOf(day), hour).getTime());
  return (due.find((at) => at > now.getTime()) ?? 0) - now.getTime();
}

/** Does `work` every night at this hour of 上海 until the returned function is called. Real clock: a demo's nights are not nights. */
export function everyNight(hour: number, work: () => void): () => void {
  let timer: NodeJS.Timeout;
  const plan = () => {
    timer = setTimeout(
      () => {
        work();
        plan();
      },
      untilNext(hour, new Date()),
    );
    timer.unref();
  };
  plan();
  return () => clearTimeout(timer);
}
