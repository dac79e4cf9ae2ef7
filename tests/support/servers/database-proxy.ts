import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import type { BoardFault } from '../../../adapters/conformance/board-fixture.ts';

/** The parts of a database's protocol that the faults need. */
interface Wire {
  /** True for bytes by which a client gives the server a command. Logging in does not count. */
  isCommand(bytes: Buffer): boolean;
  /** An error of the server, as the reply to a command or instead of a greeting. */
  error(which: 'failed' | 'busy', greeting: boolean): Buffer;
  /** A truncated reply. The next field is a complete reply without rows. */
  broken: Buffer;
  empty: Buffer;
}

const mysqlPacket = (sequence: number, body: Buffer) =>
  Buffer.concat([Buffer.from([body.length, 0, 0, sequence]), body]);
const mysqlError = (code: number, state: string, text: string) =>
  Buffer.concat([Buffer.from([0xff, code & 0xff, code >> 8]), Buffer.from(`${state}${text}`)]);
const postgresMessage = (type: string, body: Buffer) => {
  const head = Buffer.from(`${type}\0\0\0\0`);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
};
const postgresReady = postgresMessage('Z', Buffer.from('I'));

const wires: Record<'mysql' | 'postgres', Wire> = {
  mysql: {
    isCommand: (bytes) => bytes[3] === 0,
    error: (which, greeting) => {
      if (which === 'failed') return mysqlPacket(1, mysqlError(1105, '#HY000', 'out of luck'));
      const body = mysqlError(1040, greeting ? '' : '#08004', 'Too many connections');
      return mysqlPacket(greeting ? 0 : 1, body);
    },
    broken: Buffer.concat([mysqlPacket(1, Buffer.from([1])), mysqlPacket(2, Buffer.from([9, 9, 9]))]),
    empty: mysqlPacket(1, Buffer.from([0, 0, 0, 2, 0, 0, 0])),
  },
  postgres: {
    isCommand: (bytes) => /^[QPBE]/.test(String.fromCharCode(bytes[0] ?? 0)),
    error: (which, greeting) => {
      const [code, text] = which === 'failed' ? ['XX000', 'out of luck'] : ['53300', 'too many connections'];
      const body = postgresMessage('E', Buffer.from(`SERROR\0VERROR\0C${code}\0M${text}\0\0`));
      return greeting ? body : Buffer.concat([body, postgresReady]);
    },
    broken: postgresMessage('y', Buffer.from('?')),
    empty: Buffer.concat([postgresMessage('C', Buffer.from('SELECT 0\0')), postgresReady]),
  },
};

export interface DatabaseProxy {
  port: number;
  fault: BoardFault;
  /** The number of commands so far. */
  commands: number;
  /** Cuts the connection instead of passing on the next command that matches. It applies once. */
  cutBefore: RegExp | undefined;
  /** Holds back matching commands, and everything after them on their connection, until `letGo`. `held` counts them. */
  holdBefore: RegExp | undefined;
  readonly held: number;
  letGo(): void;
  /** Ends every connection now. */
  cut(): void;
  close(): Promise<void>;
}

/** Starts a proxy between an adapter and a real database. It causes the faults that can happen between them. */
export async function startDatabaseProxy(
  dialect: 'mysql' | 'postgres',
  target: number,
): Promise<DatabaseProxy> {
  const wire = wires[dialect];
  const open = new Set<Socket>();
  let waiting: (() => void)[] = [];
  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1');
    const end = () => {
      client.destroy();
      upstream.destroy();
      open.delete(client);
    };
    open.add(client);
    for (const socket of [client, upstream]) socket.on('error', end).on('close', end);
    if (proxy.fault === 'busy' && dialect === 'mysql') client.write(wire.error('busy', true));
    let committed = false;
    let loggedIn = false;
    client.on('data', (bytes) => {
      if (!wire.isCommand(bytes)) {
        if (proxy.fault === 'busy' && !loggedIn) client.write(wire.error('busy', true));
        else upstream.write(bytes);
        return;
      }
      loggedIn = true;
      proxy.commands++;
      const answers: Partial<Record<BoardFault, Buffer>> = {
        'error-500': wire.error('failed', false),
        busy: wire.error('busy', false),
        malformed: wire.broken,
        html: wire.empty,
      };
      const answer = answers[proxy.fault];
      if (proxy.holdBefore?.test(bytes.toString('latin1'))) {
        client.pause();
        waiting.push(() => {
          upstream.write(bytes);
          client.resume();
        });
      } else if (proxy.cutBefore?.test(bytes.toString('latin1'))) {
        proxy.cutBefore = undefined;
        end();
      } else if (answer) client.write(answer);
      else if (proxy.fault !== 'hang') {
        committed = /commit/i.test(bytes.toString('latin1'));
        upstream.write(bytes);
      }
    });
    upstream.on('data', (bytes) => {
      if (committed && proxy.fault === 'reset-after-write') end();
      else if (proxy.fault !== 'busy') client.write(bytes);
    });
  });
  const proxy: DatabaseProxy = {
    port: 0,
    fault: 'none',
    commands: 0,
    cutBefore: undefined,
    holdBefore: undefined,
    get held() {
      return waiting.length;
    },
    letGo: () => {
      proxy.holdBefore = undefined;
      const all = waiting;
      waiting = [];
      for (const go of all) go();
    },
    cut: () => {
      for (const client of open) client.destroy();
    },
    close: async () => {
      proxy.cut();
      await new Promise((done) => server.close(done));
    },
  };
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  proxy.port = (server.address() as AddressInfo).port;
  return proxy;
}
