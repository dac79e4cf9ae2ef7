import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import type { SqlSettings } from '../../../adapters/sql/config.ts';
import { sqlAdapter } from '../../../adapters/sql/index.ts';
import { readSqlAgency } from '../conformance/sql-fixture.ts';

const agency = await readSqlAgency();
const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

/** An adapter for a server that greets like this, or not at all. */
async function connect(
  dialect: SqlSettings['dialect'],
  greet: (socket: Socket) => void,
  change: object = {},
  networks = ['127.0.0.0/8'],
) {
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket.on('error', () => undefined));
    greet(socket);
  }).listen(0, '127.0.0.1');
  await new Promise((done) => server.once('listening', done));
  const { port } = server.address() as AddressInfo;
  const settings = { ...agency.board!.settings, dialect, port, ...change };
  const adapter = sqlAdapter.create(settings, {
    agency: 'a',
    timeZone: 'Asia/Seoul',
    networks,
    secret: () => 'db-secret',
  });
  ends.push(async () => {
    await adapter.close();
    for (const socket of open) socket.destroy();
    await new Promise((done) => server.close(done));
  });
  return adapter;
}

describe.each(['mysql', 'postgres'] as const)('%s', (dialect) => {
  test.each([
    ['never says a word', () => undefined, 'unreachable'],
    ['hangs up', (socket: Socket) => socket.destroy(), 'unreachable'],
    [
      'is a web server',
      (socket: Socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n<html>'),
      'unreachable',
    ],
  ])('a server that %s', async (_what, greet, kind) => {
    const adapter = await connect(dialect, greet as (socket: Socket) => void);
    const started = performance.now();
    await expect(adapter.pull!(undefined, AbortSignal.timeout(300))).rejects.toMatchObject({
      kind: expect.stringMatching(`${kind}|malformed`),
    });
    const push = { key: 'k', signal: AbortSignal.timeout(300) };
    const outcome = await adapter.push!(toChange(samples.registered), push);
    expect(['retry', 'unknown']).toContain(outcome.kind);
    expect(performance.now() - started).toBeLessThan(2000);
    expect((await adapter.check(AbortSignal.timeout(300))).ok).toBe(false);
  });

  test('nobody listens: nothing was sent', async () => {
    const adapter = await connect(dialect, () => undefined, { port: 1 });
    await expect(adapter.pull!(undefined, AbortSignal.timeout(3000))).rejects.toMatchObject({
      kind: 'unreachable',
    });
    const push = { key: 'k', signal: AbortSignal.timeout(3000) };
    expect(await adapter.push!(toChange(samples.registered), push)).toMatchObject({ kind: 'retry' });
  });

  test('a server in a network that the agency has not named is not connected to', async () => {
    let connections = 0;
    const adapter = await connect(dialect, () => connections++, { host: 'localhost' }, ['10.0.0.0/8']);
    await expect(adapter.pull!(undefined, AbortSignal.timeout(3000))).rejects.toThrow(
      /localhost \(.*\) is not called.*networks: \["(127.0.0.1\/32|::1\/128)"\]/,
    );
    const push = { key: 'k', signal: AbortSignal.timeout(3000) };
    expect(await adapter.push!(toChange(samples.registered), push)).toMatchObject({ kind: 'retry' });
    expect(connections).toBe(0);
  });

  test('a certificate that cannot be read', async () => {
    const unread = await connect(dialect, () => undefined, { tls: { ca: '/nowhere/ca.pem' } });
    const push = { key: 'k', signal: AbortSignal.timeout(3000) };
    expect(await unread.push!(toChange(samples.registered), push)).toMatchObject({ kind: 'refused' });
  });
});
