/**
 * Makes GEOS failures PostgreSQL errors again.
 *
 * In this WASM build no C++ `catch` ever matches: a TopologyException flies through GEOS, PostGIS and the executor, and
 * is dropped by whatever JavaScript trampoline is next. The statement ends half done with no answer, with the answer of
 * an empty statement, or (INSERT … SELECT) with the command tag `???`; plpgsql's EXCEPTION blocks do not see it; and the
 * commit that follows keeps half of the work. Therefore the throw itself is replaced: it raises ERROR through
 * PostgreSQL's own errstart/errfinish, which unwinds as every other error does.
 */

type Call = (...values: number[]) => number;

interface Backend {
  _errstart: Call;
  _errcode: Call;
  _errmsg_internal: Call;
  _errfinish: Call;
  stringToNewUTF8: (text: string) => number;
  UTF8ToString: (pointer: number, most?: number) => string;
  HEAPU32: Uint32Array;
}

const errorLevel = 21;
/** XX000 internal_error, as PostGIS itself reports a GEOS failure. */
const internalError = 2600;

let backend: Backend | null = null;
let watched = 0;

/** Must run before PGlite starts: PostGIS takes `__cxa_throw` from the imports of the main module. */
export function catchSpatialErrors(): void {
  const instantiate = WebAssembly.instantiate as (
    source: WebAssembly.Module | BufferSource,
    imports?: WebAssembly.Imports,
  ) => Promise<WebAssembly.Instance>;
  Object.assign(WebAssembly, {
    instantiate: (source: WebAssembly.Module | BufferSource, imports?: WebAssembly.Imports) => {
      const env = imports?.env;
      const original = env?.__cxa_throw;
      if (env && typeof original === "function" && !("guatuWatched" in original)) {
        const thrown = (pointer: number, type: number, destructor: number): unknown => {
          if (backend) raise(backend, pointer);
          return original(pointer, type, destructor);
        };
        env.__cxa_throw = Object.assign(thrown, { guatuWatched: true });
        watched += 1;
      }
      return instantiate(source, imports);
    },
  });
}

/** Names the running PostgreSQL. Throws when this PGlite is built so differently that its failures would be lost. */
export function raiseSpatialErrorsIn(module: unknown): void {
  const found = module as Partial<Backend>;
  const complete =
    watched > 0 &&
    found._errstart &&
    found._errcode &&
    found._errmsg_internal &&
    found._errfinish &&
    found.UTF8ToString;
  if (!complete)
    throw new Error(
      "This version of @electric-sql/pglite hides __cxa_throw or errstart: spatial failures would be committed. " +
        "Install the pinned versions (npm ci).",
    );
  backend = found as Backend;
}

function raise(postgres: Backend, pointer: number): void {
  const reason = postgres.stringToNewUTF8(
    `spatial operation failed on an invalid geometry${whatOf(postgres, pointer)}`,
  );
  if (!postgres._errstart(errorLevel, 0)) return;
  postgres._errcode(internalError);
  postgres._errmsg_internal(reason, 0);
  postgres._errfinish(0, 0, 0);
}

/** std::runtime_error keeps its text's address behind its vtable's; another exception gives no readable text there. */
function whatOf(postgres: Backend, pointer: number): string {
  const text = postgres.UTF8ToString(postgres.HEAPU32[(pointer + 4) >> 2] ?? 0, 200);
  return /^[\x20-\x7e]{4,}$/.test(text) ? `: ${text}` : "";
}
