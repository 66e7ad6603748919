import net from "node:net";

/** A line to a PostgreSQL server that can be cut and mended, as a restart does. */
export interface CuttableLine {
  readonly url: string;
  cut(): void;
  mend(): Promise<void>;
}

export async function cuttable(target: URL): Promise<CuttableLine> {
  const lines = new Set<net.Socket>();
  const server = net.createServer((from) => {
    const to = net.connect(Number(target.port || 5432), target.hostname);
    for (const socket of [from, to]) {
      lines.add(socket);
      socket.on("error", () => socket.destroy());
      socket.on("close", () => lines.delete(socket));
    }
    from.pipe(to).pipe(from);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const through = new URL(target);
  through.host = `127.0.0.1:${port}`;
  return {
    url: through.toString(),
    cut: () => {
      server.close();
      for (const socket of lines) socket.destroy();
    },
    mend: () => new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve)),
  };
}
