import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { repeatWindow } from '../../../hub/complaints/repetition.ts';
import { call } from './call.ts';
import { exportComplaint, type OpenDoors, openDoors } from './open-doors.ts';

let doors: OpenDoors;
let number = '';
let cases = 0;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

interface Receipt {
  outcome: string;
  receiptNumber: string;
  lastSeq: number;
}
type Who = keyof OpenDoors['keys'];
const send = (who: Who, method: string, path: string, value: unknown, key?: string) =>
  call<Receipt & { type: string }>(doors, doors.keys[who], method, path, value, {
    ...(key && { 'idempotency-key': key }),
  });
const say = (who: Who, method: string, part: string, value: unknown, key?: string) =>
  send(who, method, `/complaints/${number}/${part}`, value, key);
const register = (externalId: string, title: string, key?: string) =>
  send('alpha', 'POST', '/complaints', { externalId, content: { ...exportComplaint, title } }, key);
const read = async () =>
  (await call(doors, doors.keys.alpha, 'GET', `/complaints/${number}`)).body as unknown as {
    status: string;
    assignee: string;
    lastSeq: number;
    content: { title: string };
  };
const outcomes = (replies: { body: Receipt }[]) => replies.map(({ body }) => body.outcome);
const countEvents = async (type: string) => {
  const { body } = await call(doors, doors.keys.alpha, 'GET', `/complaints/${number}/events`);
  return (body as unknown as { events: { type: string }[] }).events.filter((event) => event.type === type)
    .length;
};
/** As if all that was said had been said so much earlier. */
const letPass = (milliseconds: number) =>
  doors.store.pool.query(
    `update events set at = at - make_interval(secs => $2)
     where complaint_id = (select id from complaints where receipt_number = $1)`,
    [number, milliseconds / 1000],
  );

beforeEach(async () => {
  cases += 1;
  number = (await register(`case-${cases}`, '가')).body.receiptNumber;
});

describe('what comes back after something else is said anew (A, B, A)', () => {
  it.each<[string, () => Promise<unknown>, (word: string) => ReturnType<typeof say>, unknown[]]>([
    [
      'status',
      async () => (await read()).status,
      (status) => say('beta', 'PUT', 'status', { status }),
      ['in_progress', 'supplement_requested'],
    ],
    [
      'content',
      async () => (await read()).content.title,
      (title) => say('alpha', 'PUT', 'content', { ...exportComplaint, title }),
      ['나', '다'],
    ],
    [
      'registration',
      async () => (await read()).content.title,
      (title) => register(`case-${cases}`, title),
      ['나', '다'],
    ],
    [
      'answer',
      async () => {
        const { body } = await call(doors, doors.keys.alpha, 'GET', `/complaints/${number}/events`);
        const { events } = body as unknown as { events: { answer?: { text: string } }[] };
        return events.findLast(({ answer }) => answer)?.answer?.text;
      },
      (text) => say('beta', 'POST', 'answers', { text }),
      ['신고하십시오.', '신고하지 않아도 됩니다.'],
    ],
  ])('%s', async (part, now, write, words) => {
    const [a, b] = words as [string, string];
    for (const word of [a, b, a, b]) {
      if (part === 'answer') await letPass(repeatWindow);
      const once = await write(word);
      expect([once.body.outcome, await now()]).toEqual(['applied', word]);
      const { lastSeq } = await read();
      // A second delivery of the same call finds what it says in force.
      const again = await write(word);
      expect([again.status, again.body.outcome, again.body.lastSeq]).toEqual([200, 'duplicate', lastSeq]);
    }
  });

  it('transfer, to and fro with the same reason', async () => {
    const route: [Who, Who][] = [
      ['beta', 'gamma'],
      ['gamma', 'beta'],
    ];
    for (const [from, to] of [...route, ...route]) {
      const move = () => say(from, 'POST', 'transfer', { to, reason: '소관이 아닙니다.' });
      expect((await move()).body.outcome).toBe('applied');
      expect((await move()).body.outcome).toBe('duplicate');
      expect((await read()).assignee).toBe(to);
    }
  });

  it('step of the procedure', async () => {
    const assign = (name: string) =>
      say('beta', 'POST', 'steps', { kind: 'officer_assigned', officer: { name } });
    for (const name of ['이담당', '박담당', '이담당']) {
      expect((await assign(name)).body.outcome).toBe('applied');
      expect((await assign(name)).body.outcome).toBe('duplicate');
    }
    await say('beta', 'POST', 'interim-answers', { text: '확인하고 있습니다.' });
    expect((await assign('이담당')).body.outcome).toBe('applied');
    await letPass(repeatWindow);
    expect((await assign('이담당')).body.outcome).toBe('applied');
    expect(await countEvents('step_taken')).toBe(5);
  });

  it('in a batch and at the single routes alike', async () => {
    const item = (status: string) => ({
      operation: 'changeStatus',
      receiptNumber: number,
      value: { status },
    });
    const items = ['in_progress', 'supplement_requested', 'in_progress', 'in_progress'].map(item);
    const { body } = await call(doors, doors.keys.beta, 'POST', '/batches', { items });
    const { results } = body as unknown as { results: { receipt: Receipt }[] };
    expect(results.map(({ receipt }) => receipt.outcome)).toEqual([
      'applied',
      'applied',
      'applied',
      'duplicate',
    ]);
    expect((await read()).status).toBe('in_progress');
  });

  it('also when somebody else had said the other thing', async () => {
    const progress = () => say('beta', 'PUT', 'status', { status: 'in_progress' });
    await progress();
    await say('beta', 'POST', 'answers', { text: '신고하십시오.' });
    await say('alpha', 'POST', 'follow-ups', { text: '어디에 합니까?' });
    expect((await read()).status).toBe('assigned');
    expect((await progress()).body.outcome).toBe('applied');
    expect((await read()).status).toBe('in_progress');
  });
});

