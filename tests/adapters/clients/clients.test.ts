import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { toSigningSecret } from '../../../hub/access/keys/request-signature.ts';
import type { Agency } from '../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../support/test-hub.ts';
import { waitFor } from '../../support/wait-for.ts';
import { hasPhp } from './drivers/has-php.ts';
import { type Ended, type Opened, openPhp, openTypescript, type Step } from './drivers/open-clients.ts';
import { type Front, openFront } from './front.ts';

const hubSecret = 'a secret of the hub for this test alone';
const codes = ['ts-own', 'ts-other', 'php-own', 'php-other', 'plain'];
const content = {
  title: '가로등이 꺼져 있습니다 뷁😀',
  body: '시청 앞 가로등 세 개가 켜지지 않습니다.',
  kind: 'other',
  complainant: { name: '김민원', email: 'kim@example.kr', notifyBy: 'email' },
  filedAt: '2026-11-27T09:30:00+09:00',
};

let hub: TestHub;
let front: Front;
let folder: string;
const keys: Record<string, { id: string; key: string }> = {};
const clients: Partial<Record<string, Opened>> = {};
let packed: string[] = [];

beforeAll(async () => {
  const agencies = codes.map(
    (code): Agency => ({ code, name: { ko: code }, officers: [{ name: '담당' }], feed: code !== 'plain' }),
  );
  const rules = [{ when: { origin: ['ts-own', 'php-own'] }, to: 'origin' }];
  hub = await startTestHub(agencies, { rules, default: 'plain' }, { SIGNING_SECRET: hubSecret });
  for (const code of codes) keys[code] = await createApiKey(hub.store, code);
  front = await openFront(hub.url);
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-client-files-'));
  if (await hasPhp()) clients.php = await openPhp();
  const typescript = await openTypescript();
  packed = typescript.files;
  clients.ts = typescript;
}, 240_000);
afterAll(async () => {
  for (const client of Object.values(clients)) await client?.close();
  await front?.close();
  await hub?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});
beforeEach(() => front.reset());

const retries = { tries: 4, giveUpAfter: 20_000 };
const keyOf = (agency: string) => ({ url: front.url, key: keys[agency]?.key, retries });
const toRegistration = (externalId: string) => ({ externalId, content });
const resultOf = <Result>(ended: Ended | undefined) => ended?.result as Result;
const numberOf = (ended: Ended | undefined) => resultOf<{ receiptNumber: string }>(ended).receiptNumber;
const countComplaints = async (origin: string) =>
  (
    await hub.store.pool.query<{ n: number }>('select count(*)::int as n from complaints where origin = $1', [
      origin,
    ])
  ).rows[0]?.n;

