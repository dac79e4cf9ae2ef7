import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import { request } from 'undici';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call } from './call.ts';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';

let doors: OpenDoors;
let path = '';
beforeAll(async () => {
  doors = await openDoors();
  const value = {
    externalId: 'http',
    content: { ...exportComplaint, body: '자세한 내용입니다. '.repeat(200) },
  };
  const { body } = await call<{ receiptNumber: string }>(
    doors,
    doors.keys.alpha,
    'POST',
    '/complaints',
    value,
  );
  path = `/complaints/${body.receiptNumber}`;
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

/** Undici's request sends and gives what stands on the wire; fetch would undo codings. */
async function send(
  method: string,
  at: string,
  headers: Record<string, string> = {},
  body?: string | Buffer,
) {
  const reply = await request(`${doors.url}${at.replace('ONE', `/api/v1${path}`)}`, {
    method: method as 'GET',
    headers: { authorization: `Bearer ${doors.keys.alpha}`, ...headers },
    ...(body !== undefined && { body }),
  });
  const bytes = Buffer.from(await reply.body.arrayBuffer());
  const json = () => JSON.parse(bytes.toString()) as Record<string, unknown>;
  return { status: reply.statusCode, headers: reply.headers, bytes, json };
}
const json = { 'content-type': 'application/json' };

describe('conditional requests (RFC 9110, 13.1)', () => {
  it.each([
    ['as it was read', '"2"', 304],
    ['made weak by a proxy', 'W/"2"', 304],
    ['in a list', '"99" , W/"1",\t"2"', 304],
    ['with the coding that Apache adds', '"2-gzip"', 304],
    ['any', '*', 304],
    ['another', '"1", "3"', 200],
    ['of another origin, with a comma inside', '"a,2"', 200],
    ['without quotes', '2', 400],
    ['with something behind it', '"2" x', 400],
  ])('If-None-Match %s: %s', async (_what, tag, status) => {
    expect((await send('GET', 'ONE', { 'if-none-match': tag })).status).toBe(status);
    expect((await send('HEAD', 'ONE', { 'if-none-match': tag })).status).toBe(status);
  });

  it.each([
    ['as it was read', '"NOW"', 201],
    ['made weak by a proxy', 'W/"NOW"', 201],
    ['in a list', '"99", "NOW"', 201],
    ['any', '*', 201],
    ['older', 'W/"1", "1"', 412],
    ['of another origin', '"33a64df551425fcc"', 412],
    ['without quotes', 'NOW', 400],
  ])('If-Match %s: %s', async (what, tag, status) => {
    const now = (await send('GET', 'ONE')).json().lastSeq;
    const headers = { ...json, 'if-match': tag.replace('NOW', String(now)) };
    const body = JSON.stringify({ text: `추가 질문: ${what}` });
    expect((await send('POST', 'ONE/follow-ups', headers, body)).status).toBe(status);
  });
});

describe('codings', () => {
  const gzip = { 'content-encoding': 'gzip' };
  const batch = (title: string) =>
    JSON.stringify({
      items: [
        {
          operation: 'registerComplaint',
          value: { externalId: title, content: { ...exportComplaint, title } },
        },
      ],
    });

  it('JSON comes compressed to those who take it, with a tag of its own', async () => {
    const plain = await send('GET', 'ONE');
    const coded = await send('GET', 'ONE', { 'accept-encoding': 'br, gzip;q=0.5' });
    expect(plain.headers).toMatchObject({ vary: 'accept-encoding' });
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(coded.headers).toMatchObject({ vary: 'accept-encoding', 'content-encoding': 'gzip' });
    expect(coded.bytes.length).toBeLessThan(plain.bytes.length / 2);
    expect(gunzipSync(coded.bytes)).toEqual(plain.bytes);
    expect(coded.headers.etag).toBe(String(plain.headers.etag).replace(/"$/, '-gzip"'));
    const again = await send('GET', 'ONE', {
      'accept-encoding': 'gzip',
      'if-none-match': String(coded.headers.etag),
    });
    expect([again.status, again.headers.etag]).toEqual([304, coded.headers.etag]);
    for (const refused of ['gzip;q=0', 'identity', 'br'])
      expect((await send('GET', 'ONE', { 'accept-encoding': refused })).bytes).toEqual(plain.bytes);
  });

  it('JSON may be sent compressed; its digest is that of what was sent', async () => {
    const body = gzipSync(batch('압축'));
    const digest = (bytes: Buffer) => ({
      'content-digest': `sha-256=:${createHash('sha256').update(bytes).digest('base64')}:`,
    });
    const right = await send('POST', '/api/v1/batches', { ...json, ...gzip, ...digest(body) }, body);
    expect([right.status, right.json()]).toMatchObject([200, { results: [{ status: 201 }] }]);
    const wrong = { ...json, ...gzip, ...digest(Buffer.from(batch('압축'))) };
    expect((await send('POST', '/api/v1/batches', wrong, body)).status).toBe(400);
  });

  it('a small body that would become a large one is refused before it does', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, 0x20), { level: 9 });
    expect(bomb.length).toBeLessThan(70_000);
    const before = process.memoryUsage().arrayBuffers;
    expect((await send('POST', 'ONE/follow-ups', { ...json, ...gzip }, bomb)).status).toBe(413);
    expect((await send('POST', '/api/v1/batches', { ...json, ...gzip }, bomb)).status).toBe(413);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40 * 1024 * 1024);
  });

  it('what is no gzip, and a coding that is not taken, is told', async () => {
    const lie = await send('POST', '/api/v1/batches', { ...json, ...gzip }, '{}');
    expect(lie.json()).toMatchObject({ status: 400, type: 'urn:minwon-hub:problem:malformed' });
    for (const coding of ['br', 'gzip, gzip', 'deflate']) {
      const refused = await send('POST', '/api/v1/batches', { ...json, 'content-encoding': coding }, '{}');
      expect(refused.json()).toMatchObject({
        status: 415,
        type: 'urn:minwon-hub:problem:unsupported-encoding',
      });
      expect(refused.headers['accept-encoding']).toBe('gzip');
    }
    const file = await send('POST', '/api/v1/attachments?name=a.txt', gzip, gzipSync('본문'));
    expect([file.status, file.headers['accept-encoding']]).toEqual([415, 'identity']);
  });
});

