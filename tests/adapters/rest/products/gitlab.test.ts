import { describe, expect, test } from 'vitest';
import { receiptNumber, samples, title, toChange } from '../../../../adapters/conformance/samples.ts';
import { connect, hidden, type Replies } from './documented-board.ts';

describe('gitlab.yaml', () => {
  const user = (id: number, name: string, username = `user${id}`) => ({
    id,
    name,
    username,
    state: 'active',
    avatar_url: null,
    web_url: `https://gitlab.example.com/${username}`,
  });
  const issue = (iid: number, more: object = {}) => ({
    id: 7000 + iid,
    iid,
    project_id: 5,
    title: '공공데이터 오류',
    description: '값이 다릅니다',
    state: 'closed',
    created_at: '2026-11-20T01:00:00.000Z',
    updated_at: '2026-11-20T01:09:00.000Z',
    closed_at: '2026-11-20T01:06:01.500Z',
    closed_by: user(6, '김담당'),
    labels: ['처리중'],
    milestone: null,
    assignees: [],
    assignee: null,
    author: user(8, '홍길동'),
    user_notes_count: 5,
    upvotes: 0,
    downvotes: 0,
    confidential: false,
    ...more,
  });
  const note = (id: number, author: object, body: string, more: object = {}) => ({
    id,
    body,
    attachment: null,
    author,
    created_at: `2026-11-20T01:0${id}:00.000Z`,
    updated_at: `2026-11-20T01:0${id}:00.000Z`,
    system: false,
    noteable_id: 7001,
    noteable_type: 'Issue',
    noteable_iid: 1,
    resolvable: false,
    confidential: false,
    internal: false,
    ...more,
  });
  const member = (id: number, level: number) => ({
    ...user(id, '이름'),
    access_level: level,
    expires_at: null,
  });
  const replies: Replies = {
    'GET /projects/5/issues': [issue(1), issue(2, { confidential: true, title: hidden })],
    'GET /projects/5/issues/1': issue(1),
    'GET /projects/5/members/all': [member(6, 30), member(9, 10), member(5, 20)],
    'GET /projects/5/issues/1/notes': [
      // Versions before 15 have no `internal`.
      note(1, user(6, '김담당'), '확인 중입니다', { internal: undefined }),
      note(2, user(9, '지나가던 시민'), '저도요'),
      note(3, user(8, '홍길동'), '언제요?'),
      note(4, user(6, '김담당'), hidden, { internal: true, confidential: true }),
      note(5, user(6, '김담당'), 'assigned to @user6', { system: true }),
      note(6, user(6, '김담당'), '고쳤습니다'),
      note(7, user(5, '연계', 'minwon-hub'), '[민원인 추가 질의]'),
    ],
    'GET /projects/5/issues/1/resource_state_events': [
      {
        id: 142,
        user: user(6, '김담당'),
        created_at: '2026-11-20T01:06:01.500Z',
        resource_type: 'Issue',
        state: 'closed',
      },
    ],
  };

  test('notes by officer, passer-by, writer and hub; internal notes and confidential issues stay', async () => {
    const { pull, asked } = await connect('gitlab.yaml', replies);
    const { posts, results } = await pull();
    expect(JSON.stringify(posts)).not.toContain(hidden);
    expect(results).toMatchObject([
      {
        ok: true,
        post: {
          content: { title: '공공데이터 오류', body: '값이 다릅니다', complainant: { name: '홍길동' } },
          status: 'answered',
          answers: [
            { id: '1', interim: true, text: '확인 중입니다', officer: { name: '김담당' } },
            { id: '6-final', interim: false, text: '고쳤습니다' },
          ],
          followUps: [{ id: '3', text: '언제요?' }],
        },
        aside: { note: expect.stringContaining('1') },
      },
    ]);
    expect(posts.map((post) => post.externalId)).toEqual(['1']);
    expect(Object.fromEntries(asked[0]!.searchParams)).toMatchObject({ state: 'all', confidential: 'false' });
  });

  test('a list without issues, and an issue without notes, that was never closed and has no text', async () => {
    expect(
      (await (await connect('gitlab.yaml', { ...replies, 'GET /projects/5/issues': [] })).pull()).results,
    ).toEqual([]);
    const bare = issue(1, { state: 'opened', labels: [], description: null, user_notes_count: 0 });
    const { results } = await (
      await connect('gitlab.yaml', {
        ...replies,
        'GET /projects/5/issues': [bare],
        'GET /projects/5/issues/1/notes': [],
        'GET /projects/5/issues/1/resource_state_events': [],
      })
    ).pull();
    expect(results).toMatchObject([
      {
        ok: true,
        post: { status: 'received', content: { body: '공공데이터 오류' }, answers: [], followUps: [] },
      },
    ]);
  });

  test('a receipt number is believed where the hub wrote it', async () => {
    const title = '[1AA-2611-0000001] 오류';
    const own = issue(1, { title, author: user(5, '연계', 'minwon-hub'), description: '\\/close\n둘째 줄' });
    const of = async (one: object) =>
      (await (await connect('gitlab.yaml', { ...replies, 'GET /projects/5/issues': [one] })).pull()).results;
    expect(await of(own)).toMatchObject([
      { post: { receiptNumber: '1AA-2611-0000001', content: { title: '오류', body: '/close\n둘째 줄' } } },
    ]);
    const [forged] = await of(issue(1, { title }));
    expect(forged).toMatchObject({ post: { content: { title } } });
    expect(forged).not.toHaveProperty('post.receiptNumber');
  });

  test('what the hub sends: a receipt number in the title, commands of its own alone, and found again', async () => {
    const events = (list: object[]) => ({ ...replies, 'GET /projects/5/events': list });
    const mine = { project_id: 5, author_id: 5, author_username: 'minwon-hub' };
    const opened = {
      ...mine,
      action_name: 'opened',
      target_iid: 3,
      target_type: 'Issue',
      target_title: `[${receiptNumber}] ${title}`,
    };
    const commented = {
      ...mine,
      action_name: 'commented on',
      target_iid: 41,
      target_type: 'Note',
      target_title: title,
      note: { ...note(9, user(5, '연계', 'minwon-hub'), '답\n\n<!-- key-2 -->'), id: 41, noteable_iid: 3 },
    };
    const { adapter, sent } = await connect('gitlab.yaml', {
      ...events([commented, opened, { ...opened, author_username: 'hong', target_iid: 4 }]),
      'POST /projects/5/issues': issue(3),
      'POST /projects/5/issues/3/notes': { ...note(9, user(5, '연계'), '답'), id: 41 },
    });
    const { answer } = samples.answered.data;
    const answered = toChange(
      { type: 'answered', data: { answer: { ...answer, text: '/close\n/assign @kim' } } },
      { externalId: '3' },
    );
    const registered = toChange(samples.registered);
    const ask = (key: string) => ({ key, signal: AbortSignal.timeout(10_000) });
    expect(await adapter.push?.(registered, ask('key-1'))).toEqual({
      kind: 'done',
      ref: { externalId: '3' },
    });
    expect(await adapter.push?.(answered, ask('key-2'))).toMatchObject({
      kind: 'done',
      ref: { partId: '41' },
    });
    expect(sent).toMatchObject([
      { title: `[${receiptNumber}] ${title}` },
      { body: '[수출지원부 박담당]\n\n\\/close\n\\/assign @kim\n\n<!-- key-2 -->\n\n/close' },
    ]);
    expect(await adapter.find?.(registered, ask('key-1'))).toEqual({ externalId: '3' });
    expect(await adapter.find?.(answered, ask('key-2'))).toEqual({ externalId: '3', partId: '41' });
    expect(await adapter.find?.(answered, ask('key-3'))).toBeUndefined();
    const nothing = await connect('gitlab.yaml', events([]));
    expect(await nothing.adapter.find?.(registered, ask('key-1'))).toBeUndefined();
  });

  test('one issue is read alone; a confidential one is not there', async () => {
    const { adapter } = await connect('gitlab.yaml', replies);
    expect(await adapter.read?.('1', AbortSignal.timeout(10_000))).toMatchObject({ externalId: '1' });
    const secret = { ...replies, 'GET /projects/5/issues/1': issue(1, { confidential: true }) };
    const other = await connect('gitlab.yaml', secret);
    expect(await other.adapter.read?.('1', AbortSignal.timeout(10_000))).toBeUndefined();
  });
});
