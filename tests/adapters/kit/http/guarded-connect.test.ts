import type { LookupAddress } from 'node:dns';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import {
  createAddressGuard,
  createGuardedSocket,
  type Resolve,
} from '../../../../adapters/kit/http/guarded-connect.ts';
import { createBoardHttp } from '../../../../adapters/kit/http/http.ts';
import { toOutcome } from '../../../../adapters/kit/outcome/call-error.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** A board that counts who comes, on the addresses given. */
async function startBoard(host = '127.0.0.1', redirectTo?: string) {
  const seen = { requests: 0 };
  const server = createServer((_request, response) => {
    seen.requests++;
    if (redirectTo) response.writeHead(307, { location: redirectTo }).end();
    else response.writeHead(200, { connection: 'close' }).end('secret of the inner network');
  }).listen(0, host);
  await once(server, 'listening');
  ends.push(() => {
    server.closeAllConnections();
    return new Promise((done) => server.close(done));
  });
  return { seen, port: (server.address() as AddressInfo).port };
}

function openHttp(endpoint: string, networks?: string[], resolve?: Resolve) {
  const http = createBoardHttp(
    { endpoint, auth: { kind: 'none' } },
    { secret: () => '', ...(networks && { networks }) },
    resolve,
  );
  ends.push(http.close);
  return () => http.send({ method: 'GET', path: '' }, AbortSignal.timeout(20_000));
}

/** DNS that gives one answer after the other. */
const answering = (...answers: string[][]): Resolve & { asked: number } =>
  Object.assign(
    ((_host, _options, done) => {
      const answer = answers[Math.min(dns.asked++, answers.length - 1)] ?? [];
      done(
        null,
        answer.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 })),
      );
    }) as Resolve,
    { asked: 0 },
  ) as typeof dns;
let dns: Resolve & { asked: number };

describe('calls over HTTP', () => {
  test.each([
    ['http://127.0.0.1:PORT/', '127.0.0.1/32'],
    ['http://2130706433:PORT/', '127.0.0.1/32'],
    ['http://0x7f.1:PORT/', '127.0.0.1/32'],
    ['http://0.0.0.0:PORT/', '0.0.0.0/32'],
    ['http://[::1]:PORT/', '::1/128'],
    ['http://[::ffff:127.0.0.1]:PORT/', '127.0.0.1/32'],
    ['http://[64:ff9b::7f00:1]:PORT/', '127.0.0.1/32'],
    ['http://localhost:PORT/', '127.0.0.1/32'],
    ['http://169.254.169.254/latest/meta-data/', '169.254.169.254/32'],
    ['https://10.1.2.3/', '10.1.2.3/32'],
  ])('%s is not called, and the message says what to write', async (endpoint, network) => {
    const { seen, port } = await startBoard();
    const error = await openHttp(endpoint.replace('PORT', String(port)))().catch((e: unknown) => e);
    expect(error).toMatchObject({ kind: 'not_sent' });
    const { message } = error as Error;
    expect(message).toContain('board: { networks: ["');
    if (!endpoint.includes('localhost')) expect(message).toContain(`["${network}"]`);
    expect(toOutcome(error as never).kind).toBe('retry');
    expect(seen.requests).toBe(0);
  });

  test('what the message says to write opens the way', async () => {
    const { seen, port } = await startBoard();
    const error = (await openHttp(`http://127.0.0.1:${port}/`)().catch((e: unknown) => e)) as Error;
    const [, network = ''] = /networks: \["([^"]+)"\]/.exec(error.message) ?? [];
    expect((await openHttp(`http://127.0.0.1:${port}/`, [network])()).status).toBe(200);
    expect(seen.requests).toBe(1);
  });

  test('a name that means an inner address at the second look is not followed', async () => {
    const { seen, port } = await startBoard();
    // The first answer is public as far as the guard knows: 127.0.0.0/30 is allowed for the sake of a real server.
    dns = answering(['127.0.0.1'], ['127.0.0.9']);
    const send = openHttp(`http://board.example:${port}/`, ['127.0.0.0/30'], dns);
    expect((await send()).status).toBe(200);
    await expect(send()).rejects.toThrow(
      /board\.example \(127\.0\.0\.9\) is not called.*"127\.0\.0\.9\/32"/s,
    );
    expect(dns.asked).toBe(2);
    expect(seen.requests).toBe(1);
  });

  test('there is one look at the name: what was judged is what is connected to', async () => {
    const { seen, port } = await startBoard();
    // Were the name asked again for connecting, it would lead to the board.
    dns = answering(['192.0.2.7'], ['127.0.0.1']);
    await expect(openHttp(`http://board.example:${port}/`, [], dns)()).rejects.toThrow(
      '(192.0.2.7) is not called',
    );
    expect(dns.asked).toBe(1);
    expect(seen.requests).toBe(0);
  });

  test('of several addresses only the open ones are tried', async () => {
    const inner = await startBoard('127.0.0.9');
    dns = answering(['127.0.0.9', '127.0.0.1']);
    // Nothing listens on 127.0.0.1 at this port: with the other address, the call would have got through.
    await expect(
      openHttp(`http://board.example:${inner.port}/`, ['127.0.0.1/32'], dns)(),
    ).rejects.toMatchObject({
      kind: 'not_sent',
    });
    expect(inner.seen.requests).toBe(0);
  });

  test('a redirect is a reply like any other, wherever it leads', async () => {
    const inner = await startBoard('127.0.0.9');
    const board = await startBoard('127.0.0.1', `http://127.0.0.9:${inner.port}/`);
    const reply = await openHttp(`http://127.0.0.1:${board.port}/`, ['127.0.0.1/32'])();
    expect(reply.status).toBe(307);
    expect(inner.seen.requests).toBe(0);
  });
});

