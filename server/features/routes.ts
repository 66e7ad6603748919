import { Hono } from "hono";
import type { Deps } from "../deps.ts";
import type { AppEnv } from "../http/app-env.ts";

export const featureRoutes = (_deps: Deps) => new Hono<AppEnv>();
