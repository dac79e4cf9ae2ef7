import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pdf, program, sha256 } from '../../support/sample-files.ts';
import { waitFor } from '../../support/wait-for.ts';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

type Agency = keyof OpenDoors['keys'];

function call(agency: Agency, method: string, path: string, body?: BodyInit | null, headers = {}) {
  const authorization = `Bearer ${doors.keys[agency]}`;
  const init = { method, headers: { authorization, ...headers }, duplex: 'half', ...(body && { body }) };
  return fetch(`${doors.url}/api/v1${path}`, init as RequestInit);
}
const bytes = (content: Buffer) => new Uint8Array(content);
const send = async (agency: Agency, name: string, content: Buffer, headers = {}) => {
  const path = `/attachments?name=${encodeURIComponent(name)}`;
  const response = await call(agency, 'POST', path, bytes(content), headers);
  // biome-ignore lint/suspicious/noExplicitAny: what comes is judged by the test
  return { status: response.status, body: (await response.json()) as any };
};
const register = async (externalId: string, attachments: object[]) => {
  const body = JSON.stringify({ externalId, content: { ...exportComplaint, attachments } });
  const response = await call('alpha', 'POST', '/complaints', body, { 'content-type': 'application/json' });
  // biome-ignore lint/suspicious/noExplicitAny: what comes is judged by the test
  return { status: response.status, body: (await response.json()) as any };
};
const list = async (agency: Agency, receiptNumber: string) => {
  const response = await call(agency, 'GET', `/complaints/${receiptNumber}/attachments`);
  // biome-ignore lint/suspicious/noExplicitAny: what comes is judged by the test
  return ((await response.json()) as any).attachments;
};
const digestOf = (content: Buffer) => `sha-256=:${createHash('sha256').update(content).digest('base64')}:`;

describe('a file that is sent first', () => {
  it('and breaks off is given up, and no fault of the hub', async () => {
    const count = async () => {
      const { rows } = await doors.store.pool.query("select 1 from uploads where name = 'broken-off.pdf'");
      return rows.length;
    };
    const { port, hostname } = new URL(doors.url);
    const socket = connect(Number(port), hostname);
    socket.write(
      `POST /api/v1/attachments?name=broken-off.pdf HTTP/1.1\r\nhost: hub\r\n` +
        `authorization: Bearer ${doors.keys.alpha}\r\ncontent-length: 5000\r\n\r\n%PDF-1.7`,
    );
    await waitFor('its room is taken', async () => (await count()) === 1);
    socket.destroy();
    await waitFor('its room is given back', async () => (await count()) === 0);
    // Whatever is logged of it comes after that.
    await call('alpha', 'GET', '/changes').then((reply) => reply.text());
    expect(doors.errors).toEqual([]);
  });

  it('is kept under the last part of its name, whoever names it, and told so', async () => {
    const evil = '..\\../\u202e첨부\r\n서류.pdf';
    const upload = await send('alpha', evil, pdf(5000));
    expect(upload).toMatchObject({ status: 201, body: { name: '첨부서류.pdf' } });
    const { body: receipt } = await register('evil name', [{ id: upload.body.id, name: evil }]);
    const [file] = await list('beta', receipt.receiptNumber);
    expect(file).toMatchObject({ name: '첨부서류.pdf', state: 'held' });
    const got = await call('beta', 'GET', `/complaints/${receipt.receiptNumber}/attachments/${file.id}`);
    expect(got.headers.get('content-disposition')).not.toMatch(/\.\.|%0D|%E2%80%AE/i);
    await got.arrayBuffer();
    const read = await call('beta', 'GET', `/complaints/${receipt.receiptNumber}`);
    expect(await read.json()).toMatchObject({ content: { attachments: [{ name: '첨부서류.pdf' }] } });
  });

  it('is named by its id, and read by the agency that answers, byte for byte, under its Korean name', async () => {
    const content = pdf(2_000_000);
    const upload = await send('alpha', '사업자 등록증.pdf', content, { 'content-digest': digestOf(content) });
    expect(upload).toMatchObject({
      status: 201,
      body: {
        name: '사업자 등록증.pdf',
        size: 2_000_000,
        sha256: sha256(content),
        mediaType: 'application/pdf',
      },
    });
    const { id, name } = upload.body;
    const { body: receipt } = await register('sent-first', [{ id, name }]);
    const [file, ...others] = await list('beta', receipt.receiptNumber);
    expect(others).toEqual([]);
    expect(file).toMatchObject({ event: 1, agency: 'alpha', state: 'held', size: 2_000_000 });
    const got = await call('beta', 'GET', `/complaints/${receipt.receiptNumber}/attachments/${file.id}`);
    expect(sha256(Buffer.from(await got.arrayBuffer()))).toBe(sha256(content));
    expect(Object.fromEntries(got.headers)).toMatchObject({
      'content-type': 'application/pdf',
      'content-length': '2000000',
      'x-content-type-options': 'nosniff',
      'repr-digest': digestOf(content),
    });
    // RFC 8187, 3.2.3: UTF-8 percent-encoded, worked out by hand from the syllables' code points.
    expect(got.headers.get('content-disposition')).toContain(
      "filename*=UTF-8''%EC%82%AC%EC%97%85%EC%9E%90%20%EB%93%B1%EB%A1%9D%EC%A6%9D.pdf",
    );
  });

  it('is not taken when it is not what it is said to be', async () => {
    const content = pdf();
    expect(await send('alpha', 'a.pdf', content, { 'content-digest': digestOf(pdf()) })).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('SHA-256') },
    });
    expect(await send('alpha', 'a.pdf', program())).toMatchObject({
      status: 422,
      body: { detail: expect.stringContaining('application/x-msdownload') },
    });
    expect(await send('alpha', 'a.exe', program())).toMatchObject({ status: 422 });
    expect(await send('alpha', '', content)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/name' }] },
    });
  });

  it('is refused with 413 as soon as it is too large, and the caller hears it', async () => {
    const huge = new ReadableStream({
      start: (controller) => controller.enqueue(Buffer.from('%PDF-1.7\n')),
      pull: (controller) => controller.enqueue(Buffer.alloc(1024 * 1024)),
    });
    const response = await call('alpha', 'POST', '/attachments?name=endless.pdf', huge);
    expect(response.status).toBe(413);
    expect(await response.json()).toMatchObject({ detail: 'the file is larger than 30 MB' });
  });

  it('of another agency, or of none, cannot be named', async () => {
    const { body: foreign } = await send('gamma', 'b.pdf', pdf());
    for (const id of [foreign.id, 'nothing'])
      expect(await register(`foreign-${id}`, [{ id, name: 'b.pdf' }])).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: '/content/attachments/0/id' }] },
      });
    expect(await register('program', [{ name: 'c.exe' }])).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/content/attachments/0/name' }] },
    });
  });
});

