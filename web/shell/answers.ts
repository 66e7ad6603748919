const answersName = "guatu-answers";

/** Whoever signs out, or signs in, leaves no answers of another on the machine (web/worker keeps them). */
export async function forgetAnswers(): Promise<void> {
  await globalThis.caches?.delete(answersName).catch(() => undefined);
}
