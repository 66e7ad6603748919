import type { Finding } from "#data/domain/validate.ts";
import type { ProblemBody } from "#data/domain/wire/session.ts";
import { WriteRefused } from "./refused.ts";

/** What is wrong with a list of edits: all that is found in it is told at once; what makes going on senseless, at once. */
export class Findings {
  readonly #errors: NonNullable<ProblemBody["errors"]>[number][] = [];
  /** Position of the op that is being folded, for messages. */
  at = 0;

  /** Takes note of what is wrong inside the op and goes on. */
  note(inside: string, findings: readonly Finding[]): void {
    for (const { at, message } of findings)
      this.#errors.push({
        at: ["changes", this.at, inside, at].filter((part) => part !== "").join("."),
        message,
      });
  }

  refuse(at: string, message: string): never {
    throw new WriteRefused("invalid", `${message}。`, {
      errors: [...this.#errors, { at: `changes.${this.at}.${at}`, message }],
    });
  }

  refuseReason(message: string): never {
    throw new WriteRefused("invalid", `${message}。`, { errors: [{ at: "reason", message }] });
  }

  /** A correction stands alone: with other ops on the same feature, one of them would be lost. */
  refuseMixed(mixed: boolean): void {
    if (mixed) this.refuse("feature", "更正不能和其他修改放在同一批");
  }

  /** At the end of the list: refuses it with what was noted. */
  settle(): void {
    const [first] = this.#errors;
    if (first) throw new WriteRefused("invalid", first.message, { errors: this.#errors });
  }
}
