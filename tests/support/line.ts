import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A line to a server that can be cut and mended. */
export interface Line {
  url: string;
  /** Ends every connection at once and accepts no other. */
  cut(): void;
  /** Accepts new connections but sends nothing on them. */
  hush(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openLine(target: string): Promise<Line> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let state: 'whole' | 'cut' | 'hushed' = 'whole';
  const server = createServer((near) => {
    if (state === 'cut') return void near.destroy();
    near.on('error', () => undefined);
    open.add(near.on('close', () => open.delete(near)));
    if (state === 'hushed') return;
    const far = connect(Number(port), hostname);
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.pipe(other);
    }
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const cut = () => {
    state = 'cut';
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut,
    hush() {
      cut();
      state = 'hushed';
    },
    mend() {
      cut();
      state = 'whole';
    },
    async close() {
      cut();
      await new Promise((done) => server.close(done));
    },
  };
}
