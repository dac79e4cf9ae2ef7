import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportComplaint, type OpenDoors, openDoors, postUnfinished } from './open-doors.ts';

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

interface Reply {
  status: number;
  type: string | null;
  body: {
    type?: string;
    detail?: string;
    errors?: { pointer: string; message: string }[];
    receiptNumber?: string;
    outcome?: string;
    content?: unknown;
    lastSeq?: number;
  };
}

async function call(path: string, init: RequestInit, key: string | undefined = doors.keys.alpha) {
  const response = await fetch(`${doors.url}/api/v1${path}`, {
    ...init,
    headers: {
      ...(init.body !== undefined && { 'content-type': 'application/json' }),
      ...(key && { authorization: `Bearer ${key}` }),
      ...(init.headers as Record<string, string>),
    },
  });
  const body = (await response.json()) as Reply['body'];
  return { status: response.status, type: response.headers.get('content-type'), body } satisfies Reply;
}

const post = (path: string, value: unknown, key?: string, headers: Record<string, string> = {}) =>
  call(path, { method: 'POST', body: JSON.stringify(value), headers }, key);
const sendRaw = (body: string | Uint8Array<ArrayBuffer>) => call('/complaints', { method: 'POST', body });
const registration = (externalId: string, content: object = {}) => ({
  externalId,
  content: { ...exportComplaint, ...content },
});
const pointers = ({ body }: Reply) => (body.errors ?? []).map(({ pointer }) => pointer).sort();

function expectProblem(reply: Reply, status: number, code: string): void {
  expect(reply.type).toMatch(/^application\/problem\+json/);
  expect(reply).toMatchObject({ status, body: { status, type: `urn:minwon-hub:problem:${code}` } });
  expect(JSON.stringify(reply.body)).not.toMatch(/\bat .*\.(ts|js):|select |insert /);
}

describe('a registration', () => {
  it('is taken once, and read by the agencies that have a part in it', async () => {
    const first = await post('/complaints', registration('once'));
    expect(first).toMatchObject({ status: 201, body: { outcome: 'applied' } });
    const again = await post('/complaints', registration('once'));
    const { receiptNumber } = first.body;
    expect(again).toMatchObject({ status: 200, body: { outcome: 'duplicate', receiptNumber } });
    const { phone: _withheld, ...person } = exportComplaint.complainant;
    // The agency that answers gets the one address that was chosen (docs/disclosure.md).
    const shown = { alpha: exportComplaint.complainant, beta: person };
    for (const agency of ['alpha', 'beta'] as const) {
      const read = await call(`/complaints/${receiptNumber}`, {}, doors.keys[agency]);
      expect(read).toMatchObject({ status: 200, body: { receiptNumber } });
      expect(read.body.content).toEqual({ ...exportComplaint, complainant: shown[agency] });
    }
    expectProblem(await call(`/complaints/${receiptNumber}`, {}, doors.keys.gamma), 404, 'not-found');
    expectProblem(
      await post(`/complaints/${receiptNumber}/answers`, { text: '답' }, doors.keys.gamma),
      404,
      'not-found',
    );
  });

  it('keeps markup as the text that it is', async () => {
    const body = '<script>alert(1)</script> "&amp;" \'; drop table complaints; -- 뷁\u0001';
    const { receiptNumber } = (await post('/complaints', registration('markup', { body }))).body;
    const read = await call(`/complaints/${receiptNumber}`, {});
    expect(read.body.content).toMatchObject({ body });
  });

  it('with the same Idempotency-Key is the same call, quoted or bare, and nothing else may be', async () => {
    const key = { 'idempotency-key': 'k-1' };
    const first = await post('/complaints', registration('keyed'), undefined, key);
    const quoted = { 'idempotency-key': '"k-1"' };
    const again = await post('/complaints', registration('keyed'), undefined, quoted);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body.receiptNumber).toBe(first.body.receiptNumber);
    const other = await post('/complaints', registration('keyed', { title: '다른 제목' }), undefined, key);
    expectProblem(other, 422, 'key-reused');
    const long = { 'idempotency-key': 'k'.repeat(201) };
    expectProblem(await post('/complaints', registration('keyed'), undefined, long), 422, 'invalid');
    const read = await call(`/complaints/${first.body.receiptNumber}`, {});
    expect(read.body.content).toMatchObject({ title: exportComplaint.title });
  });
});

describe('answers and follow-ups', () => {
  it('are added once, by the agency that owns them', async () => {
    const { receiptNumber } = (await post('/complaints', registration('answered'))).body;
    const answer = { text: '신고서를 내십시오.', officer: { name: '이담당' } };
    const path = `/complaints/${receiptNumber}/answers`;
    expect((await post(path, answer, doors.keys.beta)).status).toBe(201);
    expect(await post(path, answer, doors.keys.beta)).toMatchObject({ status: 200 });
    const followUp = { text: '어디에 냅니까?' };
    expect((await post(`/complaints/${receiptNumber}/follow-ups`, followUp)).status).toBe(201);
    // registered, assigned, answered, followed up
    expect((await call(`/complaints/${receiptNumber}`, {})).body.lastSeq).toBe(4);
  });

  it('name their own fields when something is wrong', async () => {
    const { receiptNumber } = (await post('/complaints', registration('wrong-answer'))).body;
    const path = `/complaints/${receiptNumber}/answers`;
    expect(pointers(await post(path, { text: 'a\u0000b' }))).toEqual(['/text']);
    expect(pointers(await post(path, { texts: 'a' }))).toEqual(['/text', '/texts']);
  });

  it('need a receipt number whose check digit is right', async () => {
    const reply = await post('/complaints/26-0000-0001-9/answers', { text: '답' });
    expectProblem(reply, 404, 'not-found');
  });
});

