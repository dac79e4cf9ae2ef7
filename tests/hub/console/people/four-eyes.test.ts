import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findAdminCaller } from '../../../../hub/access/keys/admin-keys.ts';
import { createUser, findUserByLogin } from '../../../../hub/access/people/users.ts';
import type { Accepted } from '../../../../hub/exchange/intake/incoming.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import {
  type ConsoleServer,
  createRecordedAccept,
  createRecordedActions,
  createVisitor,
  startConsole,
} from '../console-server.ts';
import { insertUsers, samplePassword } from '../sample-board.ts';

const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };
type Visitor = ReturnType<typeof createVisitor>;
let store: Store;
let strict: ConsoleServer;
let first: Visitor;
let second: Visitor;

const start = (environment: NodeJS.ProcessEnv) =>
  startConsole(store, {
    accept: createRecordedAccept(() => none).accept,
    parked: createRecordedActions(() => none),
    environment,
  });

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  await createUser(store, {
    ...{ login: 'other.admin', name: '둘째', role: 'administrator', password: samplePassword },
  });
  await createUser(store, {
    ...{ login: 'new.one', name: '새사람', role: 'officer', agency: 'park', password: samplePassword },
  });
  strict = await start({ CONFIG_FOUR_EYES: 'yes', PUBLIC_URL: 'https://hub.example.kr' });
  [first, second] = [createVisitor(strict.url), createVisitor(strict.url)];
  await first.signIn('admin');
  await second.signIn('other.admin');
});
afterAll(async () => {
  await strict.app.close();
  await store.close();
});

const idOf = async (login: string) =>
  (await store.pool.query<{ id: string }>('select id from users where login = $1', [login])).rows[0]?.id;
const newest = async (): Promise<string> =>
  (await store.pool.query('select id from account_proposals order by id desc limit 1')).rows[0].id;
/** Sends what no form on a page leads to, with the token of the session. */
async function send(who: Visitor, action: string, fields: Record<string, string> = {}) {
  const { text } = await who.get('/account');
  const [, formToken = ''] = /name="formToken" value="([^"]+)"/.exec(text) ?? [];
  return who.post(action, { formToken, ...fields });
}
const decide = (who: Visitor, id: string, decision: string) =>
  send(who, `/users/proposals/${id}`, { decision });

describe('with the rule of four eyes nobody alone', () => {
  const third = {
    ...{ login: 'third', name: '셋째', role: 'administrator', agency: '', language: 'ko' },
    email: 'third@hub.example',
  };

  test('invites an administrator, and who proposed it does not decide', async () => {
    const proposed = await first.fill('/users/new', '/users', third);
    expect(proposed.headers.get('location')).toBe('/users/proposals?done=account_proposed');
    expect(await findUserByLogin(store, 'third')).toBeUndefined();
    const id = await newest();
    const own = await decide(first, id, 'agree');
    expect([own.status, own.text.includes('본인의 제안은 본인이')]).toEqual([422, true]);
    expect((await second.get('/users/proposals')).text).toContain('third@hub.example');
    expect((await decide(second, id, 'agree')).status).toBe(303);
    expect(await findUserByLogin(store, 'third')).toMatchObject({ role: 'administrator' });
    const { rows } = await store.pool.query(
      `select actor, action, detail ->> 'secondPerson' as second from audit_entries where subject = 'user third' order by id`,
    );
    expect(rows).toEqual([
      { actor: 'admin', action: 'account.proposed', second: null },
      { actor: 'other.admin', action: 'account.agreed', second: null },
      { actor: 'admin', action: 'account.invited', second: 'other.admin' },
    ]);
    expect((await decide(second, id, 'agree')).text).toContain('이미 끝난 제안');
  });

  test('makes one of another role one, or takes the account of another by a link', async () => {
    const page = `/users/${await idOf('new.one')}`;
    const officer = { name: '새이름', role: 'officer', agency: 'park', language: 'ko' };
    await first.fill(page, `${page}/change`, { ...officer, role: 'administrator', agency: '' });
    expect((await decide(second, await newest(), 'refuse')).status).toBe(303);
    expect(await findUserByLogin(store, 'new.one')).toMatchObject({ role: 'officer' });
    // What makes no administrator is done at once.
    await first.fill(page, `${page}/change`, officer);
    expect((await first.get(page)).text).toContain('새이름');

    const target = `/users/${await idOf('other.admin')}`;
    const sent = await first.fill(target, `${target}/link`, { email: 'mine@hub.example' });
    expect(sent.headers.get('location')).toContain('account_proposed');
    const { rows } = await store.pool.query(`select from account_links where address = 'mine@hub.example'`);
    expect(rows).toEqual([]);
    expect((await decide(first, await newest(), 'withdraw')).status).toBe(303);
    const invited = `/users/${await idOf('third')}`;
    const kept = await send(first, `${invited}/mail`);
    expect([kept.status, kept.text.includes('요청을 확인할 수 없습니다')]).toEqual([403, false]);
  });

  test('has a key before another has agreed, or one of another person', async () => {
    const key = { name: 'pipeline', configure: 'yes', expires: '2099-12-31' };
    const own = `/users/${await idOf('admin')}/keys`;
    const foreign = await send(first, `/users/${await idOf('other.admin')}/keys`, key);
    expect([foreign.status, foreign.text.includes('요청을 확인할 수 없습니다')]).toEqual([403, false]);
    const past = await first.fill(own, own, { ...key, expires: '2001-01-01' });
    expect(past.text).toContain('오늘 이후의 날짜');
    expect((await first.fill(own, own, key)).status).toBe(303);
    const id = await newest();
    const fetchKey = (who: Visitor) => send(who, `/users/proposals/${id}/key`);
    expect((await fetchKey(first)).status).toBe(422);
    await decide(second, id, 'agree');
    expect((await fetchKey(second)).status).toBe(422);
    const made = /mwa_[\w-]{43}/.exec((await fetchKey(first)).text)?.[0] ?? '';
    expect(await findAdminCaller(store, made)).toMatchObject({ login: 'admin', scopes: ['configure'] });
    expect((await fetchKey(first)).status).toBe(422);
    expect((await first.get(own)).text).not.toContain(made);
  });
});

test('without the rule an administrator makes a key, sees it once and revokes it', async () => {
  const plain = await start({});
  const admin = createVisitor(plain.url);
  await admin.signIn('admin');
  const page = `/users/${await idOf('admin')}/keys`;
  const order = { name: 'nightly', 'read-configuration': 'yes', expires: '2099-12-31' };
  const made = await admin.fill(page, page, order);
  const key = /mwa_[\w-]{43}/.exec(made.text)?.[0] ?? '';
  const caller = await findAdminCaller(store, key);
  expect(caller).toMatchObject({ keyName: 'nightly', scopes: ['read-configuration'] });
  const listed = (await admin.get(page)).text;
  expect([listed.includes('nightly'), listed.includes(key)]).toEqual([true, false]);
  expect((await admin.fill(page, `${page}/${caller?.keyId}/revoke`, {})).status).toBe(303);
  expect(await findAdminCaller(store, key)).toBeUndefined();
  expect((await admin.get('/rights')).text).toContain('manage-users');
  await plain.app.close();
});
