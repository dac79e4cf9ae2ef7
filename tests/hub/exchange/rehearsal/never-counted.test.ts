import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAdminKey } from '../../../../hub/access/keys/admin-keys.ts';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { createMetrics } from '../../../../hub/observe/metrics.ts';
import { type RestBoard, startRestBoard } from '../../../boards/rest-board/index.ts';
import { readBoardAgency, startTestHub, type TestHub } from '../../../support/test-hub.ts';
import { waitFor } from '../../../support/wait-for.ts';
import { createVisitor } from '../../console/console-server.ts';
import { insertUsers } from '../../console/sample-board.ts';
import { type OpenRehearsals, openRehearsals } from './open-rehearsals.ts';
import { count, inStage, waitForRows } from './stage-hub.ts';

let live: RestBoard;
let tried: RestBoard;
let hub: TestHub;
let office: OpenRehearsals;

beforeAll(async () => {
  process.env.SBIZ_API_KEY = 'rest-key';
  live = await startRestBoard({ agencyName: '운영 기관', apiKey: 'rest-key' });
  tried = await startRestBoard({ agencyName: '시험 기관', apiKey: 'rest-key' });
  hub = await startTestHub(
    [
      readBoardAgency('rest-board', 'lived', live.url),
      inStage(readBoardAgency('rest-board', 'tried', tried.url), 'trial'),
    ],
    { rules: [], default: 'lived' },
  );
  await insertUsers(hub.store);
  office = await openRehearsals(hub.store);
  live.file({ subject: '진짜 민원' });
  await waitForRows(hub.store, 'a real complaint', 'complaints');
  await waitForRows(hub.store, 'its notices', "notices where state = 'sent'", 2);
});
afterAll(async () => {
  await office?.close();
  await hub?.stop();
  await Promise.all([live?.close(), tried?.close()]);
});

const pages = [
  ...['/', '/?text=%EC%8B%9C%ED%97%98', '/?assignee=tried', '/?deadline=overdue', '/?deadline=open'],
  ...['/parked', '/agencies', '/agencies/tried', '/agencies/lived', '/outbox', '/alerts', '/ledger'],
  ...[
    '/repairs',
    '/repairs/replays',
    '/repairs/replays?preview=1&agency=tried',
    '/repairs/webhooks',
    '/asides',
  ],
];

/** What pages, metrics, ledger and an agency's program are told, without what moves by itself. */
async function readAll(keys: Record<string, string>): Promise<Record<string, string>> {
  const visitor = createVisitor(hub.url);
  await visitor.signIn('admin');
  const told: Record<string, string> = {};
  for (const path of pages) {
    const { text } = await visitor.get(path);
    told[path] = text
      .replace(/<time.*?<\/time>/g, '')
      .replace(/name="formToken" value="[^"]*"/g, '')
      .replace(/name="key" value="[^"]*"/g, '');
  }
  const { body } = await createMetrics(hub.store).render();
  told.metrics = body
    .split('\n')
    .filter((line) => /^hub_\w*(links|items|notices|texts|webhooks|alerts)/.test(line))
    .join('\n');
  for (const [agency, key] of Object.entries(keys))
    for (const path of ['/api/v1/complaints', '/api/v1/ledger']) {
      const reply = await fetch(`${hub.url}${path}`, { headers: { authorization: `Bearer ${key}` } });
      told[`${agency} ${path}`] = await reply.text();
    }
  return told;
}

const by = { actor: 'admin', way: 'console' } as const;

