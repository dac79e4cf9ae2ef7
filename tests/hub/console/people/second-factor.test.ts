import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setBreakGlass } from '../../../../hub/access/accounts/break-glass.ts';
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

let store: Store;
const servers: ConsoleServer[] = [];
const none: Accepted = { outcome: 'duplicate', complaintId: 'x', receiptNumber: 'x', lastSeq: 1 };

const start = async (environment: NodeJS.ProcessEnv) => {
  const server = await startConsole(store, {
    accept: createRecordedAccept(() => none).accept,
    parked: createRecordedActions(() => none),
    environment,
  });
  servers.push(server);
  return server;
};
let open: ConsoleServer;
let strict: ConsoleServer;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await insertUsers(store);
  await store.pool.query(`update users set email = login || '@office.example'`);
  open = await start({});
  strict = await start({ SECOND_FACTOR_ROLES: 'administrator', INSIDE_NETWORKS: '192.0.2.0/24' });
});
beforeEach(async () => {
  await store.pool.query(
    'truncate second_factors, recovery_codes, half_sign_ins, factor_asks, sessions, sign_on_sessions, account_mails',
  );
  await store.pool.query('truncate sign_in_tries, known_devices');
});
afterAll(async () => {
  for (const { app } of servers) await app.close();
  await store.close();
});

/** RFC 6238 and RFC 4226, section 5.3, written anew: the code of a secret at a time. */
function toCode(base32: string, at = Date.now()): string {
  const bits = [...base32]
    .map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'))
    .join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const digest = createHmac('sha1', key).update(counter).digest();
  const value = digest.readUInt32BE((digest[19] ?? 0) & 15) & 0x7fffffff;
  return String(value % 1_000_000).padStart(6, '0');
}
const secretOf = (text: string) =>
  (/<code class="secret">([A-Z2-7 ]+)</.exec(text)?.[1] ?? '').replaceAll(' ', '');
const recoveryOf = (text: string) => [...text.matchAll(/<li><code>([\w-]+)</g)].map(([, code]) => code ?? '');
const actions = async () =>
  (await store.pool.query<{ action: string }>('select action from audit_entries order by id')).rows.map(
    ({ action }) => action,
  );
/** As if the person had waited for the next codes: what was used before is used no more than that. */
const waitForCode = () => store.pool.query('update second_factors set last_step = last_step - 10');

/** Signs in up to the second step. */
async function begin({ url }: ConsoleServer, login: string, visitor = createVisitor(url)) {
  const reply = await visitor.post('/sign-in', { login, password: samplePassword, to: '/account' });
  return { visitor, reply };
}

/** A person who set a program for codes up, in a session of the own. */
async function setUp(server: ConsoleServer, login: string) {
  const { visitor } = await begin(server, login);
  const page = await visitor.get('/account/factors/new');
  const secret = secretOf(page.text);
  const shown = await visitor.fill('/account/factors/new', '/account/factors/new', {
    name: 'telephone',
    code: toCode(secret),
    current: samplePassword,
  });
  return { visitor, secret, codes: recoveryOf(shown.text) };
}

describe('a person who set a second factor up', () => {
  test('is let in by the code alone, once for each code, and the person is told', async () => {
    const { secret, codes } = await setUp(open, 'counsellor');
    expect(codes).toHaveLength(10);
    const { rows } = await store.pool.query('select * from recovery_codes');
    for (const code of codes) expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''));
    const { visitor, reply } = await begin(open, 'counsellor');
    expect([reply.status, visitor.cookies.has('session')]).toEqual([200, false]);
    expect((await visitor.get('/account')).headers.get('location')).toMatch(/^\/sign-in/);
    // The code with which it was set up is used.
    const again = await visitor.post('/sign-in/second', { code: toCode(secret), to: '/account' });
    expect([again.status, visitor.cookies.has('session')]).toEqual([401, false]);
    await waitForCode();
    const code = toCode(secret);
    const inside = await visitor.post('/sign-in/second', { code, to: '/account' });
    expect([inside.status, inside.headers.get('location')]).toEqual([303, '/account']);
    expect((await visitor.get('/account')).status).toBe(200);
    const other = await begin(open, 'counsellor');
    expect((await other.visitor.post('/sign-in/second', { code })).status).toBe(401);
    const mails = await store.pool.query('select kind, address from account_mails order by created_at');
    expect(mails.rows).toContainEqual({ kind: 'factor_added', address: 'counsellor@office.example' });
  });

  test('may use a recovery code once', async () => {
    const { codes } = await setUp(open, 'counsellor');
    const first = await begin(open, 'counsellor');
    expect((await first.visitor.post('/sign-in/second', { code: codes[3]!.toUpperCase() })).status).toBe(303);
    const second = await begin(open, 'counsellor');
    expect((await second.visitor.post('/sign-in/second', { code: codes[3]! })).status).toBe(401);
    expect(await actions()).toContain('account.recovery_used');
  });

  test('cannot be guessed at: ten wrong codes stop strangers, and not a browser that is known', async () => {
    const { visitor: known, secret } = await setUp(open, 'counsellor');
    const { visitor } = await begin(open, 'counsellor');
    for (let n = 0; n < 10; n++)
      expect((await visitor.post('/sign-in/second', { code: 'no' })).status).toBe(401);
    await waitForCode();
    expect((await visitor.post('/sign-in/second', { code: toCode(secret) })).status).toBe(429);
    await known.fill('/account', '/sign-out', {});
    await begin(open, 'counsellor', known);
    expect((await known.post('/sign-in/second', { code: toCode(secret) })).status).toBe(303);
  });

  test('whom an administrator helps, because all is lost, signs in with the password again', async () => {
    const { visitor: lost } = await setUp(open, 'counsellor');
    const { visitor: admin } = await begin(open, 'admin');
    const { rows } = await store.pool.query(`select id from users where login = 'counsellor'`);
    await admin.fill(`/users/${rows[0].id}`, `/users/${rows[0].id}/factors`, {});
    expect((await lost.get('/account')).status).toBe(303);
    expect((await begin(open, 'counsellor')).visitor.cookies.has('session')).toBe(true);
    expect(await actions()).toContain('account.factor_removed');
  });
});

