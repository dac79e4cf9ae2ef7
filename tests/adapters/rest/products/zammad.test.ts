import { describe, expect, test } from 'vitest';
import { receiptNumber, samples, title, toChange } from '../../../../adapters/conformance/samples.ts';
import { connect, hidden, type Replies } from './documented-board.ts';

describe('zammad.yaml', () => {
  const ticket = (id: number, more: object = {}) => ({
    id,
    group_id: 2,
    group: '민원',
    priority_id: 2,
    state_id: 4,
    state: 'closed',
    number: `220${id}`,
    title: '관람 시간',
    owner_id: 6,
    customer_id: 8,
    customer: 'hong@x.example',
    note: null,
    close_at: '2026-11-20T01:06:00.000Z',
    article_count: 6,
    preferences: {},
    minwon_number: '',
    minwon_key: '',
    created_at: '2026-11-20T01:00:00.000Z',
    updated_at: '2026-11-20T01:09:00.000Z',
    ...more,
  });
  const article = (id: number, sender: string, by: number, body: string, more: object = {}) => ({
    id,
    ticket_id: 3,
    from: sender === 'Agent' ? '김담당 via 민원 <help@x.example>' : '홍길동 <hong@x.example>',
    to: '',
    cc: null,
    subject: '관람 시간',
    body,
    content_type: 'text/plain',
    type: 'note',
    sender,
    internal: false,
    created_by_id: by,
    created_by: by === 5 ? 'minwon-hub' : `user${by}@x.example`,
    origin_by_id: null,
    attachments: [],
    created_at: `2026-11-20T01:0${id}:00.000Z`,
    updated_at: `2026-11-20T01:0${id}:00.000Z`,
    ...more,
  });
  const file = (id: number, filename: string, preferences: object) => ({
    id,
    filename,
    size: '3',
    preferences,
  });
  const replies: Replies = {
    'GET /tickets/search': [ticket(3), ticket(4, { state: 'merged' })],
    'GET /tickets/3': ticket(3),
    'GET /users/8': {
      id: 8,
      login: 'hong@x.example',
      firstname: '길동',
      lastname: '홍',
      email: 'hong@x.example',
    },
    'GET /ticket_articles/by_ticket/3': [
      article(1, 'Customer', 8, '몇 시에<br>엽니까?', {
        content_type: 'text/html',
        attachments: [
          file(11, '사진.png', { 'Content-Type': 'image/png' }),
          file(12, 'message.html', { 'Content-Type': 'text/html', 'content-alternative': true }),
        ],
      }),
      article(2, 'Agent', 6, '확인 중입니다'),
      article(3, 'Customer', 9, '저도요'),
      article(4, 'Customer', 6, '전화로 다시 물었습니다', { type: 'phone', origin_by_id: 8 }),
      article(5, 'Agent', 6, hidden, { internal: true }),
      article(6, 'Agent', 6, '아홉 시에 엽니다', {
        attachments: [file(13, '안내.txt', { 'Mime-Type': 'text/plain' })],
      }),
      article(7, 'Agent', 5, '허브의 글'),
      article(8, 'System', 1, '자동 안내'),
    ],
  };

  test('articles by agents, by the customer and by others; internal ones and merged tickets stay', async () => {
    const { pull, asked } = await connect('zammad.yaml', replies);
    const { posts, results } = await pull();
    expect(JSON.stringify(posts)).not.toContain(hidden);
    expect(posts.map((post) => post.externalId)).toEqual(['3']);
    expect(results).toMatchObject([
      {
        ok: true,
        post: {
          content: {
            title: '관람 시간',
            body: '몇 시에\n엽니까?',
            complainant: { name: '길동 홍', email: 'hong@x.example' },
            attachments: [{ id: '1-11', name: '사진.png', mediaType: 'image/png', size: 3 }],
          },
          status: 'answered',
          answers: [
            { id: '2', interim: true, text: '확인 중입니다', officer: { name: '김담당' } },
            { id: '6-final', interim: false, text: '아홉 시에 엽니다', attachments: [{ id: '6-13' }] },
          ],
          followUps: [{ id: '4', text: '전화로 다시 물었습니다' }],
        },
        aside: { note: expect.stringContaining('1') },
      },
    ]);
    expect([...asked[0]!.searchParams.keys()].filter((name) => name.includes('updated_at'))).toEqual([]);
  });

  test('a list without tickets, and an open ticket that an officer began with an internal note', async () => {
    const of = async (more: Replies) =>
      (await (await connect('zammad.yaml', { ...replies, ...more })).pull()).results;
    expect(await of({ 'GET /tickets/search': [] })).toEqual([]);
    const begun = {
      'GET /tickets/search': [ticket(3, { state: 'open', close_at: null })],
      'GET /ticket_articles/by_ticket/3': [article(1, 'Agent', 6, hidden, { internal: true })],
    };
    expect(await of(begun)).toMatchObject([
      {
        ok: true,
        post: { status: 'in_progress', content: { body: '관람 시간' }, answers: [], followUps: [] },
      },
    ]);
  });

  test('what is later is asked for in UTC, and what the hub wrote is found by its key', async () => {
    const { adapter, asked, sent } = await connect('zammad.yaml', { ...replies, 'POST /tickets': ticket(5) });
    const list = async (since: Date) => {
      for await (const _one of adapter.fingerprints!(since, AbortSignal.timeout(10_000)));
    };
    await list(new Date('2026-11-20T01:00:00.500Z'));
    expect(Object.fromEntries(asked[0]!.searchParams)).toMatchObject({
      'condition[ticket.updated_at][operator]': 'after (absolute)',
      'condition[ticket.updated_at][value]': '2026-11-20T01:00:00Z',
    });
    const registered = toChange(samples.registered);
    const ask = { key: 'key-1', signal: AbortSignal.timeout(10_000) };
    expect(await adapter.push?.(registered, ask)).toEqual({ kind: 'done', ref: { externalId: '5' } });
    expect(sent).toMatchObject([
      { title, minwon_number: receiptNumber, minwon_key: 'key-1', article: { internal: false } },
    ]);
    // A board that passed over the condition would name tickets of other keys.
    expect(await adapter.find?.(registered, ask)).toBeUndefined();
    const held = {
      'GET /tickets/search': [ticket(4, { minwon_key: 'key-0' }), ticket(5, { minwon_key: 'key-1' })],
    };
    const other = await connect('zammad.yaml', held);
    expect(await other.adapter.find?.(registered, ask)).toEqual({ externalId: '5' });
  });
});
