import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { z } from "zod";
import { dateOf } from "#data/domain/time.ts";
import { programmes } from "#data/programme/programme.ts";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";
import { asOfHead } from "../http/as-of.ts";
import { readQuery } from "../http/validate.ts";
import { presenceNews } from "../presence/telling.ts";
import { deadlinesOf } from "./deadlines.ts";
import { Line } from "./line.ts";
import { OpenLines } from "./open-lines.ts";
import { changesByDay } from "./queries.ts";
import { tell } from "./told.ts";

const eventsQuery = z.object({ since: z.coerce.number().int().min(0).optional() });
const activityQuery = z.object({ year: z.coerce.number().int().min(2000).max(2100).optional() });

export const eventRoutes = (deps: Deps, lines = new OpenLines()) =>
  new Hono<AppEnv>()
    /**
     * What changed, as it is committed. `id:` is the changeset number: a browser that lost the line sends it back as
     * Last-Event-ID and misses nothing. Events: `hello` and `resync` {head}, `change` (a changeset's
     * ChangeEvents), `counts` (限定 layers of which only the counts are news to this reader), `presence` (without an id:
     * a PresenceAnswer of a feature that this account has open), `signed-out`.
     */
    .get("/api/events", (c) => {
      const given = c.req.header("last-event-id") ?? "";
      const since = /^\d{1,15}$/.test(given) ? Number(given) : readQuery(c, eventsQuery).since;
      const { who, session, requestId } = c.var;
      const giveBack = lines.take(session.account);
      c.header("x-accel-buffering", "no");
      return streamSSE(c, async (stream) => {
        const line = new Line(deps, stream, session);
        line.onEnd(
          deps.attendance.listen((changed) => {
            presenceNews(deps.db, deps.attendance, who, session.account, changed)
              .then((news) => Promise.all(news.map((one) => line.say("presence", one))))
              .catch((error: unknown) => deps.log.debug({ error: String(error) }, "presence was not told"));
          }),
        );
        try {
          for await (const changes of line.changes(since))
            for (const told of await tell(deps.db, who, changes)) {
              if (told.changes.length > 0) await line.send("change", told.seq, told.changes);
              if (told.counts.length > 0) await line.send("counts", told.seq, told.counts);
            }
        } catch (error) {
          deps.log.warn(
            { request: requestId, error: String(error) },
            "an event stream ended; its reader comes back",
          );
        } finally {
          line.end();
          giveBack();
        }
      });
    })
    .get("/api/activity", async (c) => {
      const year = readQuery(c, activityQuery).year ?? Number(dateOf(c.var.today).slice(0, 4));
      const { asOf } = c.var;
      const { days, head } = await changesByDay(deps.db, year, asOf);
      const programme = programmes.find((each) => each.year === year);
      return c.json({
        days,
        deadlines: programme ? deadlinesOf(programme.metrics) : [],
        asOf: asOfHead(c, asOf.known ?? head),
      });
    });
