import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { type Hub, startHub } from '../../../hub/app.ts';
import { readSettings } from '../../../hub/settings.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import type { Agency } from '../../../schemas/index.ts';
import { type DatabaseProxy, startDatabaseProxy } from '../../support/servers/database-proxy.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { configure } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { startWireBoards, toWireAgency, type WireBoards } from '../../support/wire-board.ts';
import { exportComplaint } from './open-doors.ts';
import { envelope } from './soap/calls.ts';
import { wsse } from './soap/signing.ts';

const callers = 80;
/** Requests that may wait on one connection (hub/http/server.ts). */
const mostPipelined = 16;

interface Request {
  method: string;
  path: string;
  type?: string;
  body?: string;
}

/** One way in, and the word in the statement for which its reply has to wait. */
interface Way {
  name: string;
  request: Request;
  reply?: RegExp;
  /** What a caller asks afterwards, where that is not the same. */
  afterwards?: Request;
  isOfAgent?: boolean;
  /** The place is not the agency's. */
  isOfAddress?: boolean;
}

const json = 'application/json';
const search = '<SearchComplaints xmlns="urn:minwon-hub:v1"><search/></SearchComplaints>';
const fetchChanges = (wait: number) =>
  `<FetchChanges xmlns="urn:minwon-hub:v1"><request><wait>${wait}</wait></request></FetchChanges>`;
const post = (path: string, type: string, body: string): Request => ({ method: 'POST', path, type, body });
const get = (path: string): Request => ({ method: 'GET', path });
const selfTest = post('/api/v1/self-test', json, '{}');

const ways: Way[] = [
  { name: 'REST, reading', request: get('/api/v1/complaints'), reply: /complaints/ },
  {
    name: 'REST, writing',
    request: post('/api/v1/complaints', json, JSON.stringify({ externalId: '1', content: exportComplaint })),
    // By the names of statements: a connection that knows one is not sent its text again.
    reply: /find-targets|save-decisions/,
  },
  {
    name: 'feed, long poll',
    request: get('/api/v1/changes?wait=30'),
    reply: /feed/,
    afterwards: get('/api/v1/changes'),
  },
  { name: 'SOAP', request: post('/soap/v1', 'text/xml', envelope(search)), reply: /complaints/ },
  {
    name: 'SOAP, MTOM',
    request: post(
      '/soap/v1',
      'multipart/related; boundary=b',
      `--b\r\nContent-Type: text/xml\r\n\r\n${envelope(search)}\r\n--b--\r\n`,
    ),
    reply: /complaints/,
  },
  {
    name: 'SOAP, long poll',
    request: post('/soap/v1', 'text/xml', envelope(fetchChanges(30))),
    reply: /feed/,
    afterwards: post('/soap/v1', 'text/xml', envelope(fetchChanges(0))),
  },
  {
    name: 'agent door, long poll',
    request: get('/agent/v1/changes?wait=30'),
    reply: /feed/,
    afterwards: get('/agent/v1/changes'),
    isOfAgent: true,
  },
  {
    name: 'package of the agent',
    request: get('/agent/v1/package'),
    afterwards: get('/agent/v1/changes'),
    isOfAgent: true,
  },
  { name: 'self-test', request: selfTest, isOfAddress: true },
];

interface Caller {
  key: string;
  address: string;
}

