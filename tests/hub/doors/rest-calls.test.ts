import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { indexWords } from '../../../hub/complaints/reading/index-words.ts';
import { call } from './call.ts';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

interface Receipt {
  receiptNumber: string;
  outcome: string;
  lastSeq: number;
}
const register = (externalId: string, content: object = {}, key = doors.keys.alpha) =>
  call<Receipt>(doors, key, 'POST', '/complaints', {
    externalId,
    content: { ...exportComplaint, ...content },
  });

describe('searching', () => {
  interface Found {
    complaints: { receiptNumber: string; title: string }[];
  }
  const linkOf = (headers: Headers, rel: string) =>
    new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.get('link') ?? '')?.[1]?.replace('/api/v1', '');

  it('goes through all pages by Link, forth and back, and shows no personal data', async () => {
    for (let n = 1; n <= 7; n += 1) await register(`page-${n}`, { title: `쪽 ${n}` });
    // A worker does this a moment later.
    await indexWords(doors.store, new AbortController().signal);
    const titles: string[] = [];
    let last: { headers: Headers; body: Found } | undefined;
    for (let path: string | undefined = '/complaints?text=쪽&limit=3'; path; ) {
      last = await call<Found>(doors, doors.keys.beta, 'GET', path);
      titles.push(...last.body.complaints.map(({ title }) => title));
      path = linkOf(last.headers, 'next');
      expect(JSON.stringify(last.body)).not.toMatch(/김민원|kim@example/);
    }
    expect(titles).toEqual([7, 6, 5, 4, 3, 2, 1].map((n) => `쪽 ${n}`));
    const back = await call<Found>(doors, doors.keys.beta, 'GET', linkOf(last!.headers, 'prev') ?? '');
    expect(back.body.complaints.map(({ title }) => title)).toEqual(['쪽 4', '쪽 3', '쪽 2']);
  });

  it('finds nothing in which the agency has no part', async () => {
    const { receiptNumber } = (await register('private', { title: '남의 민원' })).body;
    for (const query of ['text=남의', `text=${receiptNumber}`, 'assignee=beta', '']) {
      const found = await call<Found>(doors, doors.keys.gamma, 'GET', `/complaints?${query}`);
      expect(found.body.complaints).toEqual([]);
    }
    const own = await call<Found>(doors, doors.keys.alpha, 'GET', `/complaints?text=${receiptNumber}`);
    expect(own.body.complaints).toHaveLength(1);
  });

  it('refuses two values of one condition, and a cursor that it never gave', async () => {
    expect(
      (await call(doors, doors.keys.alpha, 'GET', '/complaints?status=closed&status=answered')).status,
    ).toBe(422);
    for (const cursor of ['after=zzz', 'before=1_', `after=1_${'-'.repeat(36)}`, 'after=1795999999999_0'])
      expect(await call(doors, doors.keys.alpha, 'GET', `/complaints?${cursor}`), cursor).toMatchObject({
        status: 422,
        body: { errors: [{ pointer: `/${cursor.split('=')[0]}` }] },
      });
  });
});

describe('If-Match', () => {
  it('lets one of two writers through', async () => {
    const { receiptNumber, lastSeq } = (await register('raced')).body;
    const etag = `"${lastSeq}"`;
    const replies = await Promise.all(
      ['하나', '둘'].map((text) =>
        call(
          doors,
          doors.keys.beta,
          'POST',
          `/complaints/${receiptNumber}/answers`,
          { text },
          { 'if-match': etag },
        ),
      ),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 412]);
    const read = await call(doors, doors.keys.beta, 'GET', `/complaints/${receiptNumber}`);
    expect(read.headers.get('etag')).toBe(`"${lastSeq + 1}"`);
    const wrong = { 'if-match': '1' };
    const path = `/complaints/${receiptNumber}/answers`;
    expect((await call(doors, doors.keys.beta, 'POST', path, { text: '셋' }, wrong)).status).toBe(400);
  });
});

