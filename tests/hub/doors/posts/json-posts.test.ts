import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { signWebhook } from '../../../../adapters/kit/http/webhook-signature.ts';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { startTestHub, type TestHub } from '../../../support/test-hub.ts';

const secrets = {
  github: 'a secret of the board',
  standard: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
};
const basic = `Basic ${Buffer.from('board:pass:word').toString('base64')}`;
let hub: TestHub;
let key: string;
let otherKey: string;

/** A board that tells of each change by itself, in its own words, and is never asked. */
const agencyWith = (code: string, proof?: object): Agency => ({
  code,
  name: { ko: code },
  officers: [{ name: '담당자' }],
  board: {
    adapter: 'rest',
    settings: {
      endpoint: 'http://board.example/',
      auth: { kind: 'none' },
      codes: { status: { OPEN: 'received', DONE: 'answered' } },
      received: { items: 'issue', externalId: 'no', updatedAt: 'changed', ...(proof && { proof }) },
      normalise: `{ "status": $code("status", state),
        "answers": reply ? [{ "id": "1", "text": reply }], "takenInAt": taken,
        "steps": demand ? [{ "id": "s1", "kind": "supplement_requested", "text": demand, "at": demanded }],
        "content": { "title": title, "body": title, "kind": "query", "complainant": { "name": "홍길동" }, "filedAt": filed } }`,
    },
  },
});

beforeAll(async () => {
  Object.assign(process.env, {
    POSTS_GITHUB: secrets.github,
    POSTS_STANDARD: secrets.standard,
    POSTS_BASIC: 'pass:word',
  });
  const agencies = [
    agencyWith('github', { kind: 'github', secret: 'env:POSTS_GITHUB' }),
    agencyWith('standard', { kind: 'standardWebhooks', secrets: ['env:POSTS_STANDARD'] }),
    agencyWith('basic', { kind: 'basic', user: 'board', password: 'env:POSTS_BASIC' }),
    agencyWith('keyed'),
  ];
  hub = await startTestHub(agencies, { rules: [], default: 'origin' });
  key = (await createApiKey(hub.store, 'keyed')).key;
  otherKey = (await createApiKey(hub.store, 'basic')).key;
});
afterAll(() => hub.stop());

const issue = (no: number, more: object = {}) => ({
  issue: {
    no,
    title: '가로등이 꺼져 있습니다',
    state: 'OPEN',
    filed: '2026-11-20T09:30:00+09:00',
    changed: '2026-11-20T09:30:00+09:00',
    ...more,
  },
});
const signed = (body: string) => ({
  'x-hub-signature-256': `sha256=${createHmac('sha256', secrets.github).update(body).digest('hex')}`,
});

async function send(code: string, body: string, headers: Record<string, string>) {
  const reply = await fetch(`${hub.url}/api/v1/boards/${code}/posts`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: reply.status, body: (await reply.json()) as { posts: Record<string, unknown>[] } };
}
const sendIssue = (no: number, more?: object) => {
  const body = JSON.stringify(issue(no, more));
  return send('github', body, signed(body));
};
const read = async (code: string, no: number) =>
  (
    await hub.store.pool.query(
      `select c.status, c.content->>'title' as title, c.origin_number, c.last_seq from complaints c
       join links l on l.complaint_id = c.id where l.agency = $1 and l.external_id = $2`,
      [code, String(no)],
    )
  ).rows;

it('takes a post in the board’s own format, signed as GitHub does, and gives its receipt number', async () => {
  const { status, body } = await sendIssue(1);
  expect(status).toBe(200);
  expect(body.posts).toEqual([{ externalId: '1', outcome: 'applied', receiptNumber: expect.any(String) }]);
  expect(await read('github', 1)).toMatchObject([{ title: '가로등이 꺼져 있습니다', origin_number: '1' }]);
});

