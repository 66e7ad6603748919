import { createHash } from "node:crypto";
import { Hono } from "hono";
import { z } from "zod";
import type { Deps } from "../deps.ts";
import { allow } from "../http/allow.ts";
import type { AppEnv } from "../http/app-env.ts";
import { notModified } from "../http/etag.ts";
import { Problem } from "../http/problem.ts";
import { readQuery } from "../http/validate.ts";
import { takeIn } from "./intake.ts";
import { markOf, servedPhoto } from "./queries.ts";
import { watermarked } from "./watermark.ts";

const sizeQuery = z.strictObject({ size: z.enum(["thumb", "full"]).default("full") });

/** Files of photos. Filing one as evidence is a change like any other (`op: "photo"`), and names the file by its hash. */
export const photoRoutes = (deps: Deps) =>
  new Hono<AppEnv>()
    .post("/api/photos", allow("edit"), async (c) => {
      const sent = Buffer.from(await c.req.arrayBuffer());
      return c.json(await takeIn(deps.photos, sent), 201);
    })
    .get("/api/photos/:uid", async (c) => {
      const { size } = readQuery(c, sizeQuery);
      const uid = z.uuid().safeParse(c.req.param("uid"));
      const photo = uid.success ? await servedPhoto(deps.db, c.var.who, uid.data) : undefined;
      if (!photo)
        throw new Problem("not-found", { detail: "没有这张照片，或者它所在的一处不在你可看的范围内。" });
      // Asked again each time, because rights may have changed; the mark carries names that may, too.
      c.header("cache-control", "private, no-cache");
      const mark = markOf(photo);
      const words = createHash("sha256").update(mark.join()).digest("base64url").slice(0, 8);
      const fresh = notModified(c, `"p${photo.id}.${size}.${words}"`);
      if (fresh) return fresh;
      const picture = await deps.photos.read(photo.sha256, size);
      if (!picture)
        throw new Problem("gone", {
          detail: "照片的记录还在，文件不见了。请系统管理员从备份里找回照片文件。",
        });
      const body = size === "full" ? await watermarked(picture, mark) : picture;
      return c.body(new Uint8Array(body), 200, { "content-type": "image/jpeg" });
    });