describe('sockets for drivers', () => {
  async function startServer() {
    const seen = { connections: 0 };
    const server = createTcpServer((socket) => {
      seen.connections++;
      socket.end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    ends.push(() => new Promise((done) => server.close(done)));
    return { seen, port: (server.address() as AddressInfo).port };
  }

  test.each(['127.0.0.1', 'localhost', '127.1', '::ffff:127.0.0.1'])(
    '%s is not connected to',
    async (host) => {
      const { seen, port } = await startServer();
      const socket = createGuardedSocket(createAddressGuard({}));
      const failed = once(socket, 'error');
      socket.connect(port, host);
      expect(String(await failed)).toContain('board: { networks: ["');
      expect(seen.connections).toBe(0);
    },
  );

  test('the path of a Unix socket is this machine', async () => {
    const socket = createGuardedSocket(createAddressGuard({}));
    const failed = once(socket, 'error');
    socket.connect('/run/postgresql/.s.PGSQL.5432');
    expect(String(await failed)).toContain('"127.0.0.1/32"');
  });

  test('a named network is open', async () => {
    const { seen, port } = await startServer();
    const socket = createGuardedSocket(createAddressGuard({ networks: ['127.0.0.0/8'] }));
    socket.connect(port, 'localhost').resume();
    await once(socket, 'close');
    expect(seen.connections).toBe(1);
  });
});

describe('where only some hosts may be called', () => {
  const lookUp = (hosts: string[], host: string, answers: string[]) => {
    dns = answering(answers);
    const guard = createAddressGuard({ networks: ['0.0.0.0/0'], reach: { hosts, paths: [] } }, dns);
    return new Promise<unknown>((resolve) => {
      guard.lookup(host, { all: true }, (error, found) => resolve(error ?? found));
    });
  };
  const refused = expect.objectContaining({ name: 'AddressRefused' });

  test.each<[string, string[], string, string[], unknown]>([
    [
      'a listed name',
      ['db.agency.example'],
      'DB.agency.example.',
      ['10.0.0.7'],
      [{ address: '10.0.0.7', family: 4 }],
    ],
    ['a name in a listed network', ['10.0.0.0/8'], 'db', ['10.0.0.7'], [{ address: '10.0.0.7', family: 4 }]],
    ['a name outside of it', ['10.0.0.0/8'], 'db', ['192.0.2.7'], refused],
    ['the public internet', ['10.0.0.0/8'], 'evil.example', ['93.184.216.34'], refused],
    [
      'only the addresses in it',
      ['10.0.0.0/8'],
      'db',
      ['1.1.1.1', '10.0.0.7'],
      [{ address: '10.0.0.7', family: 4 }],
    ],
  ])('%s', async (_what, hosts, host, answers, expected) => {
    expect(await lookUp(hosts, host, answers)).toEqual(expected);
  });

  test('a name that can be nothing of the list is not even looked up', async () => {
    expect(await lookUp(['db.agency.example'], 'secret-word.evil.example', ['10.0.0.7'])).toEqual(refused);
    expect(dns.asked).toBe(0);
  });

  test.each([
    ['10.0.0.7', true],
    ['11.0.0.7', false],
    ['::1', false],
  ])('the address %s', (address, isOpen) => {
    const guard = createAddressGuard({ reach: { hosts: ['10.0.0.0/8'], paths: [] } });
    if (isOpen) expect(() => guard.mustBeOpen(address)).not.toThrow();
    else expect(() => guard.mustBeOpen(address)).toThrow(/agent\.yaml.*allow: \{ hosts/);
  });
});
