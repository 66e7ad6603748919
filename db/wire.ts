/** The few pieces of PostgreSQL's frontend/backend protocol 3.0 that the embedded database's line needs. */

export type TransactionStatus = "I" | "T" | "E";

const text = new TextEncoder();

/** One message: type byte, int32 length (counting itself), body. */
function message(type: string, ...body: Uint8Array[]): Buffer {
  const length = body.reduce((sum, part) => sum + part.length, 4);
  const head = Buffer.alloc(5);
  head.write(type, 0, "latin1");
  head.writeInt32BE(length, 1);
  return Buffer.concat([head, ...body]);
}

const zero = Uint8Array.of(0);

export const query = (statement: string): Buffer => message("Q", text.encode(statement), zero);

const ready = (status: TransactionStatus): Buffer => message("Z", text.encode(status));

/** ErrorResponse with a SQLSTATE. */
export function failure(sqlState: string, reason: string, hint: string): Buffer {
  const fields = { S: "ERROR", V: "ERROR", C: sqlState, M: reason, H: hint };
  const body = Object.entries(fields).flatMap(([key, value]) => [text.encode(key + value), zero]);
  return message("E", ...body, zero);
}

/** What a server says when it lets a client in. */
export function welcome(): Buffer {
  const settings = { client_encoding: "UTF8", integer_datetimes: "on", standard_conforming_strings: "on" };
  return Buffer.concat([
    message("R", Buffer.alloc(4)),
    ...Object.entries(settings).map(([name, value]) =>
      message("S", text.encode(name), zero, text.encode(value), zero),
    ),
    message("K", Buffer.alloc(8)),
    ready("I"),
  ]);
}

/** The type letter of one whole message. */
export const typeOf = (frame: Uint8Array): string => String.fromCharCode(frame[0] ?? 0);

/** Splits bytes into whole messages; `rest` is an unfinished one. */
export function split(bytes: Buffer): { frames: Buffer[]; rest: Buffer } {
  const frames: Buffer[] = [];
  let start = 0;
  while (bytes.length - start >= 5) {
    const end = start + 1 + bytes.readInt32BE(start + 1);
    if (end > bytes.length) break;
    frames.push(bytes.subarray(start, end));
    start = end;
  }
  return { frames, rest: bytes.subarray(start) };
}

/** The transaction status after an answer, null when it does not end with ReadyForQuery. */
export function statusOf(frames: readonly Uint8Array[]): TransactionStatus | null {
  const last = frames.findLast((frame) => typeOf(frame) === "Z");
  if (!last) return null;
  const status = String.fromCharCode(last[5] ?? 0);
  return status === "T" || status === "E" ? status : "I";
}
