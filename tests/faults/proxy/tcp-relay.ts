import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** An address that stays the same while the server behind it dies and returns on another port. */
export interface TcpRelay {
  port: number;
  /** Forwards to this port of 127.0.0.1 from now on. */
  open(port: number): void;
  /** Breaks every connection and accepts none. */
  cut(): void;
  close(): Promise<void>;
}

export async function startTcpRelay(): Promise<TcpRelay> {
  const sockets = new Set<Socket>();
  let target: number | undefined;
  const keep = (socket: Socket, other: () => Socket) => {
    sockets.add(socket);
    socket.once('error', () => undefined);
    socket.once('close', () => {
      sockets.delete(socket);
      other().destroy();
    });
  };
  const server = createServer((client) => {
    if (target === undefined) return client.destroy();
    const far = connect(target, '127.0.0.1');
    keep(client, () => far);
    keep(far, () => client);
    client.setNoDelay().pipe(far.setNoDelay()).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = () => {
    target = undefined;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    open(port) {
      target = port;
    },
    cut,
    async close() {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
