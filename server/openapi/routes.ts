import { Hono } from "hono";
import type { AppEnv } from "../http/app-env.ts";
import { openApiDocument } from "./document.ts";

export const openApiRoutes = () => {
  const document = openApiDocument();
  return new Hono<AppEnv>().get("/api/openapi.json", (c) => c.json(document));
};