/** A request as the bytes of a connection. */
function toText({ method, path, type, body = '' }: Request, { key }: Pick<Caller, 'key'>): string {
  const head = [
    `${method} ${path} HTTP/1.1`,
    'host: hub',
    `authorization: Bearer ${key}`,
    `x-mark: ${seen.mark}`,
  ];
  if (type) head.push(`content-type: ${type}`, `content-length: ${Buffer.byteLength(body)}`);
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** What the server sees of the requests that bear the present mark. */
let seen = { mark: 0, replies: [] as ServerResponse[], left: 0 };
function beginToCount(): void {
  seen = { mark: seen.mark + 1, replies: [], left: 0 };
}
function watch(message: unknown): void {
  const { response } = message as { response: ServerResponse };
  const { req } = response;
  const mine = seen;
  if (req.headers['x-mark'] !== String(mine.mark)) return;
  mine.replies.push(response);
  req.socket.setMaxListeners(callers + 10);
  req.socket.once('close', () => {
    mine.left += 1;
  });
}

let boards: WireBoards;
let store: Store;
let proxy: DatabaseProxy;
let hub: Hub;
beforeAll(async () => {
  boards = await startWireBoards();
  const url = await createFreshDatabase();
  store = openStore(url, 4);
  proxy = await startDatabaseProxy('postgres', Number(new URL(url).port));
  const through = Object.assign(new URL(url), { hostname: '127.0.0.1', port: String(proxy.port) });
  await configure(store, listAgencies(), { rules: [], default: 'usual' });
  const settings = { DATABASE_URL: through.href, PORT: '0', ROLES: 'api', PLAIN_LOOPBACK: 'yes' };
  hub = await startHub(readSettings(settings), { log: pino({ level: 'silent' }) });
  subscribe('http.server.request.start', watch);
});
afterAll(async () => {
  unsubscribe('http.server.request.start', watch);
  proxy.letGo();
  await hub.stop();
  await proxy.close();
  await store.close();
  await boards.close();
});

/** Every try has an agency and an address to itself: what one leaves behind must not help or hinder another. */
let tries = 0;
const doors = { concurrency: 1 };
const numbers = Array.from({ length: 60 }, (_, number) => number);
const toPlain = (code: string): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '담당' }],
  feed: true,
});
function listAgencies(): Agency[] {
  const narrow = numbers.map((number) => ({ ...toPlain(`a${number}`), doors }));
  const near = numbers.map((number) => ({
    ...toWireAgency(boards, `near${number}`, { via: 'agent' }),
    doors,
  }));
  return [toPlain('usual'), ...narrow, ...near];
}
async function meet(isOfAgent = false, agency?: string): Promise<Caller> {
  const number = tries++;
  const code = agency ?? `${isOfAgent ? 'near' : 'a'}${number}`;
  const { key } = await createApiKey(store, code, null, isOfAgent ? ['agent'] : undefined);
  beginToCount();
  return { key, address: `127.0.1.${number + 1}` };
}

async function open({ address }: Caller): Promise<Socket> {
  const { port, hostname } = new URL(hub.url);
  const socket = connect({ port: Number(port), host: hostname, localAddress: address });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}
const openAll = (caller: Caller, count = callers) =>
  Promise.all(Array.from({ length: count }, () => open(caller)));

async function leave(sockets: Socket[], begun: number): Promise<void> {
  await waitFor(`${begun} requests to be seen`, () => seen.replies.length === begun);
  for (const socket of sockets) socket.resetAndDestroy();
  await waitFor('the server to see that they have gone', () => seen.left === begun);
}

async function ask(request: Request, caller: Caller): Promise<string> {
  const socket = await open(caller);
  socket.write(toText(request, caller));
  // To go out of the loop ends the connection.
  for await (const beginning of socket) return String(beginning);
  return '';
}
/** A slot may be asked for again after a fifth of a second. Whoever is locked out for good gets none ever. */
async function mustBeServed({ request, afterwards = request }: Way, caller: Caller): Promise<void> {
  await waitFor(`a reply with 2xx to ${afterwards.path}`, async () =>
    /^HTTP\/1\.1 2\d\d /.test(await ask(afterwards, caller)),
  );
}

/** All of them are under way and wait for the same statement; then they leave, and it goes on. */
async function leaveAt(statement: RegExp, text: string, caller: Caller, count = callers): Promise<void> {
  proxy.holdBefore = statement;
  const sockets = await openAll(caller, count);
  for (const socket of sockets) socket.write(text);
  await waitFor('a statement that waits', () => proxy.held > 0);
  await leave(sockets, count);
  proxy.letGo();
  await allAreDone();
}
/** Nobody hears these replies any more; but what they took is taken by now. */
const allAreDone = () =>
  waitFor('all to be done with', () => seen.replies.every(({ writableEnded }) => writableEnded));

