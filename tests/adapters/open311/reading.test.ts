import { describe, expect, test } from 'vitest';
import { samples, toChange } from '../../../adapters/conformance/samples.ts';
import { inWords } from '../../support/in-words.ts';
import { readSampleAgency, secret } from '../conformance/open311-fixture.ts';
import { call, collect, connectTo, limit, readAll, start, startService } from './wire-service.ts';

describe('what is read', () => {
  const request = {
    service_request_id: 'SR-1',
    service_code: 'LIGHT-02',
    status: 'OPEN',
    description: '가로등이 꺼졌습니다\n두 번째 줄',
    requested_datetime: '2026-11-20T09:30:00+09:00',
    updated_datetime: '2026-11-20T01:00:00Z',
  };
  const update = {
    update_id: 'U-1',
    service_request_id: 'SR-1',
    status: 'fixed',
    updated_datetime: '2026-11-20T11:00:00+09:00',
    description: '고쳤습니다.',
  };
  const normalised = async (raw: unknown, changes: object = {}) => {
    const result = await (await connectTo('http://127.0.0.1:1/', changes)).normalise(raw);
    return result.ok ? result.post : result.problems;
  };

  test('a request of a citizen, whom nobody names', async () => {
    expect(await normalised({ request, updates: [] })).toEqual({
      content: {
        title: '가로등이 꺼졌습니다',
        body: '가로등이 꺼졌습니다\n두 번째 줄',
        kind: 'suggestion',
        category: '가로등',
        complainant: { name: '이름 미상' },
        filedAt: '2026-11-20T09:30:00+09:00',
        attachments: [],
      },
      status: 'received',
      answers: [],
      followUps: [],
    });
  });

  test('the newest word about the status counts, and `unchanged` is none', async () => {
    const later = { ...request, status: 'closed', updated_datetime: '2026-11-20T12:00:00+09:00' };
    expect(await normalised({ request, updates: [update] })).toMatchObject({ status: 'answered' });
    expect(await normalised({ request: later, updates: [update] })).toMatchObject({ status: 'closed' });
    const unchanged = { ...update, status: 'unchanged' };
    expect(await normalised({ request, updates: [unchanged] })).toMatchObject({
      status: 'received',
      answers: [{ id: 'U-1', interim: true, text: '고쳤습니다.' }],
    });
  });

  test('an update is final by its status, and names the officer that the agency configured', async () => {
    expect(await normalised({ updates: [update] })).toEqual({
      status: 'answered',
      answers: [
        {
          id: 'U-1',
          interim: false,
          text: '고쳤습니다.',
          answeredAt: '2026-11-20T11:00:00+09:00',
          officer: { department: '생활민원과', contact: '051-120' },
          attachments: [],
        },
      ],
      followUps: [],
    });
  });

  test('what the hub wrote is told from what the agency wrote, by its last line', async () => {
    const wrote = (text: string, word: string) => ({
      ...update,
      description: `${text}\r\n\r\n[민원허브 ${word} 26-0000017-4, k/5]`,
    });
    const updates = [wrote('언제까지인가요?', '추가 질의'), wrote('처리상태가 바뀌었습니다.', '처리상태')];
    const post = await normalised({ request: { ...request, ...wrote('제목\n\n내용', '접수') }, updates });
    expect(post).toMatchObject({
      receiptNumber: '26-0000017-4',
      answers: [],
      followUps: [{ id: 'U-1', text: '언제까지인가요?' }],
    });
  });

  test('a code of the agency’s own is more exact than the status, and must be known', async () => {
    const { codes } = (await readSampleAgency('http://127.0.0.1:1/')).board!.settings;
    const changes = { codes: { ...(codes as object), externalStatus: { S40: 'supplement_requested' } } };
    const asked = { ...update, external_status_code: 'S40' };
    expect(await normalised({ updates: [asked] }, changes)).toMatchObject({ status: 'supplement_requested' });
    expect(
      inWords(await normalised({ updates: [{ ...asked, external_status_code: 'S41' }] }, changes)),
    ).toMatchObject([{ message: expect.stringContaining('"S41"') }]);
  });

  test('without the extension the notes to the status are the answer', async () => {
    const noted = { ...request, status: 'closed', status_notes: '전구를 갈았습니다.' };
    expect(await normalised({ request: noted, updates: [] }, { updates: undefined })).toMatchObject({
      status: 'closed',
      answers: [{ interim: false, text: '전구를 갈았습니다.', answeredAt: '2026-11-20T10:00:00+09:00' }],
    });
    expect(await normalised({ request: noted, updates: [] })).toMatchObject({ answers: [] });
  });

  test('addresses of media are files; times without an offset are those of the agency', async () => {
    const media_url = [
      'https://city.example/a/%EC%82%AC%EC%A7%84.jpg',
      'https://city.example/b.png',
      'no address',
    ];
    const local = { ...request, media_url, requested_datetime: '2026-11-20 09:30:00' };
    expect(await normalised({ request: local, updates: [] })).toMatchObject({
      content: {
        filedAt: '2026-11-20T09:30:00+09:00',
        attachments: [
          { name: '사진.jpg', url: media_url[0] },
          { name: 'b.png', url: media_url[1] },
        ],
      },
    });
  });

  test('a service that the table does not have parks the post and names it', async () => {
    const unknown = { ...request, service_code: 'TREE-05' };
    expect(inWords(await normalised({ request: unknown, updates: [] }))).toMatchObject([
      { message: expect.stringContaining('TREE-05') },
    ]);
  });
});

