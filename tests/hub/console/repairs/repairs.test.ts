import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitors } from '../console-server.ts';
import { insertUsers } from '../sample-board.ts';

let from: RestBoard;
let to: RestBoard;
let hub: TestHub;
const count = 22;
const visitors = createVisitors(() => hub.url);

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  from = await startRestBoard({ agencyName: '보내는 기관', apiKey: 'rest-key' });
  to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key' });
  hub = await startTestHub(
    [readBoardAgency('rest-board', 'road', from.url), readBoardAgency('rest-board', 'tax', to.url)],
    { rules: [], default: 'tax' },
  );
  await insertUsers(hub.store);
  for (let n = 0; n < count; n++) from.file({ subject: `민원 ${n}` });
  await waitFor('all of them', () => to.posts().length === count);
  await waitForLevel();
});
afterAll(async () => {
  await hub.stop();
  await Promise.all([from.close(), to.close()]);
});

const waitForLevel = () =>
  waitFor('all links level', async () => {
    const { rows } = await hub.store.pool.query(
      'select exists (select from links where held < due or attempting is not null) as behind',
    );
    return !rows[0].behind;
  });

describe('nothing done yet', () => {
  test('every page says so, and the auditor may look but not decide', async () => {
    const auditor = await visitors.as('auditor');
    expect((await auditor.get('/repairs')).text).toContain('아직 일치 확인을 한 적이 없습니다');
    expect((await auditor.get('/repairs')).text).not.toContain('지금 일치 확인');
    expect((await auditor.get('/repairs/replays')).text).toContain('재전송한 적이 없습니다');
    expect((await auditor.get('/repairs/remap?agency=road')).text).toContain('달라지는 자료가 없습니다');
    expect((await auditor.post('/repairs', { agency: 'tax' })).status).toBe(403);
    for (const login of ['counsellor', 'tax'])
      expect((await (await visitors.as(login)).get('/repairs')).status).toBe(403);
  });
});

describe('a board that has lost all', () => {
  test('is compared, shown page by page, and made whole as the administrator says', async () => {
    const port = Number(new URL(to.url).port);
    await to.close();
    to = await startRestBoard({ agencyName: '받는 기관', apiKey: 'rest-key', port });
    const admin = await visitors.as('admin');
    const asked = await admin.fill('/repairs', '/repairs', { agency: 'tax' });
    const [path = ''] = String(asked.headers.get('location')).split('?');
    const page = await waitFor('the report', async () => {
      const { text } = await admin.get(path);
      return text.includes('게시판에 없음') && text;
    });
    expect(page.match(/name="ids"/g)).toHaveLength(20);
    const next = /rel="next" href="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await admin.get(next.replaceAll('&amp;', '&'))).text.match(/name="ids"/g)).toHaveLength(2);
    expect(page).toContain('게시판에 다시 보냄');
    expect((await (await visitors.as('auditor')).get(path)).text).not.toContain('name="ids"');
    expect(to.posts()).toEqual([]);

    const none = await admin.fill(path, path, { decision: 'repair' });
    expect(none.headers.get('location')).toBe(`${path}?done=nothing_selected`);
    const [first = ''] = /(?<=name="ids" value=")[^"]+/.exec(page) ?? [];
    const unsaid = await admin.fill(path, path, { decision: 'dismiss', ids: first });
    expect(unsaid.headers.get('location')).toBe(`${path}?done=reason_missing`);
    await admin.fill(path, path, { decision: 'dismiss', ids: first, reason: '기관이 지운 글' });
    await admin.fill(path, path, { decision: 'repair_all' });
    await waitFor('the posts', () => to.posts().length === count - 1, 20_000);
    const again = await admin.fill(path, path, { decision: 'repair_all' });
    expect(again.headers.get('location')).toBe(`${path}?done=drifts_gone`);
    await waitForLevel();
    const { text } = await admin.get(path);
    for (const said of ['기관이 지운 글', 'admin', '결정 기록', '다시 보낸 사건: 1'])
      expect(text).toContain(said);
  });
});

describe('a replay', () => {
  test('is previewed, started, paused and cancelled', async () => {
    const admin = await visitors.as('admin');
    const path = '/repairs/replays?preview=1&agency=tax&type=registered';
    const { text } = await admin.get(path);
    expect(text).toContain(`민원 ${count}건, 사건 ${count}건을 다시 보냅니다`);
    expect(text).toMatch(/rel="next" href="[^"]*preview=1/);
    const started = await admin.fill(path, '/repairs/replays/start', { perMinute: '1' });
    expect(started.headers.get('location')).toContain('replay_started');
    const list = (await admin.get('/repairs/replays')).text;
    const pause = /action="(\/repairs\/replays\/[^"]+\/pause)"/.exec(list)?.[1] ?? '';
    await admin.fill('/repairs/replays', pause, {});
    const cancel = pause.replace('pause', 'cancel');
    expect((await admin.fill('/repairs/replays', cancel, {})).headers.get('location')).toContain(
      'replay_cancel',
    );
    expect((await admin.get('/repairs/replays')).text).toContain('취소됨');
    const all = await admin.fill('/repairs/replays?preview=1', '/repairs/replays/start', { perMinute: '1' });
    expect(all.headers.get('location')).toContain('replay_started');
    expect((await admin.get('/repairs/replays')).text).toContain('모든 기관');
    const empty = await admin.get('/repairs/replays?preview=1&agency=road');
    expect(empty.text).toContain('조건에 맞는 전달이 없습니다');
  });
});

test('mapping again shows the stored value and the new one; the auditor only which field', async () => {
  await hub.store.pool.query(
    `update complaints set content = jsonb_set(content, '{region}', '"서울"') where content->>'title' = '민원 7'`,
  );
  const admin = await visitors.as('admin');
  const { text } = await admin.get('/repairs/remap?agency=road');
  expect(text).toMatch(/<code>\/content\/region<\/code><\/dt><dd><del>서울<\/del> <ins>부산<\/ins>/);
  const hidden = (await (await visitors.as('auditor')).get('/repairs/remap?agency=road')).text;
  expect(hidden).toContain('/content/region');
  expect(hidden).not.toContain('서울');
  const [id = ''] = /(?<=name="ids" value=")[^"]+/.exec(text) ?? [];
  const sent = await admin.fill('/repairs/remap?agency=road', '/repairs/remap/apply', {
    ids: id,
    decision: 'some',
  });
  expect(sent.headers.get('location')).toBe('/repairs/remap?agency=road&done=remap_applied');
  const { rows } = await hub.store.pool.query(
    "select content->>'region' as region from complaints where content->>'title' = '민원 7'",
  );
  expect(rows).toEqual([{ region: '부산' }]);
});
