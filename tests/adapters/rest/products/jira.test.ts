import { describe, expect, test } from 'vitest';
import { receiptNumber, samples, title, toChange } from '../../../../adapters/conformance/samples.ts';
import { connect, hidden, type Replies } from './documented-board.ts';

describe('jira.yaml', () => {
  const user = (name: string, displayName: string) => ({
    self: `http://www.example.com/jira/rest/api/2/user?username=${name}`,
    name,
    key: name,
    displayName,
    emailAddress: `${name}@x.example`,
    active: true,
  });
  const at = (minute: number) => `2026-11-20T10:0${minute}:00.000+0900`;
  const issue = (id: string, fields: object = {}) => ({
    expand: 'operations,versionedRepresentations,editmeta,changelog,renderedFields',
    id,
    key: `MINWON-${id}`,
    fields: {
      summary: '도로 파임',
      description: '구멍이 있습니다',
      status: { id: '10001', name: '완료' },
      reporter: user('hong', '홍길동'),
      security: null,
      attachment: [
        {
          id: '1',
          filename: '사진.jpg',
          author: user('hong', '홍길동'),
          created: at(0),
          size: 3,
          mimeType: 'image/jpeg',
          content: 'https://jira.x.example/secure/attachment/1/a.jpg',
        },
        {
          id: '2',
          filename: '내부.txt',
          author: user('kim', '김담당'),
          created: at(1),
          size: 3,
          mimeType: 'text/plain',
          content: 'https://jira.x.example/secure/attachment/2/b.txt',
        },
      ],
      created: at(0),
      updated: at(9),
      customfield_10101: null,
      ...fields,
    },
  });
  const comment = (id: number, author: object, body: string, more: object = {}) => ({
    self: `http://www.example.com/jira/rest/api/2/issue/10010/comment/${id}`,
    id: String(id),
    author,
    body,
    updateAuthor: author,
    created: at(id),
    updated: at(id),
    ...more,
  });
  const page = (issues: object[]) => ({
    expand: 'names,schema',
    startAt: 0,
    maxResults: 100,
    total: issues.length,
    issues,
  });
  const change = (minute: number, to: string) => ({
    id: String(minute),
    author: user('kim', '김담당'),
    created: at(minute),
    items: [{ field: 'status', fieldtype: 'jira', from: '3', fromString: '처리 중', to, toString: '상태' }],
  });
  const replies: Replies = {
    'GET /search': page([issue('7'), issue('8', { security: { id: '10100', name: hidden } })]),
    'GET /project/MINWON/role/10100': {
      id: 10100,
      name: '담당자',
      actors: [
        { id: 1, displayName: '김담당', type: 'atlassian-user-role-actor', name: 'kim' },
        {
          id: 2,
          displayName: 'jira-developers',
          type: 'atlassian-group-role-actor',
          name: 'jira-developers',
        },
      ],
    },
    'GET /issue/7/comment': {
      startAt: 0,
      maxResults: 1000,
      total: 7,
      comments: [
        comment(1, user('kim', '김담당'), '확인 중입니다'),
        comment(2, user('park', '지나가던 시민'), '저도요'),
        comment(3, user('hong', '홍길동'), '언제요?'),
        comment(4, user('kim', '김담당'), hidden, { visibility: { type: 'role', value: 'Administrators' } }),
        comment(5, user('kim', '김담당'), hidden, {
          properties: [{ key: 'sd.public.comment', value: { internal: true } }],
        }),
        comment(6, user('kim', '김담당'), '메웠습니다'),
        comment(7, user('minwon-hub', '연계'), '허브의 글'),
      ],
    },
    'GET /issue/7': { id: '7', fields: {}, changelog: { histories: [change(1, '3'), change(6, '10001')] } },
  };

  test('comments by officer, passer-by, writer and hub; restricted comments and issues stay', async () => {
    const { posts, results } = await (await connect('jira.yaml', replies)).pull();
    expect(JSON.stringify(posts)).not.toContain(hidden);
    expect(posts.map((post) => post.externalId)).toEqual(['7']);
    expect(results).toMatchObject([
      {
        ok: true,
        post: {
          content: {
            title: '도로 파임',
            body: '구멍이 있습니다',
            complainant: { name: '홍길동', email: 'hong@x.example' },
            attachments: [{ id: '1', name: '사진.jpg', mediaType: 'image/jpeg', size: 3 }],
          },
          status: 'answered',
          answers: [
            { id: '1', interim: true, text: '확인 중입니다', officer: { name: '김담당' } },
            { id: '6-final', interim: false, text: '메웠습니다' },
          ],
          followUps: [{ id: '3', text: '언제요?' }],
        },
        aside: { note: expect.stringContaining('1') },
      },
    ]);
  });

  test('a search without issues, and an issue without text, files and comments', async () => {
    const of = async (more: Replies) =>
      (await (await connect('jira.yaml', { ...replies, ...more })).pull()).results;
    expect(await of({ 'GET /search': page([]) })).toEqual([]);
    const bare = {
      'GET /search': page([issue('7', { description: null, attachment: [], status: { id: '10000' } })]),
      'GET /issue/7/comment': { startAt: 0, maxResults: 1000, total: 0, comments: [] },
      'GET /issue/7': { id: '7', fields: {}, changelog: { histories: [] } },
    };
    expect(await of(bare)).toMatchObject([
      { ok: true, post: { status: 'received', content: { body: '도로 파임' }, answers: [], followUps: [] } },
    ]);
  });

  test('JQL gets minutes in the time of the account; the key tells what the hub wrote', async () => {
    const found = page([
      issue('9', { customfield_10102: 'key-0' }),
      issue('10', { customfield_10102: 'key-1' }),
    ]);
    const { adapter, asked, sent } = await connect('jira.yaml', {
      'GET /search': found,
      'POST /issue': { id: '10', key: 'MINWON-10', self: 'http://www.example.com/jira/rest/api/2/issue/10' },
      'POST /issue/10/transitions': {},
    });
    for await (const _one of adapter.fingerprints!(
      new Date('2026-11-20T01:00:59.500Z'),
      AbortSignal.timeout(10_000),
    ));
    expect(asked[0]!.searchParams.get('jql')).toContain('updated >= "2026-11-20 10:00"');
    const ask = (key: string) => ({ key, signal: AbortSignal.timeout(10_000) });
    const registered = toChange(samples.registered);
    const answered = toChange(samples.answered, { externalId: '10' });
    expect(await adapter.push?.(registered, ask('key-1'))).toEqual({
      kind: 'done',
      ref: { externalId: '10' },
    });
    expect(await adapter.push?.(answered, ask('key-2'))).toMatchObject({ kind: 'done' });
    expect(sent).toMatchObject([
      { fields: { summary: title, customfield_10101: receiptNumber, customfield_10102: 'key-1' } },
      { transition: { id: '41' }, fields: { customfield_10102: 'key-2' } },
    ]);
    expect(await adapter.find?.(registered, ask('key-1'))).toEqual({ externalId: '10' });
    expect(asked.at(-1)!.searchParams.get('jql')).toContain(`cf[10101] ~ "\\"${receiptNumber}\\""`);
    expect(await adapter.find?.(answered, ask('key-2'))).toBeUndefined();
    expect(asked.at(-1)!.searchParams.get('jql')).toContain('id = 10');
  });
});
