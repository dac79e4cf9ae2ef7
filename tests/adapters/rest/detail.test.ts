import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { restAdapter } from '../../../adapters/rest/index.ts';
import { inWords } from '../../support/in-words.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

/** A desk whose list has ids and times. A ticket's messages are two calls deeper, as texts in base64. */
const replies: Record<string, unknown> = {
  '/tickets': { ids: [1, 2] },
  '/many?ids=1,2': [
    { id: 1, at: '2026-11-20T00:00:00Z', title: '가로등' },
    { id: 2, at: '2026-11-20T00:01:00Z', title: '신호등' },
  ],
  '/staff': { names: ['kim'] },
  '/1/messages': { ids: [11, 12] },
  '/2/messages': { ids: [21] },
  '/messages/11': { by: 'hong', text: base64('언제 고쳐지나요?') },
  '/messages/12': { by: 'kim', text: base64('고쳤습니다') },
  '/files/9': { content: Buffer.from('사진').toString('base64') },
};

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

const detail = [
  { name: 'staff', shared: true, path: 'staff', result: 'names' },
  { name: 'messages', path: '{externalId}/messages', result: 'ids' },
  {
    name: 'texts',
    each: 'messages',
    path: 'messages/{each}',
    result: '{ "by": by, "text": $base64Text(text) }',
  },
];

const settings = {
  auth: { kind: 'none' },
  pull: {
    path: 'tickets',
    query: '{}',
    pageDetail: [
      { name: 'tickets', each: '$join(reply.ids.$string(), ",")', path: 'many', query: '{ "ids": each }' },
    ],
    items: 'tickets',
    externalId: 'id',
    updatedAt: 'at',
    detail,
  },
  authors: { officers: 'author in staff' },
  normalise: `{
    "content": { "title": item.title, "body": item.title, "kind": "query",
      "complainant": { "name": "홍길동" }, "filedAt": item.at },
    "writer": "hong",
    "comments": [texts.{ "author": by, "text": text }]
  }`,
  attachments: { fetch: { path: 'files/{fileId}', content: 'reply.content' } },
};

async function connect(changes: object = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const url = decodeURIComponent(request.url ?? '');
    asked.push(url);
    const reply = replies[url];
    response.writeHead(reply === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(reply ?? {}));
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  ends.push(() => new Promise((resolve) => server.close(resolve)));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const given = { ...settings, endpoint, pull: { ...settings.pull, ...changes } };
  expect(restAdapter.checkSettings(given)).toEqual([]);
  const context = { agency: 'desk', timeZone: 'Asia/Seoul', networks: ['127.0.0.0/8'], secret: () => '' };
  const adapter = restAdapter.create(given, context);
  ends.push(() => adapter.close());
  const pull = async () => {
    const { posts = [] } = (await adapter.pull?.(undefined, AbortSignal.timeout(10_000))) ?? {};
    return Promise.all(posts.map(async (post) => inWords(await adapter.normalise(post.raw))));
  };
  return { adapter, asked, pull };
}

test('a list of bare ids is completed by the page, each ticket by a chain of calls, shared ones once', async () => {
  const { asked, pull } = await connect();
  const [first, second] = await pull();
  expect(first).toMatchObject({
    ok: true,
    post: {
      content: { title: '가로등' },
      answers: [{ text: '고쳤습니다' }],
      followUps: [{ text: '언제 고쳐지나요?' }],
    },
  });
  // The only message of the second ticket is not where the settings ask for it.
  expect(second).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('texts') }] });
  expect(asked).toEqual([
    '/tickets',
    '/many?ids=1,2',
    '/staff',
    '/1/messages',
    '/messages/11',
    '/messages/12',
    '/2/messages',
    '/messages/21',
    // Is the ticket still in the list?
    '/tickets',
    '/many?ids=1,2',
  ]);
});

test('what may be missing is left out', async () => {
  const { pull } = await connect({ detail: [...detail.slice(0, 2), { ...detail[2], optional: true }] });
  expect((await pull())[1]).toMatchObject({ ok: true, post: { answers: [], followUps: [] } });
});

test('a ticket that needs too many calls is parked alone', async () => {
  const { pull, asked } = await connect({
    detail: [...detail.slice(0, 2), { ...detail[2], most: 1, optional: true }],
  });
  const [first, second] = await pull();
  expect(first).toMatchObject({
    ok: false,
    problems: [{ message: expect.stringMatching(/2 calls.*at most 1/) }],
  });
  expect(second).toMatchObject({ ok: true });
  expect(asked).not.toContain('/messages/11');
});

test('an expression that fails over one ticket parks that ticket alone', async () => {
  const result = 'by = "kim" ? $error("no text") : $';
  const { pull } = await connect({
    detail: [...detail.slice(0, 2), { ...detail[2], result, optional: true }],
  });
  const [first, second] = await pull();
  expect(first).toMatchObject({ ok: false, problems: [{ message: expect.stringContaining('no text') }] });
  expect(second).toMatchObject({ ok: true });
});

test('the connection check tells what the further calls met', async () => {
  const { adapter } = await connect();
  const report = await adapter.check(AbortSignal.timeout(10_000));
  expect(report.ok).toBe(false);
  expect(JSON.stringify(inWords(report))).toContain('texts');
});

test('a file in base64 inside a reply is read as bytes', async () => {
  const { adapter } = await connect();
  const wanted = { reference: { id: '9', name: 'a.txt' }, ref: { externalId: '1' } };
  const file = await adapter.fetchAttachment?.(wanted, AbortSignal.timeout(10_000));
  const bytes: Uint8Array[] = [];
  for await (const chunk of file?.content ?? []) bytes.push(chunk);
  expect(Buffer.concat(bytes).toString()).toBe('사진');
});

test.each([
  ['/pull/detail/0/name', { detail: [{ name: 'item', path: 'x' }] }],
  [
    '/pull/detail/1/name',
    {
      detail: [
        { name: 'one', path: 'x' },
        { name: 'one', path: 'y' },
      ],
    },
  ],
  ['/pull/detail/0/shared', { detail: [{ name: 'one', path: 'x', each: 'item.ids', shared: true }] }],
  ['/pull/detail/0/path', { detail: [{ name: 'one', path: 'x/{key}' }] }],
  ['/pull/pageDetail/0/path', { pageDetail: [{ name: 'one', path: 'x/{externalId}' }] }],
  ['/pull/detail/0/each', { detail: [{ name: 'one', path: 'x', each: '((' }] }],
])('%s is told', (pointer, pull) => {
  const given = { ...settings, endpoint: 'http://127.0.0.1/', pull: { ...settings.pull, ...pull } };
  expect(restAdapter.checkSettings(given).map((problem) => problem.pointer)).toEqual([pointer]);
});

test('comments without a rule about authors are told', () => {
  const { authors: _rule, ...without } = { ...settings, endpoint: 'http://127.0.0.1/' };
  expect(restAdapter.checkSettings(without).map((problem) => problem.pointer)).toEqual(['/authors']);
});