describe('what is added with the same words', () => {
  it.each<[string, Who, string, string]>([
    ['follow-ups', 'alpha', '언제 되나요?', 'followed_up'],
    ['interim-answers', 'beta', '처리하고 있습니다.', 'interim_answered'],
  ])('%s: is one within minutes, another one later', async (part, who, text, type) => {
    const add = () => say(who, 'POST', part, { text });
    expect(outcomes([await add(), await add()])).toEqual(['applied', 'duplicate']);
    await letPass(repeatWindow);
    expect(outcomes([await add(), await add()])).toEqual(['applied', 'duplicate']);
    expect(await countEvents(type)).toBe(2);
  });

  it('is one at any time when it was written at one time, and another with a key of its own', async () => {
    const add = (writtenAt?: string, key?: string) =>
      say('alpha', 'POST', 'follow-ups', { text: '언제 되나요?', ...(writtenAt && { writtenAt }) }, key);
    await add('2026-11-20T09:30:00+09:00');
    await letPass(repeatWindow);
    expect((await add('2026-11-20T00:30:00Z')).body.outcome).toBe('duplicate');
    expect(outcomes([await add(undefined, 'ask-1'), await add(undefined, 'ask-2')])).toEqual([
      'applied',
      'applied',
    ]);
    expect(outcomes([await add(undefined, 'ask-1'), await add(undefined, 'ask-2')])).toEqual([
      'duplicate',
      'duplicate',
    ]);
    expect(await countEvents('followed_up')).toBe(3);
  });

  it('is another with other files', async () => {
    const add = (name: string) =>
      say('alpha', 'POST', 'follow-ups', {
        text: '보냅니다.',
        attachments: [{ name, url: `https://a.example/${name}` }],
      });
    expect(outcomes([await add('a.pdf'), await add('b.pdf'), await add('b.pdf')])).toEqual([
      'applied',
      'applied',
      'duplicate',
    ]);
  });

  it('answered again after the complainant came back, is an answer', async () => {
    const answer = () => say('beta', 'POST', 'answers', { text: '앞서 답변드린 바와 같습니다.' });
    await answer();
    await letPass(repeatWindow);
    await say('alpha', 'POST', 'follow-ups', { text: '그래도 궁금합니다.' });
    expect((await answer()).body.outcome).toBe('applied');
    expect((await read()).status).toBe('answered');
  });

  it('and an answer may say what an interim answer said', async () => {
    await say('beta', 'POST', 'interim-answers', { text: '처리하였습니다.' });
    expect((await say('beta', 'POST', 'answers', { text: '처리하였습니다.' })).body.outcome).toBe('applied');
    expect((await read()).status).toBe('answered');
  });
});