describe('windows', () => {
  test('a request that only an update speaks of is fetched, with many ids in one call', async () => {
    const from = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const { board, adapter } = await start({ from, requests: { by: 'requested', overlapSeconds: 1 } });
    const began = Date.now() - 86_400_000;
    const numbers = Array.from({ length: 60 }, (_, n) => {
      board.setClock(() => new Date(began + n * 60_000));
      return board.file({});
    });
    const first = await adapter.pull?.(undefined, limit());
    board.setClock();
    for (const no of numbers.slice(0, -1)) board.update(no, '확인했습니다.', 'investigating');
    const before = board.faults.requests;
    const next = await adapter.pull?.(first?.cursor, limit());
    expect(next?.posts).toHaveLength(59);
    // The updates, once whether their list heeds the time, the requests, and two calls for 59 ids.
    expect(board.faults.requests - before).toBe(5);
    for (const { raw } of next?.posts ?? [])
      expect(await adapter.normalise(raw)).toMatchObject({
        ok: true,
        post: { status: 'in_progress', answers: [{ interim: true, text: '확인했습니다.' }] },
      });
  });

  test('a board of the bare specification is read again as far back as it is told to', async () => {
    const requests = { by: 'requested', overlapSeconds: 7 * 86_400 };
    const { board, adapter } = await start({ updates: undefined, requests });
    const made = Date.now() - 3 * 86_400_000;
    board.setClock(() => new Date(made));
    const no = board.file({ description: '사흘 전 신고' });
    board.setClock();
    board.file({ description: '오늘 신고' });
    const first = await adapter.pull?.(undefined, limit());
    expect(first?.posts).toHaveLength(2);
    board.edit(no, { status: 'closed' });
    const next = await adapter.pull?.(first?.cursor, limit());
    expect(next?.posts.map(({ externalId }) => externalId)).toEqual([String(no)]);
    expect((await adapter.pull?.(next?.cursor, limit()))?.posts).toEqual([]);
  });

  test('a list that is cut is read whole by smaller windows, newest first as it is', async () => {
    const { board, adapter } = await start(
      { requests: { by: 'updated', pageSize: 7, windowDays: 365, overlapSeconds: 5 } },
      { mostRows: 7 },
    );
    const began = Date.now() - 40 * 86_400_000;
    for (let n = 0; n < 50; n++) {
      board.setClock(() => new Date(began + n * n * 60_000));
      board.file({ description: `신고 ${n}` });
    }
    const posts = await readAll(adapter);
    expect(posts.map(({ externalId }) => Number(externalId))).toEqual(
      Array.from({ length: 50 }, (_, n) => n + 1),
    );
  });

  test('more requests in one second than a reply holds are an error where the board has no pages', async () => {
    const { board, adapter } = await start(
      { requests: { by: 'updated', pageSize: 3 }, updates: undefined },
      { mostRows: 3 },
    );
    const now = new Date();
    board.setClock(() => now);
    for (let n = 0; n < 4; n++) board.file({});
    await expect(adapter.pull?.(undefined, limit())).rejects.toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining('requests.pageSize'),
    });
  });

  test('an update to a request that the board does not list comes by itself, and a broken time hides nobody', async () => {
    const service = await startService(({ path, query }) => {
      if (query.service_request_id) return undefined;
      if (path.includes('servicerequestupdates'))
        return [
          {
            update_id: 1,
            service_request_id: 5,
            status: 'closed',
            updated_datetime: 'soon',
            description: '끝',
          },
        ];
      return [];
    });
    const adapter = await connectTo(service.url);
    const [post] = await readAll(adapter);
    expect(post?.externalId).toBe('5');
    expect(await adapter.normalise(post?.raw)).toMatchObject({ ok: false });
  });

  test('an answer that was not read whole is not compared', async () => {
    const { board, adapter } = await start({ updates: { historyDays: 10 } });
    const at = (days: number) => board.setClock(() => new Date(Date.now() - days * 86_400_000));
    at(30);
    const old = board.file({ description: '오래된 신고' });
    at(5);
    const young = board.file({ description: '새 신고' });
    for (const no of [old, young]) board.update(no, '확인했습니다.', 'investigating');
    const found = await collect(adapter.fingerprints!(undefined, limit()));
    const answersOf = (no: number) => found.find(({ externalId }) => externalId === String(no))?.answers;
    expect([answersOf(old), (answersOf(young) as unknown[])?.length]).toEqual([undefined, 1]);
  });
});

