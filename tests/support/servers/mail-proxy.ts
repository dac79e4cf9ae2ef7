import { once } from 'node:events';
import { type AddressInfo, createConnection, createServer, type Socket } from 'node:net';
import type { BoardFault } from '../../../adapters/conformance/board-fixture.ts';

/** A proxy between an adapter and the mail servers that causes the faults of the laws. */
export interface MailProxy {
  fault: BoardFault;
  /** The number of messages from clients to both servers so far. */
  requests: number;
  smtpPort: number;
  imapPort: number;
  close(): Promise<void>;
}

type Bend = (proxy: MailProxy, client: Socket, server: Socket) => void;

export async function startMailProxy(ports: { smtpPort: number; imapPort: number }): Promise<MailProxy> {
  const sockets = new Set<Socket>();
  const proxy: MailProxy = {
    fault: 'none',
    requests: 0,
    smtpPort: 0,
    imapPort: 0,
    close: async () => undefined,
  };

  async function listen(port: number, bend: Bend) {
    const listener = createServer((client) => {
      const server = createConnection({ host: '127.0.0.1', port });
      for (const [one, other] of [
        [client, server],
        [server, client],
      ] as const) {
        sockets.add(one);
        one.setNoDelay(true);
        one.on('error', () => other.destroy());
        one.on('close', () => {
          sockets.delete(one);
          other.end();
        });
      }
      bend(proxy, client, server);
    });
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    return { port: (listener.address() as AddressInfo).port, listener };
  }

  const smtp = await listen(ports.smtpPort, bendSmtp);
  const imap = await listen(ports.imapPort, bendImap);
  proxy.smtpPort = smtp.port;
  proxy.imapPort = imap.port;
  proxy.close = async () => {
    for (const socket of sockets) socket.destroy();
    for (const { listener } of [smtp, imap]) {
      listener.close();
      await once(listener, 'close');
    }
  };
  return proxy;
}

const page = '<!DOCTYPE html>\r\n<html><body>점검 중입니다</body></html>\r\n';

/** The text that replaces the reply to a mail. A fault that is not a text has no entry. */
const oddReplies: Partial<Record<BoardFault, string>> = {
  busy: '451 4.3.2 try again later\r\n',
  html: page,
  malformed: '%&/()=\r\n',
};

/**
 * Faults happen when the mail itself is sent. Before that, the adapter has asked the server for nothing that a law
 * covers.
 */
const bendSmtp: Bend = (proxy, client, server) => {
  let phase: 'talk' | 'data' | 'sent' = 'talk';
  let tail = '';
  client.on('data', (piece) => {
    proxy.requests += 1;
    const { fault } = proxy;
    const said = piece.toString('latin1');
    if (phase !== 'data') {
      // Several commands may come at once (RFC 2920).
      if (/(^|\n)DATA\r\n$/i.test(said)) phase = 'data';
      return void server.write(piece);
    }
    tail = (tail + said).slice(-5);
    const isWhole = tail === '\r\n.\r\n';
    if (isWhole) phase = 'sent';
    if (fault === 'none' || fault === 'reset-after-write') server.write(piece);
    else if (isWhole && fault === 'error-500') client.destroy();
    else if (isWhole) client.write(oddReplies[fault] ?? '');
  });
  server.on('data', (piece) => {
    if (phase === 'sent' && proxy.fault === 'reset-after-write') client.destroy();
    else client.write(piece);
  });
};

const bendImap: Bend = (proxy, client, server) => {
  client.on('data', (piece) => {
    proxy.requests += 1;
    const tag = /^\S+/.exec(piece.toString('latin1'))?.[0] ?? '*';
    if (proxy.fault === 'error-500') client.destroy();
    else if (proxy.fault === 'busy') client.write(`${tag} NO [UNAVAILABLE] come back later\r\n`);
    else if (proxy.fault === 'malformed') client.write(`${tag} OK (((\r\n* %% {3\r\n`);
    else if (proxy.fault === 'html') client.write(page);
    else if (proxy.fault !== 'hang') server.write(piece);
  });
  server.on('data', (piece) => {
    if (proxy.fault !== 'hang') client.write(piece);
  });
};