describe('what is refused with the place of the mistake', () => {
  const wrong: [string, unknown, string[]][] = [
    ['nothing', {}, ['/content', '/externalId']],
    ['a list', [], ['']],
    ['null', null, ['']],
    ['missing fields', { externalId: 'x', content: {} }, ['body', 'complainant', 'filedAt', 'kind', 'title']],
    ['wrong types', registration('x', { title: 5, attachments: 'a' }), ['attachments', 'title']],
    ['an unknown field', registration('x', { colour: 'red' }), ['colour']],
    ['an unknown kind', registration('x', { kind: 'wish' }), ['kind']],
    [
      'a malformed number',
      registration('x', { complainant: { name: '김', phone: '010-1' } }),
      ['complainant/phone'],
    ],
    ['a date without an offset', registration('x', { filedAt: '2026-11-20T09:30:00' }), ['filedAt']],
    ['a date that is none', registration('x', { filedAt: '2026-02-30T09:30:00Z' }), ['filedAt']],
    ['a long title', registration('x', { title: '가'.repeat(301) }), ['title']],
    ['a NUL', registration('x', { body: 'a\u0000b' }), ['body']],
  ];
  it.each(wrong)('%s', async (_name, value, expected) => {
    const reply = await post('/complaints', value);
    expectProblem(reply, 422, 'invalid');
    const full = expected.map((one) => (one === '' || one.startsWith('/') ? one : `/content/${one}`));
    expect(pointers(reply)).toEqual(full);
  });

  it('half of a surrogate pair', async () => {
    const text = JSON.stringify(registration('x', { title: 'TITLE' })).replace('TITLE', 'a\\ud83db');
    const reply = await sendRaw(text);
    expectProblem(reply, 422, 'invalid');
    expect(pointers(reply)).toEqual(['/content/title']);
  });

  it('a date of filing that is still to come; an hour is the clock', async () => {
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    const reply = await post('/complaints', registration('future', { filedAt: inHours(25) }));
    expectProblem(reply, 422, 'invalid');
    expect(reply.body.errors).toEqual([
      { pointer: '/content/filedAt', message: expect.stringContaining('future') },
    ]);
    expect((await post('/complaints', registration('future', { filedAt: inHours(1) }))).status).toBe(201);
  });

  it('thousands of mistakes, of which a hundred are told', async () => {
    const many = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`f${n}`, n]));
    const reply = await post('/complaints', registration('x', many));
    expectProblem(reply, 422, 'invalid');
    expect(reply.body.errors).toHaveLength(100);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['broken JSON', '{"externalId": '],
    ['no body', ''],
    ['__proto__', '{"externalId":"x","__proto__":{"admin":true}}'],
    ['another charset', Buffer.from('7b22c0ccb8a7223a2231227d', 'hex')],
    [
      'broken UTF-8',
      Buffer.concat([Buffer.from('{"externalId":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')]),
    ],
  ])('%s', async (_name, body) => {
    expectProblem(await sendRaw(body as string), 400, 'malformed');
  });

  it('lists within lists within lists', async () => {
    expectProblem(await sendRaw('['.repeat(200_000)), 400, 'malformed');
    const deep = '['.repeat(200_000) + ']'.repeat(200_000);
    expectProblem(await sendRaw(`{"externalId":"x","content":${deep}}`), 422, 'invalid');
  });

  it('another media type', async () => {
    const reply = await call('/complaints', {
      method: 'POST',
      body: '<a/>',
      headers: { 'content-type': 'text/xml' },
    });
    expectProblem(reply, 415, 'unsupported-media-type');
  });

  it.each([
    ['announced', { 'content-length': `${10 * 1024 * 1024}` }, 1024],
    ['unannounced', { 'transfer-encoding': 'chunked' }, 2 * 1024 * 1024],
  ])('ten megabytes, %s', async (_name, headers, beginning) => {
    const reply = await postUnfinished(
      `${doors.url}/api/v1/complaints`,
      { ...headers, 'content-type': 'application/json', authorization: `Bearer ${doors.keys.alpha}` },
      Buffer.alloc(beginning, ' '),
    );
    expect(reply.status).toBe(413);
    expect(JSON.parse(reply.text)).toMatchObject({ type: 'urn:minwon-hub:problem:too-large' });
  });
});

describe('who may not come in', () => {
  it.each([
    ['no key', ''],
    ['a wrong key', `mwk_${'A'.repeat(43)}`],
    ['no key at all', 'secret'],
  ])('%s', async (_name, key) => {
    expectProblem(await post('/complaints', registration('stranger'), key), 401, 'unauthenticated');
  });
});
