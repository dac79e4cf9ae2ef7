import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lifetimeOf } from '../../../hub/http/request-lifetime.ts';

const server = createServer();
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

/** One request that is under way, and how its caller leaves. */
async function begin(): Promise<{ raw: ServerResponse; leave(): Promise<void> }> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.write('GET / HTTP/1.1\r\nhost: a\r\n\r\n');
  const [, raw] = (await once(server, 'request')) as [unknown, ServerResponse];
  const closed = once(raw, 'close');
  return {
    raw,
    async leave() {
      socket.resetAndDestroy();
      await closed;
    },
  };
}

it('gives back once when the caller leaves, or when the reply is out', async () => {
  const gone = await begin();
  const answered = await begin();
  const given: string[] = [];
  for (const [name, { raw }] of Object.entries({ gone, answered }))
    lifetimeOf({ raw }).atEnd(() => given.push(name));
  await gone.leave();
  expect(given).toEqual(['gone']);
  const closed = once(answered.raw, 'close');
  answered.raw.end();
  await closed;
  expect(given).toEqual(['gone', 'answered']);
  await answered.leave();
  expect(given).toEqual(['gone', 'answered']);
});

it('gives back at once what is taken for a caller who has left, asked for before or after', async () => {
  const given: string[] = [];
  const before = await begin();
  const lifetime = lifetimeOf(before);
  await before.leave();
  lifetime.atEnd(() => given.push('asked before'));
  const after = await begin();
  await after.leave();
  lifetimeOf(after).atEnd(() => given.push('asked after'));
  expect(given).toEqual(['asked before', 'asked after']);
  expect([lifetime.ended.aborted, lifetimeOf(after).ended.aborted]).toEqual([true, true]);
});
