import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAudit } from '../../../../hub/access/audit/audit.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitors,
  startConsole,
} from '../console-server.ts';
import { insertUsers } from '../sample-board.ts';

const nothing = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 } as const;
let store: Store;
let server: ConsoleServer;
const read = async (path: string) => (await (await visitAs('admin')).get(path)).text;
const visitAs = createVisitors(() => server.url).as;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  server = await startConsole(store, {
    accept: createRecordedAccept(() => nothing).accept,
    parked: createRecordedActions(() => nothing),
  });
});
afterAll(async () => {
  await server.app.close();
  await store.close();
});

const enter = (actor: string, agency: string | undefined, detail?: unknown) =>
  store.db.transaction().execute((trx) =>
    writeAudit(trx, {
      actor,
      way: 'console',
      action: 'configuration.changed',
      subject: `agency ${agency}`,
      agency,
      detail,
    }),
  );

test('who changed what is listed in words, newest first, by agency and person, over pages', async () => {
  expect(await read('/audit?actor=nobody')).toContain('해당하는 기록이 없습니다');
  for (let n = 0; n < 25; n += 1) await enter('lee', 'road', { note: `메모 ${n}.` });
  await enter('park', 'tax', { paths: [{ path: '/board/rate', change: 'changed' }], version: 7 });

  const first = await read('/audit');
  expect(first.indexOf('/board/rate')).toBeLessThan(first.indexOf('메모 24.'));
  expect(first).toContain('설정 변경');
  expect(first).toContain('바뀐 곳: /board/rate');
  expect(first).not.toContain('메모 0.');
  const [, next = ''] = /href="(\/audit\?after=[^"]*)"/.exec(first) ?? [];
  const second = await read(next.replaceAll('&amp;', '&'));
  expect(second).toContain('메모 0.');
  const [, back = ''] = /href="(\/audit\?before=[^"]*)"/.exec(second) ?? [];
  expect(await read(back.replaceAll('&amp;', '&'))).toContain('/board/rate');

  expect(await read('/audit?actor=park')).not.toContain('메모');
  expect(await read('/audit?agency=road')).not.toContain('/board/rate');
});

test('administrators and auditors see it, nobody else', async () => {
  const statuses = async (login: string) => (await (await visitAs(login)).get('/audit')).status;
  expect(await statuses('auditor')).toBe(200);
  expect(await statuses('counsellor')).toBe(403);
  expect(await statuses('road')).toBe(403);
});
