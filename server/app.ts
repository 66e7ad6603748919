import { Hono } from "hono";
import { changeRoutes } from "./changes/routes.ts";
import type { Deps } from "./deps.ts";
import { dutyRoutes } from "./duty/routes.ts";
import { eventRoutes } from "./events/routes.ts";
import { featureRoutes } from "./features/routes.ts";
import { historyRoutes } from "./history/routes.ts";
import type { AppEnv } from "./http/app-env.ts";
import { readAsOf } from "./http/as-of.ts";
import { healthRoutes } from "./http/health.ts";
import { limitBody, limitWrites } from "./http/limits.ts";
import { onError } from "./http/on-error.ts";
import { Problem } from "./http/problem.ts";
import { logRequests } from "./http/request-log.ts";
import { securityHeaders } from "./http/security.ts";
import { shrink } from "./http/shrink.ts";
import { layerRoutes } from "./layers/routes.ts";
import { listRoutes } from "./list/routes.ts";
import { ogcRoutes } from "./ogc/routes.ts";
import { openApiRoutes } from "./openapi/routes.ts";
import { photoRoutes } from "./photos/routes.ts";
import { presenceRoutes } from "./presence/routes.ts";
import { programmeRoutes } from "./programme/routes.ts";
import { proposalRoutes } from "./proposals/routes.ts";
import { recentRoutes } from "./recent/routes.ts";
import { searchRoutes } from "./search/routes.ts";
import { guard } from "./session/guard.ts";
import { doorRoutes, sessionRoutes } from "./session/routes.ts";
import { summaryRoutes } from "./summary/routes.ts";
import { taskRoutes } from "./tasks/routes.ts";
import { tileRoutes } from "./tiles/routes.ts";
import { townRoutes } from "./towns/routes.ts";

/** Who answers what is not the API: the built web, or Vite while developing. */
export interface Page {
  readonly mode: "product" | "developing";
  /** Left out when somebody else answers in front of the app (Vite while developing). */
  readonly routes?: Hono<AppEnv>;
}

/**
 * Composes the rooms. What is mounted before `guard` is open to strangers; everything under /api, /tiles and /ogc after it
 * wants a session or a token.
 */
export function createApp(deps: Deps, page?: Page): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.onError(onError(deps));
  app.use(logRequests(deps), securityHeaders(deps.env, page?.mode ?? "product"), shrink(), limitBody());
  app.route("/", healthRoutes(deps));
  app.route("/", doorRoutes(deps));

  for (const path of ["/api/*", "/tiles/*", "/ogc/*"])
    app.use(path, guard(deps), limitWrites(), readAsOf(deps));
  app.route("/", sessionRoutes(deps));
  app.route("/", featureRoutes(deps));
  app.route("/", historyRoutes(deps));
  app.route("/", changeRoutes(deps));
  app.route("/", photoRoutes(deps));
  app.route("/", eventRoutes(deps));
  app.route("/", presenceRoutes(deps));
  app.route("/", proposalRoutes(deps));
  app.route("/", dutyRoutes(deps));
  app.route("/", recentRoutes(deps));
  app.route("/", layerRoutes(deps));
  app.route("/", listRoutes(deps));
  app.route("/", taskRoutes(deps));
  app.route("/", summaryRoutes(deps));
  app.route("/", searchRoutes(deps));
  app.route("/", townRoutes(deps));
  app.route("/", tileRoutes(deps));
  app.route("/", ogcRoutes(deps));
  app.route("/", programmeRoutes(deps));
  app.route("/", openApiRoutes());

  for (const path of ["/api/*", "/tiles/*", "/ogc/*"])
    app.all(path, (c) => {
      throw new Problem("no-route", {
        detail: `没有 ${c.req.method} ${c.req.path}；地址表在 /api/openapi.json。`,
      });
    });
  if (page?.routes) app.route("/", page.routes);
  return app;
}
