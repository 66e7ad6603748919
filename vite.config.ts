import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { chineseFaces } from "./server/build/faces.ts";
import { precompress } from "./server/build/precompress.ts";
import { installable } from "./server/build/pwa.ts";
import { testProjects } from "./tests/support/projects.ts";

/** Tests name their files from the root of the repository; the page's own addresses begin in web/. */
const isTest = process.env.VITEST !== undefined;

export default defineConfig({
  root: isTest ? import.meta.dirname : `${import.meta.dirname}/web`,
  plugins: [react(), chineseFaces(), installable(), precompress()],
  clearScreen: false,
  environments: {
    client: {
      build: {
        outDir: `${import.meta.dirname}/dist/web`,
        emptyOutDir: true,
        target: "es2022",
        // A part of a face is fetched when a page shows it, however small it is.
        assetsInlineLimit: (file) => (file.endsWith(".woff2") ? false : undefined),
        // The map library alone is larger than the default warning.
        chunkSizeWarningLimit: 1500,
      },
    },
    server: {
      consumer: "server",
      build: {
        ssr: true,
        copyPublicDir: false,
        outDir: `${import.meta.dirname}/dist/server`,
        emptyOutDir: true,
        target: "node20",
        minify: false,
        sourcemap: true,
        rolldownOptions: {
          input: {
            main: `${import.meta.dirname}/server/main.ts`,
            prepare: `${import.meta.dirname}/server/prepare.ts`,
            seed: `${import.meta.dirname}/server/cli/seed.ts`,
            admin: `${import.meta.dirname}/server/cli/admin.ts`,
            "embedded-worker": `${import.meta.dirname}/db/embedded-worker.ts`,
          },
          output: { entryFileNames: "[name].js", chunkFileNames: "chunks/[name]-[hash].js" },
        },
      },
    },
  },
  test: testProjects,
});
