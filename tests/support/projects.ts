import type { ViteUserConfig } from "vitest/config";
import { ClosingLine } from "./closing-line.ts";

/** vite.config.ts' `test` section: what is tested where, and with which helpers. */
export const testProjects: NonNullable<ViteUserConfig["test"]> = {
  maxWorkers: 2,
  // A worker that holds an embedded database (1 GB) may take over the usual 10 s to end on a loaded machine.
  teardownTimeout: 60_000,
  reporters: ["default", new ClosingLine()],
  projects: [
    {
      extends: true,
      test: {
        name: "unit",
        environment: "node",
        include: ["{data,db,server,web}/**/*.test.{ts,tsx}", "tests/law/**/*.test.ts"],
        // A property test may run beside a loaded database suite on two cores.
        testTimeout: 30_000,
      },
    },
    {
      extends: true,
      test: {
        name: "db",
        environment: "node",
        include: ["tests/{db,api,tiles,properties,contract}/**/*.test.ts"],
        globalSetup: ["tests/support/global-setup.ts"],
        pool: "forks",
        // One module graph a worker: suites share the embedded database they loaded.
        isolate: false,
        testTimeout: 90_000,
        hookTimeout: 120_000,
      },
    },
    {
      extends: true,
      test: {
        name: "e2e",
        environment: "node",
        include: ["tests/e2e/**/*.test.ts"],
        globalSetup: ["tests/e2e/support/setup.ts"],
        pool: "forks",
        testTimeout: 120_000,
        hookTimeout: 180_000,
        // Software drawing on a loaded machine now and then outlasts a wait; what is broken fails twice.
        // One browser at a time, when the other suites are done: it draws in software.
        maxWorkers: 1,
        sequence: { groupOrder: 1 },
        expect: { poll: { timeout: 20_000, interval: 100 } },
      },
    },
  ],
};
