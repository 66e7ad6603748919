import { offlineProblem, type ProblemError, problemOf } from "./problem.ts";
import { useSession } from "./session.ts";

/** 25 MB at 25 kB a second. */
const longestMs = 1_000_000;

/**
 * Sends one file as it is and tells how far it is (0 to 1). `fetch` cannot tell that, hence the older way.
 * Throws ProblemError like `send`.
 */
export function upload<T>(path: string, file: Blob, onProgress: (part: number) => void): Promise<T> {
  const { session, expire } = useSession.getState();
  return new Promise<T>((resolve, reject: (problem: ProblemError) => void) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Content-Type", "application/octet-stream");
    if (session) request.setRequestHeader("X-Guatu-CSRF", session.csrf);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(offlineProblem());
    request.ontimeout = () => reject(offlineProblem());
    request.timeout = longestMs;
    request.onload = () => {
      const { status, responseText } = request;
      if (status >= 200 && status < 300) {
        try {
          return resolve(JSON.parse(responseText) as T);
        } catch {
          // A page that is not ours, or half of ours: not answered.
          return reject(offlineProblem());
        }
      }
      if (status === 401 && session) expire();
      const wait = request.getResponseHeader("retry-after");
      const headers = wait ? { "retry-after": wait } : undefined;
      void problemOf(new Response(responseText, { status: Math.max(status, 400), headers })).then(reject);
    };
    request.send(file);
  });
}
