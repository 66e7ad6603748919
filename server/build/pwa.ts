import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import sharp from "sharp";
import { build, type Plugin } from "vite";

/** Stands in web/worker/worker.ts where the build writes what it made. */
const quoted = /["'`]__GUATU_FILES__["'`]/;
const manifestName = "manifest.webmanifest";
const root = path.resolve(import.meta.dirname, "../..");

/** Fonts come when a page shows them; everything else of a build belongs together. */
const belongs = (name: string): boolean => name.startsWith("assets/") && /\.(js|mjs|css)$/.test(name);

/**
 * Makes the web build installable: the worker learns the list of files it keeps, and the manifest and its icons are drawn from
 * mark.svg and the tokens.
 */
export function installable(): Plugin {
  return {
    name: "guatu:installable",
    apply: "build",
    applyToEnvironment: (environment) => environment.name === "client",
    transformIndexHtml: () => [
      { tag: "link", attrs: { rel: "manifest", href: `/${manifestName}` }, injectTo: "head" },
      { tag: "link", attrs: { rel: "apple-touch-icon", href: "/icon-192.png" }, injectTo: "head" },
      { tag: "meta", attrs: { name: "theme-color", content: colours().accent }, injectTo: "head" },
    ],
    generateBundle: {
      order: "post",
      async handler(_options, bundle) {
        const code = await workerCode();
        const files = Object.keys(bundle).filter(belongs).sort();
        const html = bundle["index.html"];
        const shell = html?.type === "asset" ? html.source.toString() : "";
        const version = createHash("sha256").update(`${files.join()} ${shell}`).digest("hex").slice(0, 12);
        const list = JSON.stringify({ version, files: files.map((name) => `/${name}`) });
        this.emitFile({ type: "asset", fileName: "worker.js", source: code.replace(quoted, list) });
        const icons = await drawIcons();
        for (const { name, png } of icons)
          this.emitFile({ type: "asset", fileName: name, source: new Uint8Array(png) });
        this.emitFile({ type: "asset", fileName: manifestName, source: JSON.stringify(manifest(), null, 1) });
      },
    },
  };
}

/** Built by itself: as a second entry of the page's build it would tear the page's own chunks apart. */
async function workerCode(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: "warn",
    build: {
      write: false,
      target: "es2022",
      rolldownOptions: { input: path.join(root, "web/worker/worker.ts") },
    },
  });
  const [chunk] = "output" in built ? built.output : [];
  if (chunk?.type !== "chunk" || !quoted.test(chunk.code))
    throw new Error("the worker has no place for its list of files");
  return chunk.code;
}

interface Colours {
  readonly accent: string;
  readonly bg: string;
}

const colours = (): Colours =>
  (
    JSON.parse(readFileSync(path.join(root, "web/theme/tokens.json"), "utf8")) as {
      color: { light: { ui: Colours } };
    }
  ).color.light.ui;

const manifest = () => ({
  name: "青浦挂图",
  short_name: "青浦挂图",
  description: "青浦区城市精细化管理提升工程",
  lang: "zh-CN",
  id: "/",
  start_url: "/",
  scope: "/",
  display: "standalone",
  theme_color: colours().accent,
  background_color: colours().bg,
  icons: [
    { src: "/icon-192.png", sizes: "192x192", type: "image/png", purpose: "any" },
    { src: "/icon-512.png", sizes: "512x512", type: "image/png", purpose: "any" },
    { src: "/icon-maskable.png", sizes: "512x512", type: "image/png", purpose: "maskable" },
  ],
});

/** A maskable icon may lose its outer fifth on each side. */
const drawIcons = () =>
  Promise.all([
    drawn("icon-192.png", 192, 0.86),
    drawn("icon-512.png", 512, 0.86),
    drawn("icon-maskable.png", 512, 0.56),
  ]);

async function drawn(name: string, size: number, share: number): Promise<{ name: string; png: Buffer }> {
  const mark = Math.round(size * share);
  const picture = await sharp(path.join(root, "web/public/mark.svg"), { density: 1400 })
    .resize(mark, mark, { fit: "contain", background: colours().bg })
    .toBuffer();
  const png = await sharp({ create: { width: size, height: size, channels: 3, background: colours().bg } })
    .composite([{ input: picture, gravity: "centre" }])
    .png({ palette: true })
    .toBuffer();
  return { name, png };
}
