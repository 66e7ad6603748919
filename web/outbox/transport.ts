import type { ChangesPreview } from "#data/domain/preview.ts";
import type { PhotoFile } from "#data/domain/wire/feature.ts";
import type { ChangesReply } from "#data/domain/wire/write.ts";
import { send, serverSkew } from "../api/client.ts";
import { offlineProblem, ProblemError } from "../api/problem.ts";
import { upload } from "../api/upload.ts";
import type { Transport } from "./sender.ts";

/** A line that is up and carries nothing: sent again, with the same bytes. */
const answerMs = 60_000;

/** A hotel's sign-in page answers 200 too: only our own reply to all of the list (how long a revert's is, it says itself) is an acknowledgement. */
const isReply = (answer: unknown, count: number | undefined): answer is ChangesReply =>
  typeof answer === "object" &&
  answer !== null &&
  "seq" in answer &&
  typeof answer.seq === "number" &&
  "results" in answer &&
  Array.isArray(answer.results) &&
  (count === undefined || answer.results.length === count);

const isPreview = (answer: unknown, count: number): answer is ChangesPreview =>
  typeof answer === "object" &&
  answer !== null &&
  "outcomes" in answer &&
  Array.isArray(answer.outcomes) &&
  answer.outcomes.length === count;

const isPhotoFile = (answer: unknown): answer is PhotoFile =>
  typeof answer === "object" && answer !== null && "sha256" in answer && typeof answer.sha256 === "string";

/** What did not come from the server as a problem (cut off, no JSON) was not answered. */
const unanswered = (error: unknown): ProblemError =>
  error instanceof ProblemError ? error : offlineProblem();

export const transport: Transport = {
  write: async (address, text, key) => {
    const body = JSON.parse(text) as { readonly changes?: readonly unknown[] };
    const answer = await send<unknown>(address, {
      method: "POST",
      body,
      headers: { "Idempotency-Key": key },
      signal: AbortSignal.timeout(answerMs),
    }).catch((error: unknown) => {
      throw unanswered(error);
    });
    if (!isReply(answer, body.changes?.length)) throw offlineProblem();
    return answer;
  },
  judge: async (changes, reason) => {
    const answer = await send<unknown>("/api/changes", {
      method: "POST",
      body: { changes, ...(reason ? { reason } : {}), dryRun: true },
      signal: AbortSignal.timeout(answerMs),
    }).catch((error: unknown) => {
      throw unanswered(error);
    });
    if (!isPreview(answer, changes.length)) throw offlineProblem();
    return answer.outcomes;
  },
  upload: async (file, onPart) => {
    const answer = await upload<unknown>("/api/photos", file, onPart).catch((error: unknown) => {
      throw unanswered(error);
    });
    if (!isPhotoFile(answer)) throw offlineProblem();
    return answer;
  },
  skew: serverSkew,
};
