import http from "node:http";

/** The product behind an address of its own, at which a newer version can be put out. */
export interface Publisher {
  readonly url: string;
  /** From now on the worker is another one. */
  publish(): void;
  stop(): Promise<void>;
}

export async function publisher(product: string): Promise<Publisher> {
  const { hostname, port } = new URL(product);
  let newer = false;
  const server = http.createServer((request, response) => {
    const { method, url: path, headers } = request;
    const { "if-none-match": _, ...anew } = headers;
    const plain = path === "/worker.js" ? { ...anew, "accept-encoding": "identity" } : headers;
    const asked = http.request({ hostname, port, method, path, headers: plain }, (answer) => {
      if (!newer || path !== "/worker.js") {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
        return;
      }
      let code = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk: string) => {
        code += chunk;
      });
      answer.on("end", () => {
        const { etag: __, "content-length": ___, ...rest } = answer.headers;
        response.writeHead(200, rest);
        response.end(code.replace(/"version":"\w+"/, '"version":"newer"'));
      });
    });
    asked.on("error", () => response.destroy());
    request.pipe(asked);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const own = typeof address === "object" && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${own}`,
    publish: () => {
      newer = true;
    },
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