describe.each(['ts', 'php'])('the %s client', (language) => {
  const own = `${language}-own`;
  const other = `${language}-other`;
  /** Undefined: this machine cannot run it, and has said so. */
  const run = async (steps: Step[], options: object | undefined = keyOf(own)) =>
    clients[language]?.client(options as Record<string, unknown>, steps);

  it('tries the connection, registers, reads, changes, answers and transfers', async () => {
    const ended = await run([
      ['selfTest'],
      ['registerComplaint', toRegistration(`${language}-1`), { idempotencyKey: `${language} "1"` }],
    ]);
    if (!ended) return;
    expect(ended[0]?.result).toMatchObject({ ok: true });
    const number = numberOf(ended[1]);
    const officer = { department: '도로과', name: '이담당' };
    const steps: Step[] = [
      ['getComplaint', number],
      ['updateComplaint', number, { ...content, title: '가로등 넷' }],
      ['changeStatus', number, 'in_progress'],
      ['addInterimAnswer', number, { text: '보고 있습니다.', officer }],
      ['addAnswer', number, { text: '고쳤습니다.', officer }, { lastSeq: 1 }],
      ['addAnswer', number, { text: '고쳤습니다.', officer }],
      ['addFollowUp', number, { text: '하나가 아직 어둡습니다.' }],
      ['transferComplaint', number, { to: other, reason: '소관이 아닙니다.' }],
      ['listEvents', number],
      ['withdrawComplaint', number],
    ];
    const [read, updated, changed, interim, stale, answered, asked, moved, events, withdrawn] =
      (await run(steps)) ?? [];
    expect(read?.result).toMatchObject({ status: 'assigned', assignee: own, content });
    for (const one of [updated, changed, interim, answered, asked, moved, withdrawn])
      expect(one).toMatchObject({ result: { outcome: 'applied', receiptNumber: number } });
    expect(stale?.error).toMatchObject({ name: 'HubProblem', status: 412, code: 'changed-meanwhile' });
    const told = resultOf<{ type: string }[]>(events).map(({ type }) => type);
    expect(told).toEqual(
      expect.arrayContaining([
        'registered',
        'revised',
        'interim_answered',
        'answered',
        'followed_up',
        'transferred',
      ]),
    );
    await run([['follow', { untilEmpty: true }]], keyOf(other));
    const { rows } = await hub.store.pool.query(
      'select l.external_id from links l join complaints c on c.id = l.complaint_id where c.receipt_number = $1 and l.agency = $2',
      [number, other],
    );
    expect(rows).toEqual([{ external_id: `OWN-${number}` }]);
  });

  it('takes steps of the procedure, reads the clock, and says what the law refuses', async () => {
    const now = { ...content, kind: 'query', filedAt: new Date().toISOString() };
    const ended = await run([['registerComplaint', { externalId: `${language}-steps`, content: now }]]);
    if (!ended) return;
    const number = numberOf(ended[0]);
    const extension = { kind: 'extended', reason: '현장 확인' };
    const steps: Step[] = [
      ['takeStep', number, { ...extension, days: 8 }],
      ['takeStep', number, { ...extension, days: 7 }, { idempotencyKey: `${language}-extended` }],
      ['takeStep', number, { ...extension, days: 7 }, { idempotencyKey: `${language}-extended` }],
      ['takeStep', number, { kind: 'supplement_requested', text: '사진' }, { lastSeq: 2 }],
      ['takeStep', number, { kind: 'supplement_requested', text: '사진' }, { lastSeq: 3 }],
      ['getClock', number],
      ['takeStep', number, { kind: 'supplemented', text: '보냅니다.' }],
    ];
    const [refused, taken, again, stale, demanded, clock, supplemented] = (await run(steps)) ?? [];
    expect(refused?.error).toMatchObject({ name: 'HubProblem', status: 422, code: 'invalid' });
    expect(refused?.error?.errors).toEqual([
      { pointer: '/days', message: expect.stringContaining('Decree, article 21') },
    ]);
    expect(again?.result).toMatchObject({ outcome: 'duplicate' });
    expect(stale?.error).toMatchObject({ status: 412, code: 'changed-meanwhile' });
    for (const one of [taken, demanded, supplemented])
      expect(one?.result).toMatchObject({ outcome: 'applied', receiptNumber: number });
    expect(clock?.result).toMatchObject({
      phase: 'stopped',
      total: 14,
      grounds: ['supplement'],
      lines: [{ step: 'started' }, { step: 'extended', days: 7 }, { step: 'stopped' }],
    });
  });

  it('does what its guide shows', async () => {
    const opened = clients[language];
    if (!opened) return;
    expect(await opened.guide(front.url, own, keys[own]?.key ?? '')).toContain('한글이 그대로 도착했습니다.');
    const { rows } = await hub.store.pool.query(
      `select c.status, e.data #>> '{answer,text}' as answer from complaints c join links l on l.complaint_id = c.id
       join events e on e.complaint_id = c.id and e.type = 'answered'
       where l.agency = $1 and l.external_id = 'VOC-2026-000123'`,
      [own],
    );
    expect(rows).toEqual([{ status: 'answered', answer: '오늘 고치겠습니다.' }]);
  });

  it('signs each try anew in place of sending the key', async () => {
    const { id = '' } = keys[own] ?? {};
    const signing = { url: front.url, keyId: id, signingSecret: toSigningSecret(hubSecret, id), retries };
    front.behave = (n) => (n === 3 ? 'break' : 'pass');
    const file = join(folder, `${language}-signed`);
    await writeFile(file, '%PDF-1.7\n서명된 파일');
    const ended = await run(
      [
        ['putAttachment', '서명.pdf', file],
        ['selfTest'],
        ['registerComplaint', toRegistration(`${language}-signed`)],
        ['searchComplaints', { text: '꺼져' }],
      ],
      signing,
    );
    if (!ended) return;
    expect(ended[0]).toMatchObject({ result: { name: '서명.pdf' } });
    expect(ended[1]?.result).toMatchObject({ ok: true });
    expect(ended[2]?.result).toMatchObject({ outcome: 'duplicate' });
    expect(ended[3]?.result).toEqual(expect.any(Array));
    const signatures = front.came.map(({ headers }) => headers.signature);
    expect(new Set(signatures).size).toBe(5);
    expect(front.came.filter(({ headers }) => headers.authorization)).toEqual([]);
  });

  it.each(['break', 'tear'] as const)(
    'registers once where the reply is lost (%s)',
    async (fault) => {
      const before = await countComplaints(own);
      front.behave = (n) => (n === 1 ? fault : 'pass');
      const ended = await run([['registerComplaint', toRegistration(`${language}-${fault}`)]], {
        ...keyOf(own),
        timeout: 3000,
      });
      if (!ended) return;
      expect(ended[0]?.result).toMatchObject({ outcome: 'duplicate' });
      expect(await countComplaints(own)).toBe((before ?? 0) + 1);
      const [first, second, ...more] = front.came.map(({ headers }) => headers);
      expect(more).toEqual([]);
      expect(first?.['idempotency-key']).toMatch(/^"[0-9a-f-]{32,36}"$/);
      expect(second?.['idempotency-key']).toBe(first?.['idempotency-key']);
      expect(second?.['x-request-id']).toBe(first?.['x-request-id']);
    },
    30_000,
  );

  it('waits as long as Retry-After says, and tries a proxy without a hub again', async () => {
    const busy = {
      status: 429,
      headers: { 'retry-after': '2', 'content-type': 'application/problem+json' },
      body: '{}',
    };
    const away = {
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><title>점검 중</title>',
    };
    front.behave = (n) => (n === 1 ? busy : n === 2 ? away : 'pass');
    const ended = await run([['registerComplaint', toRegistration(`${language}-busy`)]]);
    if (!ended) return;
    expect(ended[0]?.result).toMatchObject({ outcome: 'applied' });
    const [first, second, third] = front.came;
    expect(Number(second?.at) - Number(first?.at)).toBeGreaterThanOrEqual(2000);
    expect(third).toBeDefined();
  });

  it('gives up at once where it would wait too long, and after so many tries', async () => {
    const headers = { 'retry-after': '3600', 'content-type': 'application/problem+json' };
    front.behave = (n) => (n === 1 ? { status: 503, headers, body: '{"title":"점검"}' } : { status: 502 });
    const ended = await run([
      ['getComplaint', 'x'],
      ['getComplaint', 'x'],
    ]);
    if (!ended) return;
    expect(ended[0]?.error).toMatchObject({ name: 'HubProblem', status: 503, retryAfter: 3600 });
    expect(ended[1]?.error).toMatchObject({ name: 'HubProblem', status: 502, code: 'unknown' });
    expect(front.came.length).toBe(1 + retries.tries);
    const [nobody] =
      (await run([['getComplaint', 'x']], {
        ...keyOf(own),
        url: 'http://127.0.0.1:9',
        retries: { tries: 2 },
      })) ?? [];
    expect(nobody?.error).toMatchObject({
      name: 'HubUnreachable',
      requestId: expect.stringMatching(/^[0-9a-f-]{32,36}$/),
    });
  });

  it('says what the hub refuses, and sends it once', async () => {
    const { title: _title, ...untitled } = content;
    const refused: Step[] = [
      ['registerComplaint', { externalId: `${language}-untitled`, content: untitled }],
      ['getComplaint', '26-0000-0000-0'],
    ];
    const ended = await run(refused);
    if (!ended) return;
    expect(ended[0]?.error).toMatchObject({ name: 'HubProblem', status: 422, code: 'invalid' });
    expect(ended[0]?.error?.errors).toEqual([{ pointer: '/content/title', message: expect.any(String) }]);
    expect(ended[0]?.error?.requestId).toBe(front.came[0]?.headers['x-request-id']);
    expect(ended[1]?.error).toMatchObject({ status: 404, code: 'not-found' });
    const [conflict] = (await run([['follow', { untilEmpty: true }]], keyOf('plain'))) ?? [];
    expect(conflict?.error).toMatchObject({ name: 'HubProblem', status: 409, code: 'conflict' });
    expect(front.came.length).toBe(3);
    const odd = JSON.stringify({ title: 5, type: [], detail: {}, errors: '없음' });
    front.behave = () => ({ status: 400, headers: { 'content-type': 'application/json' }, body: odd });
    const [proxy] = (await run([['getComplaint', 'x']])) ?? [];
    expect(proxy?.error).toMatchObject({ name: 'HubProblem', status: 400, code: 'unknown', errors: [] });
  });

  it('waits for changes longer than for a reply', async () => {
    if (!clients[language]) return;
    await run([['follow', { untilEmpty: true }]]);
    const waiting = run([['changes', { wait: 10 }, 1]], {
      ...keyOf(own),
      timeout: 1500,
      retries: { tries: 1 },
    });
    await waitFor('the long poll', () => front.came.some(({ target }) => target.includes('wait=10')));
    const [polled] = front.came.slice(-1);
    await waitFor('more than the time-out', () => Date.now() - Number(polled?.at) > 1800);
    const registered = await run([
      ['registerComplaint', toRegistration(`${language}-late-1`)],
      ['registerComplaint', toRegistration(`${language}-late-2`)],
    ]);
    if (!registered) return;
    expect((await waiting)?.[0]?.result).toEqual({ handled: [`${numberOf(registered[0])}/2`] });
    expect(front.came.filter(({ target }) => target.includes('wait=10')).length).toBeLessThanOrEqual(2);
  });

  it('follows the feed over pages, and acknowledges no more than was handled', async () => {
    await run([['follow', { untilEmpty: true }]]);
    const registered = await run(
      Array.from(
        { length: 5 },
        (_, n): Step => ['registerComplaint', toRegistration(`${language}-feed-${n}`)],
      ),
    );
    if (!registered) return;
    const expected = registered.map((one) => `${numberOf(one)}/2`);
    const [thrown] = (await run([['follow', { untilEmpty: true, limit: 2 }, 3]])) ?? [];
    expect(thrown?.result).toEqual({ handled: expected.slice(0, 3), error: 'the disk is full' });
    const [left] = (await run([['changes', { untilEmpty: true, limit: 2 }, 1]])) ?? [];
    expect(left?.result).toEqual({ handled: expected.slice(3, 4) });
    front.reset();
    const [rest, nothing] =
      (await run([
        ['changes', { untilEmpty: true, limit: 2 }],
        ['follow', { untilEmpty: true }],
      ])) ?? [];
    expect(rest?.result).toEqual({ handled: expected.slice(4) });
    expect(nothing?.result).toEqual({ handled: [] });
  });

  it('lists complaints over pages', async () => {
    const [paged, whole] =
      (await run([
        ['searchComplaints', { limit: 2 }],
        ['searchComplaints', { limit: 100 }],
      ])) ?? [];
    if (!paged) return;
    expect((paged.result as string[]).length).toBeGreaterThan(6);
    expect(paged.result).toEqual(whole?.result);
    expect(new Set(paged.result as string[]).size).toBe(await countComplaints(own));
  });

  it('sends a file of 5 MB and reads it again, unchanged and under its Korean name', async () => {
    const name = `계획 (최종) ${language}.pdf`;
    const [sent, got] = [join(folder, `${language}-sent`), join(folder, `${language}-got`)];
    const bytes = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(5 * 1024 * 1024)]);
    await writeFile(sent, bytes);
    front.behave = (n) => (n === 1 ? 'break' : 'pass');
    const ended = await run([['putAttachment', name, sent]]);
    if (!ended) return;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    expect(ended[0]).toMatchObject({ result: { name, size: bytes.length, sha256 } });
    const { id } = resultOf<{ id: string }>(ended[0]);
    const registration = {
      externalId: `${language}-file`,
      content: { ...content, attachments: [{ id, name }, { name: '나중에.pdf' }] },
    };
    const [registered] = (await run([['registerComplaint', registration]])) ?? [];
    const number = numberOf(registered);
    const [listed] = (await run([['listAttachments', number]])) ?? [];
    const files = listed?.result as { id: string; name: string; state: string }[];
    expect(files.map((file) => [file.name, file.state])).toEqual([
      [name, 'held'],
      ['나중에.pdf', 'wanted'],
    ]);
    const [supplied, read] =
      (await run([
        ['supplyAttachment', number, files[1]?.id, sent],
        ['getAttachment', number, files[0]?.id, got],
      ])) ?? [];
    expect(supplied?.error).toBeUndefined();
    expect(read?.result).toMatchObject({ name, size: bytes.length });
    expect(Buffer.compare(await readFile(got), bytes)).toBe(0);
  });
});

describe('the TypeScript client', () => {
  it('packs what runs and its types, and no source', () => {
    expect(packed).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'README.md']));
    expect(packed.filter((file) => !/^dist\/[a-z-]+\.(?:js|d\.ts)$/.test(file)).sort()).toEqual([
      'README.md',
      'package.json',
    ]);
  });

  it('stops waiting when it is told to', async () => {
    await clients.ts?.client(keyOf('ts-own'), [['follow', { untilEmpty: true }]]);
    const begun = Date.now();
    const ended = await clients.ts?.client(keyOf('ts-own'), [['changesUntil', { wait: 20 }, 1000]]);
    expect(ended?.[0]).toEqual({ result: { handled: [] } });
    expect(Date.now() - begun).toBeLessThan(15_000);
  });
});