it('no page, metric, ledger or reply of a door tells of a thousand test complaints, in whatever state', async () => {
  const { store } = hub;
  const keys = {
    lived: (await createApiKey(store, 'lived')).key,
    tried: (await createApiKey(store, 'tried')).key,
  };
  // The first use of a key shows on its agency's page.
  await readAll(keys);
  const before = await readAll(keys);
  tried.faults.mode = 'error500';
  const made = await Promise.all(
    Array.from({ length: 1000 }, (_, n) =>
      office.makeTest(
        {
          agency: 'tried',
          direction: 'to_board',
          address: 'admin@hub.example',
          language: 'ko',
          title: `시험 ${n}`,
          body: '시험입니다',
        },
        by,
      ),
    ),
  );
  expect(made.every(({ ok }) => ok)).toBe(true);
  expect(await count(store, 'trial.complaints')).toBe(1000);
  // Overdue, parked, failed, refused: whatever a list, an alert or a sum could look for.
  await store.pool.query(`
    update trial.complaints set due_at = now() - interval '3 days', remind_at = now() - interval '3 days', registered_at = now() - interval '1 hour';
    update trial.links set state = 'parked', owner = 'x' where id in (select id from trial.links limit 300);
    update trial.notices set state = 'failed' where id in (select id from trial.notices limit 300);
    update trial.raw_items set outcome = 'parked', owner = 'administrator' where id in (select id from trial.raw_items limit 300)`);
  expect(await readAll(keys)).toEqual(before);
  tried.faults.mode = 'none';
  expect(await office.removeTests(await office.agency('tried'), by)).toBe(1000);
  expect(await readAll(keys)).toEqual(before);
});

it('a call of an agency that is not live is refused, and nothing of it is kept', async () => {
  const { key } = await createApiKey(hub.store, 'tried');
  const complaints = await count(hub.store, 'complaints');
  const reply = await fetch(`${hub.url}/api/v1/complaints`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      externalId: 'a-1',
      content: {
        title: '가로등',
        body: '꺼졌습니다',
        kind: 'query',
        complainant: { name: '홍길동' },
        filedAt: new Date().toISOString(),
      },
    }),
  });
  expect([reply.status, await reply.text()]).toEqual([422, expect.stringContaining('tried is not live yet')]);
  expect(await count(hub.store, 'complaints')).toBe(complaints);
});

it('programs of administrators make tests with a file, list them and remove them, as people do', async () => {
  const expiresAt = new Date(Date.now() + 60_000);
  const order = { login: 'admin', name: 'pipeline', scopes: ['configure'] as const, expiresAt };
  const { key } = await createAdminKey(hub.store, order, { actor: 'test', way: 'command' });
  const ask = async (method: string, agency: string, value?: object) => {
    const reply = await fetch(`${hub.url}/api/v1/admin/boards/${agency}/tests`, {
      method,
      headers: { authorization: `Bearer ${key}`, ...(value && { 'content-type': 'application/json' }) },
      ...(value && { body: JSON.stringify(value) }),
    });
    return { status: reply.status, body: JSON.parse(await reply.text()) };
  };
  const order1 = {
    title: '연계 시험',
    body: '답변해 주십시오.',
    address: 'admin@hub.example',
    withFile: true,
  };
  expect((await ask('POST', 'lived', order1)).status).toBe(409);
  expect((await ask('POST', 'nobody', order1)).status).toBe(404);
  expect(await ask('POST', 'tried', { ...order1, address: 'nowhere' })).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/address' }] },
  });
  const made = await ask('POST', 'tried', order1);
  expect(made).toMatchObject({ status: 201, body: { direction: 'to_board', madeBy: 'admin' } });
  const { mark } = made.body;
  const listed = await waitFor('its file on the board', async () => {
    const { tests } = (await ask('GET', 'tried')).body;
    return tests.length === 1 && tests[0].files[0]?.state === 'held' && tests[0];
  });
  expect(listed).toMatchObject({ mark, files: [{ name: `test-${mark}.pdf` }] });
  expect(JSON.stringify(listed)).not.toContain('@');
  const post = tried.posts().find(({ subject }) => subject.includes(mark));
  expect(tried.files(post?.mwNo ?? 0)).toMatchObject([{ name: `test-${mark}.pdf` }]);
  expect((await ask('DELETE', 'tried')).body).toMatchObject({
    removed: 1,
    left: expect.arrayContaining([{ mark, post: String(post?.mwNo), receiptNumber: listed.receiptNumber }]),
  });
  expect((await ask('GET', 'tried')).body.tests).toEqual([]);
  const { rows } = await hub.store.pool.query(
    `select action, actor, way, detail ->> 'key' as key from audit_entries where way = 'api' order by id`,
  );
  expect(rows).toEqual(
    ['test.made', 'test.removed'].map((action) => ({ action, actor: 'admin', way: 'api', key: 'pipeline' })),
  );
});