describe('what comes too late or from the wrong side', () => {
  it('is refused with its place', async () => {
    const { receiptNumber } = (await register('ended')).body;
    const send = (key: string, part: string, value: object, method = 'POST') =>
      call<{ errors: { pointer: string }[] }>(
        doors,
        key,
        method,
        `/complaints/${receiptNumber}/${part}`,
        value,
      );
    const { alpha, beta } = doors.keys;
    const same = await send(beta, 'transfer', { to: 'beta', reason: '그대로' });
    expect([same.status, same.body.errors[0]?.pointer]).toEqual([422, '/to']);
    const nobody = await send(beta, 'transfer', { to: 'nobody', reason: '없음' });
    expect(nobody.body.errors[0]?.pointer).toBe('/to');
    const foreign = await send(beta, 'content', { ...exportComplaint, title: '남의 말' }, 'PUT');
    expect([foreign.status, foreign.body.errors[0]?.pointer]).toEqual([403, '']);
    expect((await send(beta, 'status', { status: 'closed' }, 'PUT')).status).toBe(200);
    const late = await send(alpha, 'withdrawal', { reason: '늦음' });
    expect([late.status, late.body.errors[0]?.pointer]).toEqual([422, '']);
  });
});

describe('a step of the procedure', () => {
  interface Clock {
    phase: string;
    grounds: string[];
    total: number;
    dueAt?: string;
    lines: { step: string; effect: string; name: object; article: string; ground?: string }[];
  }
  const isoIn = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
  const registerNow = async (externalId: string, content: object = {}) =>
    (await register(externalId, { filedAt: isoIn(0), ...content })).body.receiptNumber;
  const take = (who: 'alpha' | 'beta' | 'gamma', number: string, step: object, headers = {}) =>
    call<Receipt & { detail: string; errors: { pointer: string; message: string }[] }>(
      doors,
      doors.keys[who],
      'POST',
      `/complaints/${number}/steps`,
      step,
      headers,
    );
  const readClock = async (number: string) =>
    (await call<Clock>(doors, doors.keys.alpha, 'GET', `/complaints/${number}/clock`)).body;

  it('is taken by its side, and the clock says what became of it, with the articles', async () => {
    const number = await registerNow('stepped');
    const officer = { department: '통관과', name: '이담당', contact: '02-123-4567' };
    const named = { kind: 'officer_assigned', officer, user: 'lee@beta.example' };
    expect(await take('beta', number, named)).toMatchObject({ status: 201, body: { outcome: 'applied' } });
    const week = { kind: 'extended', days: 7, reason: '현장 확인', by: officer };
    expect((await take('beta', number, week)).status).toBe(201);
    const demand = { kind: 'supplement_requested', text: '사업자등록증', until: isoIn(240) };
    expect((await take('beta', number, demand)).status).toBe(201);
    expect(await readClock(number)).toMatchObject({
      phase: 'stopped',
      unit: 'days',
      total: 14,
      grounds: ['supplement'],
      overdue: false,
      article: 'Decree, article 14',
      lines: [
        { step: 'started', effect: 'counted', kind: 'query', article: 'Act, article 19' },
        { step: 'extended', days: 7, article: 'Decree, article 21', name: { ko: '처리기간 연장' } },
        { step: 'stopped', ground: 'supplement', article: 'Decree, articles 20 and 24' },
      ],
    });
    expect((await readClock(number)).dueAt).toBeUndefined();
    const read = await call(doors, doors.keys.alpha, 'GET', `/complaints/${number}`);
    expect(read.body).toMatchObject({
      status: 'supplement_requested',
      officer,
      clock: { phase: 'stopped', total: 14, grounds: ['supplement'] },
    });
    expect(read.body).not.toHaveProperty('dueAt');
    expect((await take('alpha', number, { kind: 'supplemented', text: '보냅니다.' })).status).toBe(201);
    expect(await readClock(number)).toMatchObject({ phase: 'running', grounds: [] });
    const { body } = await call<{ events: { type: string; step?: object }[] }>(
      doors,
      doors.keys.alpha,
      'GET',
      `/complaints/${number}/events`,
    );
    const steps = body.events.flatMap(({ step }) => step ?? []);
    expect(steps).toEqual([
      { kind: 'officer_assigned', officer },
      week,
      demand,
      { kind: 'supplemented', text: '보냅니다.' },
    ]);
  });

  it('that the law does not allow is refused with its article, at the place in the body', async () => {
    const number = await registerNow('unlawful');
    const refuse = async (step: object, who: 'alpha' | 'beta' = 'beta') => {
      const { status, body } = await take(who, number, step);
      const [error] = body.errors;
      return [status, error?.pointer, error?.message];
    };
    expect(await refuse({ kind: 'extended', days: 8, reason: '바쁨' })).toEqual([
      422,
      '/days',
      expect.stringContaining('Decree, article 21'),
    ]);
    expect(await refuse({ kind: 'closed' })).toEqual([422, '', expect.stringContaining('Act, article 27')]);
    expect(await refuse({ kind: 'clock_resumed', ground: 'hearing' })).toEqual([
      422,
      '/ground',
      expect.stringContaining('Decree, article 20'),
    ]);
    expect(await refuse({ kind: 'planned', promise: '내년', reviewOn: ['2027-02-30'] })).toEqual([
      422,
      '/reviewOn/0',
      expect.any(String),
    ]);
    expect(await refuse({ kind: 'refused', reasons: '요건' })).toEqual([422, '/remedies', 'is required']);
    expect(await refuse({ kind: 'waved' })).toEqual([422, '/kind', expect.stringContaining('extended')]);
    expect(await refuse({ kind: 'closed', days: 3 })).toEqual([422, '/days', expect.any(String)]);
    expect(await refuse({ kind: 'supplemented', text: '.' })).toEqual([403, '', expect.any(String)]);
    expect(await refuse({ kind: 'closed' }, 'alpha')).toEqual([403, '', expect.any(String)]);
    expect((await take('gamma', number, { kind: 'closed' })).status).toBe(404);
    expect((await call(doors, doors.keys.gamma, 'GET', `/complaints/${number}/clock`)).status).toBe(404);
    expect((await readClock(number)).lines).toHaveLength(1);
  });

  it('needs the scope of its side, and reading the clock that of reading', async () => {
    const number = await registerNow('scopes');
    const keyWith = async (agency: string, scope: 'answer' | 'register') =>
      (await createApiKey(doors.store, agency, null, [scope])).key;
    const send = async (key: string, kind: string) => {
      const step = { kind, text: '서류' };
      const reply = await call<{ detail: string }>(doors, key, 'POST', `/complaints/${number}/steps`, step);
      return [reply.status, reply.body.detail];
    };
    const [answering, registering] = [await keyWith('beta', 'answer'), await keyWith('alpha', 'register')];
    const lacks = (scope: string) => [403, expect.stringContaining(`the scope ${scope}`)];
    expect(await send(await keyWith('beta', 'register'), 'supplement_requested')).toEqual(lacks('answer'));
    expect(await send(answering, 'supplement_requested')).toEqual([201, undefined]);
    expect(await send(await keyWith('alpha', 'answer'), 'supplemented')).toEqual(lacks('register'));
    expect(await send(registering, 'supplemented')).toEqual([201, undefined]);
    expect((await call(doors, answering, 'GET', `/complaints/${number}/clock`)).status).toBe(403);
  });

  it('comes in a batch, with the time at which a complaint was taken in', async () => {
    const value = {
      externalId: 'batched',
      content: { ...exportComplaint, filedAt: '2026-11-02T10:00:00+09:00' },
      // Three days later: 5, 6, 9, 10, 11, 12 and Friday 13 November are the seven days of a query.
      takenInAt: '2026-11-05T10:00:00+09:00',
    };
    const registered = await call<{ results: { receipt: Receipt }[] }>(
      doors,
      doors.keys.alpha,
      'POST',
      '/batches',
      { items: [{ operation: 'registerComplaint', value }] },
    );
    const { receiptNumber = '' } = registered.body.results[0]?.receipt ?? {};
    const read = await call(doors, doors.keys.beta, 'GET', `/complaints/${receiptNumber}`);
    expect(read.body).toMatchObject({
      takenInAt: '2026-11-05T01:00:00.000Z',
      dueAt: '2026-11-13T09:00:00.000Z',
    });
    const step = { kind: 'extended', days: 1, reason: '늦음' };
    const items = [{ operation: 'takeStep', receiptNumber, value: step }];
    const late = await call<{ results: object[] }>(doors, doors.keys.beta, 'POST', '/batches', { items });
    expect(late.body.results).toMatchObject([
      {
        status: 422,
        problem: { errors: [{ pointer: '', message: expect.stringContaining('Decree, article 21') }] },
      },
    ]);
  });

  it('has files, which are the complainant’s', async () => {
    const number = await registerNow('with a file');
    await take('beta', number, { kind: 'supplement_requested', text: '등록증' });
    const sent = await fetch(`${doors.url}/api/v1/attachments?name=a.pdf`, {
      method: 'POST',
      body: '%PDF-1.7',
      headers: { authorization: `Bearer ${doors.keys.alpha}` },
    });
    const { id } = (await sent.json()) as { id: string };
    const step = { kind: 'supplemented', text: '보냅니다.', attachments: [{ id, name: '../등록증.pdf' }] };
    expect((await take('alpha', number, step)).status).toBe(201);
    const path = `/complaints/${number}/attachments`;
    const listed = await call<{ attachments: object[] }>(doors, doors.keys.beta, 'GET', path);
    expect(listed.body.attachments).toMatchObject([{ name: '등록증.pdf', state: 'held', agency: 'alpha' }]);
    const wrong = { ...step, attachments: [{ id, name: 'a.exe' }] };
    const refused = await take('alpha', number, wrong);
    expect(refused).toMatchObject({ status: 422, body: { errors: [{ pointer: '/attachments/0/name' }] } });
  });
});