describe('concurrent calls', () => {
  it.each<[string, () => ReturnType<typeof say>, string]>([
    ['status', () => say('beta', 'PUT', 'status', { status: 'in_progress' }), 'status_changed'],
    ['a follow-up', () => say('alpha', 'POST', 'follow-ups', { text: '언제 되나요?' }), 'followed_up'],
    [
      'a follow-up with a key',
      () => say('alpha', 'POST', 'follow-ups', { text: '?' }, `at-once-${cases}`),
      'followed_up',
    ],
    ['a transfer', () => say('beta', 'POST', 'transfer', { to: 'gamma', reason: '소관' }), 'transferred'],
  ])('of %s are done once', async (_what, write, type) => {
    const replies = await Promise.all(Array.from({ length: 12 }, write));
    expect(outcomes(replies).toSorted()).toEqual(['applied', ...Array(11).fill('duplicate')]);
    expect(await countEvents(type)).toBe(1);
  });
});

describe('an Idempotency-Key is one call of its agency', () => {
  const isReused = (reply: Awaited<ReturnType<typeof send>>) =>
    expect([reply.status, reply.body.type]).toEqual([422, 'urn:minwon-hub:problem:key-reused']);

  it('with another id, at another complaint, with another operation: refused, and nothing is done', async () => {
    const first = await register('keyed-1', '가', 'one-key');
    expect(first.status).toBe(201);
    isReused(await register('keyed-2', '가', 'one-key'));
    isReused(await say('alpha', 'POST', 'follow-ups', { text: '가' }, 'one-key'));
    const again = await register('keyed-1', '가', 'one-key');
    expect([again.status, again.body.receiptNumber]).toEqual([200, first.body.receiptNumber]);
    const { rows } = await doors.store.pool.query("select from links where external_id = 'keyed-2'");
    expect(rows).toEqual([]);
  });

  it('is answered as the first time whatever came between', async () => {
    const progress = () => say('beta', 'PUT', 'status', { status: 'in_progress' }, `status-${number}`);
    await progress();
    await say('beta', 'PUT', 'status', { status: 'supplement_requested' });
    expect((await progress()).body.outcome).toBe('duplicate');
    expect((await read()).status).toBe('supplement_requested');
  });

  it('is free again when its call was refused, and belongs to nobody else', async () => {
    const key = `free-${number}`;
    expect((await say('gamma', 'POST', 'answers', { text: '답' }, key)).status).toBe(404);
    expect((await say('beta', 'POST', 'transfer', { to: 'beta', reason: '?' }, key)).status).toBe(422);
    expect((await say('beta', 'POST', 'answers', { text: '답' }, key)).status).toBe(201);
    expect((await say('alpha', 'POST', 'follow-ups', { text: '답' }, key)).status).toBe(201);
  });

  it('used for two things at once is used for one of them', async () => {
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, n) => register(`race-${n}`, '가', 'race-key')),
    );
    expect(replies.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(422)]);
    const { rows } = await doors.store.pool.query("select from links where external_id like 'race-%'");
    expect(rows).toHaveLength(1);
  });
});

it('the ledger balances after all of it', async () => {
  const { rows } = await doors.store.pool.query(
    `select i.id from raw_items i where i.outcome = 'duplicate' and not exists (select from raw_items o
       where o.agency = i.agency and o.external_id = i.external_id and o.version = i.version and o.outcome <> 'duplicate')`,
  );
  expect(rows).toEqual([]);
});
