import type { Reporter, SerializedError, TestModule } from "vitest/node";
import { missing, needs, required } from "./machine.ts";

/** Ends a run with what the machine lacks and how to install it, and with `N passed, N failed` alone on a line. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], errors: readonly SerializedError[]): void {
    let passed = 0;
    let failed = errors.length;
    const notRun = new Set<string>();
    for (const module of modules) {
      let failedHere = 0;
      for (const test of module.children.allTests()) {
        const { state } = test.result();
        if (state === "passed") passed += 1;
        if (state === "failed") failedHere += 1;
        if (state === "skipped")
          notRun.add(test.parent.type === "suite" ? test.parent.fullName : module.moduleId);
      }
      // A file that does not load, or whose hook fails, has no failed test of its own.
      failed += failedHere === 0 && module.state() === "failed" ? 1 : failedHere;
    }
    const lines = [...notRun].map((name) => `not run: ${name}`);
    for (const need of missing()) {
      const must = required().includes(need);
      if (must) failed += 1;
      lines.push(
        `missing${must ? " and required" : ""}: ${needs[need].name}; install it with: ${needs[need].install}`,
      );
    }
    if (failed > 0) process.exitCode = 1;
    process.stdout.write(`\n${[...lines, `${passed} passed, ${failed} failed`].join("\n")}\n`);
  }
}