describe('a batch', () => {
  interface Results {
    results: {
      status: number;
      receipt?: Receipt;
      problem?: { type: string; errors?: { pointer: string }[] };
    }[];
  }
  const send = (items: object[], key = doors.keys.alpha) =>
    call<Results>(doors, key, 'POST', '/batches', { items });

  it('gives each item its own result and leaves the good ones done', async () => {
    const { receiptNumber } = (await register('batched')).body;
    const items = [
      { operation: 'registerComplaint', value: { externalId: 'b-1', content: exportComplaint } },
      { operation: 'registerComplaint', value: { externalId: 'b-2', content: { title: '제목만' } } },
      { operation: 'addFollowUp', receiptNumber, value: { text: '하나' } },
      { operation: 'addAnswer', receiptNumber, value: { text: '남의 답' } },
      { operation: 'addFollowUp', value: { text: '어디에?' } },
      { operation: 'addFollowUp', receiptNumber, value: { text: '둘' } },
    ];
    const first = await send(items);
    expect(first.body.results.map(({ status }) => status)).toEqual([201, 422, 201, 403, 422, 201]);
    expect(first.body.results[1]?.problem?.errors?.map(({ pointer }) => pointer)).toContain('/content/body');
    expect(first.body.results[4]?.problem?.errors).toEqual([
      { pointer: '/receiptNumber', message: 'is required' },
    ]);
    const again = await send(items);
    expect(again.body.results.map(({ status }) => status)).toEqual([200, 422, 200, 403, 422, 200]);
    const events = await call<{ events: { followUp?: { text: string } }[] }>(
      ...([doors, doors.keys.beta, 'GET', `/complaints/${receiptNumber}/events`] as const),
    );
    const told = events.body.events.flatMap(({ followUp }) => followUp?.text ?? []);
    expect(told).toEqual(['하나', '둘']);
  });

  it('keeps the order of one complaint, however its number is written', async () => {
    const { receiptNumber } = (await register('spelled')).body;
    const spellings = [receiptNumber, receiptNumber.replaceAll('-', ''), ` ${receiptNumber}`];
    const texts = Array.from({ length: 12 }, (_, n) => `말 ${n}`);
    const { body } = await send(
      texts.map((text, n) => ({
        operation: 'addFollowUp',
        receiptNumber: spellings[n % spellings.length],
        value: { text },
      })),
    );
    expect(body.results.map(({ status }) => status)).toEqual(texts.map(() => 201));
    const events = await call<{ events: { followUp?: { text: string } }[] }>(
      ...([doors, doors.keys.beta, 'GET', `/complaints/${receiptNumber}/events`] as const),
    );
    expect(events.body.events.flatMap(({ followUp }) => followUp?.text ?? [])).toEqual(texts);
  });

  it('refuses what is no registration item by item', async () => {
    const odd: unknown[] = [{ toString: 1, valueOf: 1 }, [], 5, null];
    const { status, body } = await send([
      ...odd.map((externalId) => ({ operation: 'registerComplaint', value: { externalId } })),
      { operation: 'registerComplaint', value: { externalId: 'beside', content: exportComplaint } },
    ]);
    expect(status).toBe(200);
    expect(body.results.map((result) => result.status)).toEqual([...odd.map(() => 422), 201]);
  });

  it('of five hundred is taken; of none and of more it is refused', async () => {
    const items = (count: number) =>
      Array.from({ length: count }, (_, n) => ({
        operation: 'registerComplaint',
        value: { externalId: `many-${n}`, content: exportComplaint },
      }));
    const taken = await send(items(500));
    expect(taken.body.results.filter(({ status }) => status === 201)).toHaveLength(500);
    expect((await send(items(0))).status).toBe(422);
    expect((await send(items(501))).status).toBe(422);
  });
});
