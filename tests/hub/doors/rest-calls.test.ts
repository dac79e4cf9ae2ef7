import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