describe('a file that is no upload of the agency', () => {
  it.each([
    ['beta', 'POST', 'answers', { text: '답변' }],
    ['beta', 'POST', 'interim-answers', { text: '중간 회신' }],
    ['alpha', 'POST', 'follow-ups', { text: '질의' }],
    ['alpha', 'PUT', 'content', exportComplaint],
  ] as const)('is refused where it is named: %s %s %s', async (agency, method, part, said) => {
    const { body: receipt } = await register(`unknown-file-${part}`, []);
    const named = { ...said, attachments: [{ id: crypto.randomUUID(), name: 'a.pdf' }] };
    const path = `/complaints/${receipt.receiptNumber}/${part}`;
    const type = { 'content-type': 'application/json' };
    const response = await call(agency, method, path, JSON.stringify(named), type);
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ pointer: '/attachments/0/id' }] });
  });
});

it('a Content-Digest without sha-256 is refused: a signed file would go unchecked', async () => {
  const other = createHash('sha512').update('another file').digest('base64');
  const headers = { 'content-digest': `sha-512=:${other}:` };
  expect(await send('alpha', 'a.pdf', pdf(), headers)).toMatchObject({ status: 400 });
});

describe('a file that is named first', () => {
  it('waits for its content, which its own agency sends, once', async () => {
    const content = pdf();
    const named = { name: '계약서.pdf', size: content.length, sha256: sha256(content) };
    const { body: receipt } = await register('named-first', [named]);
    const path = `/complaints/${receipt.receiptNumber}/attachments`;
    const [file] = await list('alpha', receipt.receiptNumber);
    expect(file).toMatchObject({ state: 'wanted', name: '계약서.pdf' });
    const at = `${path}/${file.id}`;
    expect((await call('alpha', 'GET', at)).status).toBe(404);
    expect((await call('beta', 'PUT', at, bytes(content))).status).toBe(404);
    expect((await call('alpha', 'PUT', at, bytes(pdf()))).status).toBe(422);
    expect((await call('alpha', 'PUT', at, bytes(content))).status).toBe(204);
    expect((await call('alpha', 'PUT', at, bytes(content))).status).toBe(204);
    expect(await list('beta', receipt.receiptNumber)).toMatchObject([
      { state: 'held', sha256: sha256(content) },
    ]);
    expect((await call('gamma', 'GET', path)).status).toBe(404);
    expect((await call('gamma', 'GET', at)).status).toBe(404);
  });
});