describe('a hub that asks for second factors', () => {
  test('has administrators, and everybody from outside, set one up before anything else', async () => {
    for (const login of ['admin', 'counsellor']) {
      const { visitor, reply } = await begin(strict, login);
      expect([reply.text.includes('2단계 인증 등록'), visitor.cookies.has('session')]).toEqual([true, false]);
      const wrong = await visitor.post('/sign-in/enrol', { name: 'app', code: '000000x', to: '/account' });
      expect([wrong.status, visitor.cookies.has('session')]).toEqual([422, false]);
      // The secret stays the same while the person types.
      expect(secretOf(wrong.text)).toBe(secretOf(reply.text));
      const shown = await visitor.post('/sign-in/enrol', {
        name: 'app',
        code: toCode(secretOf(reply.text)),
        to: '/account',
      });
      expect(recoveryOf(shown.text)).toHaveLength(10);
      expect((await visitor.get('/account')).status).toBe(200);
    }
  });

  test('keeps the last one of an administrator', async () => {
    const { visitor, reply } = await begin(strict, 'admin');
    await visitor.post('/sign-in/enrol', { code: toCode(secretOf(reply.text)) });
    const { rows } = await store.pool.query('select id from second_factors');
    const removed = await visitor.fill('/account/factors', '/account/factors/remove', { factor: rows[0].id });
    expect([removed.status, removed.text.includes('다른 수단을 먼저 추가')]).toEqual([422, true]);
  });
});

describe('a break-glass account', () => {
  test('gets in without a second factor, and every administrator is told', async () => {
    const { rows } = await store.pool.query(
      `select id, login, role from users where login in ('admin', 'road')`,
    );
    const by = { actor: 'root', way: 'command' } as const;
    const [admin, road] = ['admin', 'road'].map((login) => rows.find((row) => row.login === login));
    await expect(setBreakGlass(store, road, true, by)).rejects.toThrow('administrator');
    await setBreakGlass(store, admin, true, by);
    const { visitor, reply } = await begin(strict, 'admin');
    expect([reply.status, visitor.cookies.has('session')]).toEqual([303, true]);
    await setBreakGlass(store, admin, false, by);
    expect((await begin(strict, 'admin')).visitor.cookies.has('session')).toBe(false);
    const mails = await store.pool.query(
      `select address, facts from account_mails where kind = 'break_glass'`,
    );
    expect(mails.rows).toMatchObject([{ address: 'admin@office.example', facts: { account: 'admin' } }]);
    expect(await actions()).toEqual(
      expect.arrayContaining([
        'account.break_glass_set',
        'account.break_glass_used',
        'account.break_glass_ended',
      ]),
    );
  });
});

describe('a browser that was not known', () => {
  test('is told to the person, and the first one and a known one are not', async () => {
    await store.pool.query('update users set last_sign_in_at = null');
    const { visitor } = await begin(open, 'auditor');
    await visitor.fill('/account', '/sign-out', {});
    await begin(open, 'auditor', visitor);
    const told = async () =>
      (await store.pool.query(`select address, facts from account_mails where kind = 'signed_in'`)).rows;
    expect(await told()).toEqual([]);
    await begin(open, 'auditor');
    expect(await told()).toMatchObject([{ address: 'auditor@office.example', facts: { from: '127.0.0.1' } }]);
  });
});

describe('an act that matters', () => {
  const form = {
    login: 'new.one',
    name: '새사람',
    role: 'auditor',
    language: 'ko',
    email: 'new@office.example',
  };
  const count = async () =>
    (await store.pool.query(`select from users where login = 'new.one'`)).rowCount ?? 0;

  test('asks for the second factor after 15 minutes, and keeps what was typed', async () => {
    const { visitor, reply } = await begin(strict, 'admin');
    const secret = secretOf(reply.text);
    await visitor.post('/sign-in/enrol', { code: toCode(secret) });
    await store.pool.query(`update sessions set proved_at = now() - interval '16 minutes'`);
    await waitForCode();
    const asked = await visitor.fill('/users/new', '/users', form);
    expect(asked.text).toContain('2단계 인증을 다시 확인합니다');
    expect(asked.text).toContain('value="new@office.example"');
    expect(await count()).toBe(0);
    const wrong = await visitor.fill('/users/new', '/users', { ...form, stepUpCode: '1' });
    expect([wrong.status, await count()]).toEqual([401, 0]);
    const done = await visitor.fill('/users/new', '/users', { ...form, stepUpCode: toCode(secret) });
    expect([done.status, await count()]).toEqual([303, 1]);
    // It counts for what comes next, too.
    const { rows } = await store.pool.query(`select id from users where login = 'new.one'`);
    const next = await visitor.fill(`/users/${rows[0].id}`, `/users/${rows[0].id}/disable`, {});
    expect(next.status).toBe(303);
  });
});
