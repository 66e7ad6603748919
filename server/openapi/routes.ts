import { Hono } from "hono";
import type { RouterRoute } from "hono/types";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";

export const openApiRoutes = (_deps: Deps, _routes: () => readonly RouterRoute[]) => new Hono<AppEnv>();
