import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import type { Hub } from '../../../hub/app.ts';
import { createContentStore } from '../../../hub/attachments/content-store.ts';
import { openDiskStore } from '../../../hub/attachments/disk-store.ts';
import type { Agency } from '../../../schemas/index.ts';
import { sha256 as digest, pdf } from '../../support/sample-files.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { toWireAgency, type WireBoards } from '../../support/wire-board.ts';
import { say } from '../doors/agent/agent-client.ts';
import { call } from '../doors/call.ts';
import { exportComplaint } from '../doors/open-doors.ts';
import { envelope } from '../doors/soap/calls.ts';

const size = 100_000;
const agency = (code: string, attachments?: Agency['attachments']): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '담당' }],
  ...(attachments && { attachments }),
});

/** No board of an agent is called from here. */
const unused = { url: 'http://127.0.0.1:9' } as WireBoards;

let folder: string;
let hub: TestHub;
let other: Hub;
let key: Record<string, string>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-quota-'));
  const agencies = [
    agency('many', { maxUnnamedCount: 3 }),
    agency('large', { maxBytes: size, maxUnnamedBytes: 3.5 * size }),
    agency('usual'),
    { ...toWireAgency(unused, 'near', { via: 'agent' }), attachments: { maxUnnamedCount: 1 } },
  ];
  const routing = { rules: [], default: 'usual' };
  hub = await startTestHub(agencies, routing, {
    ROLES: 'api',
    ATTACHMENTS_DIR: folder,
    PLAIN_LOOPBACK: 'yes',
  });
  other = await hub.startAnother();
  const made = agencies.map(async ({ code }) => {
    const scopes = code === 'near' ? (['agent'] as const) : undefined;
    return [code, (await createApiKey(hub.store, code, null, scopes)).key] as const;
  });
  key = Object.fromEntries(await Promise.all(made));
});
afterEach(() => hub.store.pool.query('delete from uploads'));
afterAll(async () => {
  await other.stop();
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

const send = (code: string, at: { url: string } = hub, content: BodyInit = new Uint8Array(pdf(size))) =>
  fetch(`${at.url}/api/v1/attachments?name=a.pdf`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key[code]}` },
    body: content,
    ...(content instanceof ReadableStream && { duplex: 'half' }),
  } as RequestInit);
const statusesOf = async (sent: Promise<Response>[]) => (await Promise.all(sent)).map(({ status }) => status);
const times = (count: number, code: string) => Array.from({ length: count }, () => send(code));

describe('files that nothing names yet', () => {
  it('are of a certain number; what is named, or a day old, makes room', async () => {
    expect(await statusesOf(times(3, 'many'))).toEqual([201, 201, 201]);
    const refused = await send('many');
    expect(refused.status).toBe(429);
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThan(86_000);
    expect(wait).toBeLessThanOrEqual(86_400);
    expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('3 files and 1024 MB') });
    expect((await send('usual')).status).toBe(201);

    const [{ id }] = (await hub.store.pool.query("select id from uploads where agency = 'many' limit 1"))
      .rows;
    const content = { ...exportComplaint, attachments: [{ id, name: 'a.pdf' }] };
    const registered = await call(hub, key.many, 'POST', '/complaints', { externalId: 'names-one', content });
    expect(registered.status).toBe(201);
    expect((await send('many')).status).toBe(201);
    expect((await send('many')).status).toBe(429);
    // The same call again is still right about its file.
    const again = await call(hub, key.many, 'POST', '/complaints', { externalId: 'names-one', content });
    expect(again.status).toBe(200);

    await hub.store.pool.query("update uploads set created_at = now() - interval '25 hours'");
    await createContentStore(hub.store, openDiskStore(folder)).sweep();
    expect((await send('many')).status).toBe(201);
  });

  it('are of certain bytes, over two processes together and to the byte', async () => {
    const sent = Array.from({ length: 12 }, (_, n) => send('large', n % 2 ? other : hub));
    const statuses = await statusesOf(sent);
    expect(statuses.filter((status) => status === 201)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(9);
  });

  it('count while they come, and no more when their sender has left', async () => {
    const never = new AbortController();
    const coming = Array.from({ length: 3 }, () => {
      const slow = new ReadableStream({ start: (controller) => controller.enqueue(pdf(1000)) });
      const init = { method: 'POST', body: slow, duplex: 'half', signal: never.signal };
      const headers = { authorization: `Bearer ${key.large}` };
      return fetch(`${hub.url}/api/v1/attachments?name=a.pdf`, { ...init, headers } as RequestInit);
    });
    const ended = Promise.allSettled(coming);
    const count = async () =>
      Number((await hub.store.pool.query('select count(*) from uploads')).rows[0].count);
    await waitFor('three reservations', async () => (await count()) === 3);
    expect((await send('large', other)).status).toBe(429);
    never.abort();
    await ended;
    await waitFor('no reservation', async () => (await count()) === 0);
    expect((await send('large')).status).toBe(201);
  });

  it('are as many at the SOAP door', async () => {
    expect(await statusesOf(times(3, 'many'))).toEqual([201, 201, 201]);
    const content = pdf(1000);
    const body = `<PutAttachment xmlns="urn:minwon-hub:v1"><name>a.pdf</name><content>${content.toString('base64')}</content><sha256>${digest(content)}</sha256></PutAttachment>`;
    const reply = await fetch(`${hub.url}/soap/v1`, {
      method: 'POST',
      headers: { 'content-type': 'text/xml', authorization: `Bearer ${key.many}` },
      body: envelope(body),
    });
    expect(await reply.text()).toContain('<code>too-many-requests</code>');
    expect(Number(reply.headers.get('retry-after'))).toBeGreaterThan(86_000);
  });

  it('are bounded at the agent door, and the file that was asked for comes later', async () => {
    const { pool } = hub.store;
    const id = randomUUID();
    const ask = { what: 'file', reference: { name: 'a.pdf' }, externalId: '1' };
    await pool.query(
      "insert into agent_asks (id, agency, ask, expires_at) values ($1, 'near', $2, now() + interval '1 hour')",
      [id, JSON.stringify(ask)],
    );
    await pool.query(
      "insert into uploads (id, agency, name) values (gen_random_uuid(), 'near', 'still-coming.pdf')",
    );
    const put = () => say(hub, key.near, 'PUT', `/asks/${id}/content`, new Uint8Array(pdf()));
    expect(await put()).toMatchObject({ status: 429, body: { detail: expect.stringContaining('1 files') } });
    await pool.query('delete from uploads');
    expect((await put()).status).toBe(204);
    // Until a complaint holds it, it counts: an agent cannot send one content after the other for one ask.
    expect((await put()).status).toBe(429);
  });

  it('a second content for a file that was named without one counts, too', async () => {
    const content = { ...exportComplaint, attachments: [{ name: 'later.pdf' }] };
    const { body } = await call<{ receiptNumber: string }>(hub, key.many, 'POST', '/complaints', {
      externalId: 'later',
      content,
    });
    const path = `/api/v1/complaints/${body.receiptNumber}/attachments`;
    const headers = { authorization: `Bearer ${key.many}` };
    const { attachments } = await (await fetch(hub.url + path, { headers })).json();
    const supply = async (file: Buffer) => {
      const init = { method: 'PUT', headers, body: new Uint8Array(file) };
      return (await fetch(`${hub.url}${path}/${attachments[0].id}`, init)).status;
    };
    const first = pdf(1000);
    expect([await supply(first), await supply(first)]).toEqual([204, 204]);
    expect([await supply(pdf()), await supply(pdf()), await supply(pdf())]).toEqual([404, 404, 404]);
    expect(await supply(pdf())).toBe(429);
  });
});