it('takes the same delivery again, and a late one, without harm', async () => {
  await sendIssue(2);
  const answered = { state: 'DONE', reply: '고쳤습니다', changed: '2026-11-20T11:00:00+09:00' };
  expect((await sendIssue(2, answered)).body.posts).toMatchObject([{ outcome: 'applied' }]);
  const after = await read('github', 2);
  expect(after).toMatchObject([{ status: 'answered' }]);
  expect((await sendIssue(2, answered)).body.posts).toMatchObject([{ outcome: 'duplicate' }]);
  expect((await sendIssue(2)).body.posts, 'replayed').toMatchObject([{ outcome: 'duplicate' }]);
  const late = { title: '가로등이 꺼져 있습니다!', changed: '2026-11-20T10:00:00+09:00' };
  expect((await sendIssue(2, late)).body.posts, 'late').toMatchObject([{ outcome: 'duplicate' }]);
  expect(await read('github', 2)).toEqual(after);
  const news = { ...answered, title: '가로등 두 개가 꺼져 있습니다', changed: '2026-11-20T12:00:00+09:00' };
  expect((await sendIssue(2, news)).body.posts).toMatchObject([{ outcome: 'applied' }]);
  expect(await read('github', 2)).toMatchObject([{ title: '가로등 두 개가 꺼져 있습니다' }]);
});

it('takes steps of the procedure and the time of the intake from a post', async () => {
  const taken = '2026-11-20T10:00:00+09:00';
  // The board answers what it took in itself.
  const demanded = '2026-11-20T10:30:00+09:00';
  const demand = { taken, demand: '사진을 보내 주십시오.', demanded, changed: demanded };
  expect((await sendIssue(4, demand)).body.posts).toMatchObject([{ outcome: 'applied' }]);
  const again = { ...demand, changed: '2026-11-20T11:00:00+09:00' };
  expect((await sendIssue(4, again)).body.posts).toMatchObject([{ outcome: 'applied' }]);
  const { rows } = await hub.store.pool.query(
    `select c.status, c.taken_in_at, c.clock->>'phase' as phase, (select jsonb_agg(e.data->'step' order by e.seq)
       from events e where e.complaint_id = c.id and e.type = 'step_taken') as steps
     from complaints c join links l on l.complaint_id = c.id where l.agency = 'github' and l.external_id = '4'`,
  );
  expect(rows).toEqual([
    {
      status: 'supplement_requested',
      taken_in_at: new Date(taken),
      phase: 'stopped',
      steps: [{ kind: 'supplement_requested', text: '사진을 보내 주십시오.', at: demanded }],
    },
  ]);
});

it('parks a post that cannot be mapped, and says so', async () => {
  const { status, body } = await sendIssue(3, { state: 'HOLD' });
  expect(status).toBe(200);
  expect(body.posts).toMatchObject([
    {
      externalId: '3',
      outcome: 'parked',
      problems: [{ pointer: '/status', message: expect.stringContaining('HOLD') }],
    },
  ]);
  const { rows } = await hub.store.pool.query(
    `select 1 from raw_items where agency = 'github' and outcome = 'parked'`,
  );
  expect(rows).toHaveLength(1);
});

it('takes nothing from a message about no post, and says what is no JSON', async () => {
  const ping = JSON.stringify({ zen: 'Keep it logically awesome.' });
  expect(await send('github', ping, signed(ping))).toEqual({ status: 200, body: { posts: [] } });
  expect((await send('github', '{', signed('{'))).status).toBe(422);
});

it('knows Standard Webhooks, Basic and the hub’s own key', async () => {
  const body = JSON.stringify(issue(1));
  const webhook = (now: number) => signWebhook([secrets.standard], { id: 'msg_1', body }, now);
  expect(await send('standard', body, webhook(Date.now()))).toMatchObject({ status: 200 });
  expect((await send('standard', body, webhook(Date.now() - 600_000))).status, 'ten minutes old').toBe(401);
  expect((await send('standard', `${body} `, webhook(Date.now()))).status, 'another body').toBe(401);
  expect(await send('basic', body, { authorization: basic })).toMatchObject({ status: 200 });
  expect(await send('keyed', body, { authorization: `Bearer ${key}` })).toMatchObject({ status: 200 });
});

it('turns everybody else away, alike', async () => {
  const body = JSON.stringify(issue(9));
  const wrong = { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` };
  const tries = [
    send('github', body, {}),
    send('github', body, wrong),
    send('basic', body, { authorization: `Basic ${Buffer.from('board:word').toString('base64')}` }),
    send('keyed', body, signed(body)),
    send('nobody', body, signed(body)),
  ];
  const replies = await Promise.all(tries);
  expect(replies.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  // Only the name of the request differs.
  expect(new Set(replies.map(({ body }) => JSON.stringify({ ...body, instance: '' }))).size).toBe(1);
  expect((await send('keyed', body, { authorization: `Bearer ${otherKey}` })).status).toBe(403);
  expect(await read('github', 9)).toEqual([]);
});