describe('methods', () => {
  it.each([
    ['DELETE', 'ONE', 'GET, HEAD, OPTIONS'],
    ['PATCH', 'ONE', 'GET, HEAD, OPTIONS'],
    ['GET', 'ONE/answers', 'OPTIONS, POST'],
    ['HEAD', 'ONE/answers', 'OPTIONS, POST'],
    ['POST', 'ONE/status', 'OPTIONS, PUT'],
    ['PUT', '/api/v1/complaints', 'GET, HEAD, OPTIONS, POST'],
    ['DELETE', '/api/v1', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/agent/v1/changes', 'GET, HEAD, OPTIONS'],
  ])('%s %s is 405 with Allow (RFC 9110, 15.5.6)', async (method, at, allow) => {
    const reply = await send(method, at, { ...json, authorization: '' }, method === 'PUT' ? '{' : undefined);
    expect([reply.status, reply.headers.allow]).toEqual([405, allow]);
    if (method !== 'HEAD') expect(reply.json().type).toBe('urn:minwon-hub:problem:method-not-allowed');
    const asked = await send('OPTIONS', at);
    expect([asked.status, asked.headers.allow, asked.bytes.length]).toEqual([204, allow, 0]);
  });

  it('HEAD tells of a complaint and a file what GET would', async () => {
    const [got, head] = [await send('GET', 'ONE'), await send('HEAD', 'ONE')];
    expect(head.headers).toMatchObject({ etag: got.headers.etag, 'content-length': `${got.bytes.length}` });
    expect([head.status, head.bytes.length]).toEqual([200, 0]);
  });

  it.each(['/api', '/api/', '/api/v2/complaints', '/api/v1/nothing'])(
    'what is not at %s is told as a problem',
    async (at) => {
      const reply = await send('GET', at);
      expect([reply.status, reply.headers['content-type']]).toEqual([
        404,
        'application/problem+json; charset=utf-8',
      ]);
    },
  );

  it('the address of the door says where its descriptions are', async () => {
    const { status, headers, json: read } = await send('GET', '/api/v1');
    expect(status).toBe(200);
    expect(headers.link).toContain('rel="service-desc"');
    expect((await fetch(read().openapi as string)).status).toBe(200);
  });
});

describe('a request has a name', () => {
  const traceId = '4bf92f3577b34da6a3ce929d0e0e4736';

  it("the caller's own, in the reply and in a problem", async () => {
    const { headers, json: read } = await send('GET', '/api/v1/complaints?colour=red', {
      'x-request-id': 'kotra.2026-77',
    });
    expect(headers['x-request-id']).toBe('kotra.2026-77');
    expect(read().instance).toBe('urn:minwon-hub:request:kotra.2026-77');
  });

  it('goes on with the trace of W3C Trace Context', async () => {
    const { headers } = await send('GET', 'ONE', { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    expect(headers['x-request-id']).toBe(traceId);
    expect(headers.traceparent).toMatch(new RegExp(`^00-${traceId}-(?!00f067aa0ba902b7)[0-9a-f]{16}-01$`));
  });

  it.each([
    ['no trace', {}],
    ['zeros', { traceparent: `00-${'0'.repeat(32)}-00f067aa0ba902b7-01` }],
    ['no span', { traceparent: `00-${traceId}-${'0'.repeat(16)}-01` }],
    ['version ff', { traceparent: `ff-${traceId}-00f067aa0ba902b7-01` }],
    ['too much', { traceparent: `00-${traceId}-00f067aa0ba902b7-01-x` }],
    ['a line break for the log', { 'x-request-id': 'a%0Ab c' }],
  ])('a new one for %s', async (_what, headers) => {
    const [one, other] = [await send('GET', 'ONE', headers), await send('GET', 'ONE', headers)];
    expect(one.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
    expect(one.headers['x-request-id']).not.toBe(other.headers['x-request-id']);
    expect(one.headers.traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-00$/);
    expect(one.headers.traceparent).not.toContain(traceId);
  });

  it('a later version of the header is read as far as it is known', async () => {
    const { headers } = await send('GET', 'ONE', { traceparent: `01-${traceId}-00f067aa0ba902b7-01-more` });
    expect(headers.traceparent).toContain(traceId);
  });
});

describe('a file', () => {
  const upload = (body: string, headers: Record<string, string> = {}) =>
    send('POST', `/api/v1/attachments?name=${encodeURIComponent('계획서.txt')}`, headers, body);

  it.each(['{}', 'null', '[object Blob]', '[object Object]'])(
    'that a program wrote as %s is refused: it is lost',
    async (text) => {
      const reply = await upload(text, { 'content-type': 'application/octet-stream' });
      expect([reply.status, reply.json()]).toMatchObject([
        422,
        { errors: [{ message: /wrote the file as JSON/ }] },
      ]);
    },
  );

  it('may be short, and say what these say in more words', async () => {
    for (const text of ['네.', '{"a":1}', 'null 값입니다'])
      expect((await upload(text, { 'content-type': 'text/plain' })).json()).toMatchObject({
        size: Buffer.byteLength(text),
      });
  });

  it('of a range of media types is refused (RFC 9110, 8.3.1)', async () => {
    expect((await upload('본문', { 'content-type': '*/*' })).status).toBe(415);
  });
});