describe.each(ways)('$name: nobody is locked out by callers who leave', (way) => {
  const { request, isOfAgent, isOfAddress, reply } = way;

  it('before their heads are there', async () => {
    const caller = await meet(isOfAgent);
    for (const socket of await openAll(caller)) {
      socket.write(toText(request, caller).slice(0, 60));
      socket.resetAndDestroy();
    }
    await mustBeServed(way, caller);
  });

  it.runIf(request.body !== undefined)('after the head, and in the body', async () => {
    const caller = await meet(isOfAgent);
    const text = toText(request, caller);
    for (const [round, length] of [text.indexOf('\r\n\r\n') + 4, text.length - 1].entries()) {
      const sockets = await openAll(caller, 40);
      for (const socket of sockets) socket.write(text.slice(0, length));
      await leave(sockets, 40 * (round + 1));
    }
    await mustBeServed(way, caller);
  });

  it.skipIf(isOfAddress)('while their key is looked up', async () => {
    const caller = await meet(isOfAgent);
    await leaveAt(/from api_keys/, toText(request, caller), caller);
    await mustBeServed(way, caller);
  });

  it('while slots and requests are leased', async () => {
    const caller = await meet(isOfAgent);
    // The key is known from here on, and nothing is leased for its agency.
    if (!isOfAddress) await ask(selfTest, { ...caller, address: '127.0.2.1' });
    beginToCount();
    // More than sixty in a minute are told to wait for the next minute: no place is in question there.
    await leaveAt(/door_windows/, toText(request, caller), caller, isOfAddress ? 40 : callers);
    await mustBeServed(way, caller);
  });

  it.runIf(reply)('while they wait for their reply', async () => {
    const caller = await meet(isOfAgent);
    await leaveAt(reply ?? /./, toText(request, caller), caller);
    await mustBeServed(way, caller);
  });
});

it('eighty callers who leave take none of the usual sixty-four slots with them', async () => {
  const caller = await meet(false, 'usual');
  const way = { name: '', request: get('/api/v1/complaints') };
  await leaveAt(/from api_keys/, toText(way.request, caller), caller);
  await mustBeServed(way, caller);
});

it('a request that waits behind another one of its connection gives its slot back, too', async () => {
  const first = await meet(false, 'usual');
  const caller = await meet();
  const way = { name: '', request: get('/api/v1/changes?wait=30'), afterwards: get('/api/v1/changes') };
  // As many on each connection as may wait there.
  const sockets = await Promise.all(Array.from({ length: callers / mostPipelined }, () => open(caller)));
  for (const socket of sockets)
    socket.write(toText(way.request, first) + toText(way.request, caller).repeat(mostPipelined - 1));
  await waitFor('all but those that wait for changes', () => {
    const open = seen.replies.filter(({ writableEnded }) => !writableEnded);
    return seen.replies.length === callers && open.length === sockets.length + 1;
  });
  for (const socket of sockets) socket.resetAndDestroy();
  await mustBeServed(way, caller);
});

it('strangers with large bodies who leave take no places with them', async () => {
  const { key, address } = await meet();
  const unknown = `mwk_${'x'.repeat(43)}`;
  const large = post('/soap/v1', 'text/xml', envelope(search).padEnd(100_000));
  const [head = ''] = toText(large, { key: unknown }).split('\r\n\r\n');
  await leaveAt(/from api_keys/, `${head}\r\n\r\n`, { key: unknown, address });
  const token = `<w:Security xmlns:w="${wsse}"><w:UsernameToken><w:Username>a${tries - 1}</w:Username><w:Password>${key}</w:Password></w:UsernameToken></w:Security>`;
  const request = post('/soap/v1', 'text/xml', envelope(search, token).padEnd(100_000));
  await mustBeServed({ name: '', request }, { key: '', address });
});