describe('failures', () => {
  test('an error inside a 200 is refused with the board’s words, and the key never told', async () => {
    const service = await startService(() => [
      { code: 400, description: `no such service; your key ${secret}` },
    ]);
    const outcome = await (await connectTo(service.url)).push?.(toChange(samples.registered), call());
    expect(inWords(outcome)).toEqual({
      kind: 'refused',
      reason: 'HTTP 200: 400: no such service; your key ***',
    });
  });

  test('files of another host are fetched only where it is named, and without the key', async () => {
    const media = await startService(() => 'content');
    const service = await startService(() => []);
    const { origin } = new URL(media.url);
    const wanted = { reference: { name: 'a.jpg', url: `${origin}/a.jpg` }, ref: { externalId: '1' } };
    const stranger = await connectTo(service.url);
    await expect(stranger.fetchAttachment?.(wanted, limit())).rejects.toThrow(
      'is not the board’s own host'.replace('’', "'"),
    );
    const named = await connectTo(service.url, { mediaOrigins: [origin] });
    const { content } = (await named.fetchAttachment?.(wanted, limit()))!;
    const bytes = Buffer.concat(await collect(content));
    expect(bytes.toString()).toBe('"content"');
    expect(media.calls).toMatchObject([{ path: '/a.jpg', query: {} }]);
  });

  test('check tells which services come and went', async () => {
    const service = await startService(({ path }) =>
      path.includes('services') ? [{ service_code: 'LIGHT-02' }, { service_code: 'TREE-05' }] : [],
    );
    const { ok, lines } = await (await connectTo(service.url)).check(limit());
    expect(ok).toBe(false);
    expect(inWords(lines[0])).toEqual({
      what: 'compare the services',
      ok: false,
      detail: 'the board has no service ROAD-01, TRADE-03, ETC-99; codes.category has no entry for TREE-05',
    });
  });
});
