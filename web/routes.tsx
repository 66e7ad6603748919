import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from "@tanstack/react-router";
import { ProblemError } from "./api/problem.ts";
import { useSession } from "./api/session.ts";
import { askSession } from "./api/signing-out.ts";
import { parseMapSearch, parseSearch, stringifySearch } from "./map/search-params.ts";
import { forgetWall, keptSession, localShelf } from "./screen/kept.ts";
import { Desk } from "./shell/desk.tsx";
import { Gate } from "./shell/gate.tsx";
import { PageError, PageMissing, PagePending } from "./shell/page-states.tsx";
import { brought } from "./shell/part.ts";

const root = createRootRoute({
  component: Outlet,
  notFoundComponent: PageMissing,
  errorComponent: PageError,
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/signin",
  beforeLoad: () => forgetWall(localShelf()),
  validateSearch: (raw: Record<string, unknown>): { next?: string } =>
    // Only our own pages: a link must not send a person elsewhere after the password.
    typeof raw.next === "string" && /^\/(?![/\\])/.test(raw.next) ? { next: raw.next } : {},
  component: lazyRouteComponent(() => brought(() => import("./signin/page.tsx")), "SignInPage"),
});

/** Everything behind it wants a session; who has none is led to sign-in and back to the link asked for. */
const gate = createRoute({
  getParentRoute: () => root,
  id: "gate",
  beforeLoad: async ({ location }) => {
    if (useSession.getState().session) return;
    try {
      useSession.getState().set(await askSession());
    } catch (error) {
      if (!(error instanceof ProblemError) || error.status !== 401) {
        // A wall that is reloaded while the server is away goes on with its last good data.
        const kept = location.pathname === "/screen" ? keptSession(localShelf()) : null;
        if (!kept) throw error;
        useSession.getState().set(kept);
        return;
      }
      forgetWall(localShelf());
      const next = location.href === "/" ? undefined : location.href;
      throw redirect({ to: "/signin", search: { next } });
    }
  },
  component: Gate,
});

/** Pages of the office frame: with the bar. */
const desk = createRoute({ getParentRoute: () => gate, id: "desk", component: Desk });

const map = createRoute({
  getParentRoute: () => desk,
  path: "/",
  validateSearch: parseMapSearch,
  component: lazyRouteComponent(() => brought(() => import("./map/page.tsx")), "MapPage"),
});

const free = (raw: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(raw).filter((pair): pair is [string, string] => typeof pair[1] === "string"),
  );

const programme = createRoute({
  getParentRoute: () => desk,
  path: "/programme",
  validateSearch: free,
  component: lazyRouteComponent(() => brought(() => import("./programme/page.tsx")), "ProgrammePage"),
});

const borders = createRoute({
  getParentRoute: () => desk,
  path: "/borders",
  validateSearch: free,
  component: lazyRouteComponent(() => brought(() => import("./proposals/page.tsx")), "BordersPage"),
});

const screen = createRoute({
  getParentRoute: () => gate,
  path: "/screen",
  validateSearch: free,
  component: lazyRouteComponent(() => brought(() => import("./screen/page.tsx")), "ScreenPage"),
});

const table = createRoute({
  getParentRoute: () => desk,
  path: "/table",
  validateSearch: free,
  component: lazyRouteComponent(() => brought(() => import("./table/page.tsx")), "TablePage"),
});

const edit = createRoute({
  getParentRoute: () => gate,
  path: "/edit",
  validateSearch: free,
  component: lazyRouteComponent(() => brought(() => import("./editor/page.tsx")), "EditorPage"),
});

export const router = createRouter({
  routeTree: root.addChildren([
    signIn,
    gate.addChildren([desk.addChildren([map, programme, borders, table]), screen, edit]),
  ]),
  parseSearch,
  stringifySearch,
  defaultPendingComponent: PagePending,
  defaultErrorComponent: PageError,
  defaultPendingMs: 200,
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
