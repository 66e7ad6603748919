import { createRequire } from "node:module";
import { Worker } from "node:worker_threads";

/** Raw RGBA, upright. */
export interface Bitmap {
  readonly data: Buffer;
  readonly width: number;
  readonly height: number;
}

const patienceMilliseconds = 30_000;

/**
 * Written out here, because a worker thread starts from a file or a text, and this one needs no build. The decoder is
 * WebAssembly that computes for seconds: in a thread of its own it blocks nobody and can be ended.
 */
const program = `
const { parentPort, workerData } = require("node:worker_threads");
const decode = require(workerData.decoder);
(async () => {
  const images = await decode.all({ buffer: workerData.file });
  const first = images[0];
  if (first.width * first.height > workerData.pixels) return parentPort.postMessage({ tooLarge: true });
  const { data, width, height } = await first.decode();
  parentPort.postMessage({ data, width, height });
})().catch((error) => parentPort.postMessage({ error: String(error) }));
`;

/** Decodes the first picture of a HEIC file; null when it has more than `pixels`. Throws when it cannot be read in time. */
export function decodeHeic(file: Buffer, pixels: number): Promise<Bitmap | null> {
  const require = createRequire(import.meta.url);
  const decoder = require.resolve("heic-decode");
  const worker = new Worker(program, {
    eval: true,
    workerData: { decoder, file, pixels },
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  return new Promise<Bitmap | null>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error("decoding took too long")), patienceMilliseconds);
    const settle = (act: () => void) => {
      clearTimeout(late);
      act();
    };
    worker.once("message", (said: Partial<Bitmap> & { tooLarge?: boolean; error?: string }) =>
      settle(() => {
        const { data, width, height, tooLarge, error } = said;
        if (tooLarge) resolve(null);
        else if (data && width && height) resolve({ data: Buffer.from(data), width, height });
        else reject(new Error(error ?? "the decoder said nothing"));
      }),
    );
    worker.once("error", (error) => settle(() => reject(error)));
    worker.once("exit", () => settle(() => reject(new Error("the decoder ended"))));
  }).finally(() => void worker.terminate());
}
