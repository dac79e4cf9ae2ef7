import { scryptSync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { disableUser } from '../../../../hub/access/accounts/administer.ts';
import { HashingBusy, hashPassword, verifyPassword } from '../../../../hub/access/people/passwords.ts';
import { createSignIn, type SignIn } from '../../../../hub/access/people/sign-in.ts';
import { pruneTries } from '../../../../hub/access/people/sign-in-tries.ts';
import { createUser } from '../../../../hub/access/people/users.ts';
import { createLog } from '../../../../hub/observe/log.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let store: Store;
const ids: Record<string, string> = {};
const password = 'correct horse battery';
const lines: string[] = [];
/** As the hub logs, with what it takes out of its lines. */
const log = createLog({ LOG_LEVEL: 'info' }, { write: (line) => lines.push(line) });

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  for (const login of ['kim', 'lee', 'gone'])
    ids[login] = (await createUser(store, { login, name: '김상담', role: 'counsellor', password })).id;
});
beforeEach(async () => {
  await store.pool.query('truncate sign_in_tries, known_devices');
  lines.length = 0;
});
afterAll(() => store.close());

/** Two processes of a hub, taken in turn. */
const processes = [0, 1].map(
  () => (given: Parameters<ReturnType<typeof createSignIn>>[0]) => createSignIn(store, log)(given),
);
let turn = 0;
const enter = (login: string, address: string, typed = password, device?: string): Promise<SignIn> =>
  processes[turn++ % 2]!({ login, password: typed, address, device });
const outcome = async (...given: Parameters<typeof enter>) => (await enter(...given)).outcome;
const deviceOf = async (login: string) => {
  const entered = await enter(login, '192.0.2.200');
  if (entered.outcome !== 'welcome') throw new Error(`${login} was not let in`);
  return entered.device.token;
};
const counts = async () => {
  const { rows } = await store.pool.query('select kind, tries from sign_in_tries order by kind');
  return Object.fromEntries(rows.map(({ kind, tries }) => [kind, tries]));
};

describe('signing in', () => {
  test('lets the right password in and says the same of a wrong one and of an unknown login', async () => {
    const welcome = await enter('kim', '192.0.2.1');
    expect(welcome).toMatchObject({ outcome: 'welcome', user: { login: 'kim' } });
    expect(welcome).not.toHaveProperty('user.passwordHash');
    expect(await enter('kim', '192.0.2.1', 'wrong')).toEqual({ outcome: 'refused' });
    expect(await enter('nobody', '192.0.2.1', 'wrong')).toEqual({ outcome: 'refused' });
  });

  test('keeps an old password in the present form from the next sign-in on', async () => {
    const kept = async () =>
      (await store.pool.query(`select password_hash from users where login = 'lee'`)).rows[0].password_hash;
    const salt = Buffer.from('0123456789abcdef');
    const old = scryptSync(password, salt, 32, { N: 2 ** 15, r: 8, p: 3, maxmem: 2 ** 26 });
    const encode = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
    await store.pool.query(`update users set password_hash = $1 where login = 'lee'`, [
      `$scrypt$ln=15,r=8,p=3$${encode(salt)}$${encode(old)}`,
    ]);
    expect(await outcome('lee', '192.0.2.1', 'wrong')).toBe('refused');
    expect(await kept()).toMatch(/^\$scrypt/);
    expect(await outcome('lee', '192.0.2.1')).toBe('welcome');
    expect(await kept()).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$/);
    expect(await outcome('lee', '192.0.2.1')).toBe('welcome');
  });

  test('ten wrong passwords stop their address, in every process, and shut nobody else out', async () => {
    const known = await deviceOf('kim');
    const wrong = Array.from({ length: 10 }, () => outcome('kim', '192.0.2.1', 'wrong'));
    expect(new Set(await Promise.all(wrong))).toEqual(new Set(['refused']));
    for (const _ of processes) expect(await outcome('kim', '192.0.2.1')).toBe('wait');
    expect(await outcome('lee', '192.0.2.1'), 'another login from there').toBe('welcome');
    expect(await outcome('kim', '198.51.100.1'), 'from elsewhere').toBe('welcome');
    expect(await outcome('kim', '192.0.2.1', password, known), 'a known device').toBe('welcome');
    await store.pool.query(`update sign_in_tries set until = now() - interval '1 second'`);
    expect(await outcome('kim', '192.0.2.1')).toBe('welcome');
    await store.pool.query(`update sign_in_tries set until = now() - interval '1 second'`);
    await pruneTries(store);
    expect(await counts()).toEqual({});
  });

  test('whoever goes on after that uses nothing up for others', async () => {
    for (let n = 0; n < 10; n++) await outcome('kim', '192.0.2.1', 'wrong');
    for (let n = 0; n < 200; n++) expect(await outcome('kim', '192.0.2.1', 'wrong')).toBe('wait');
    expect(await counts()).toEqual({ address: 10, pair: 210, login: 10 });
    expect(await outcome('kim', '192.0.2.2')).toBe('welcome');
  });

  test('an attack from everywhere slows strangers for three minutes at the most, and no known device', async () => {
    const known = await deviceOf('kim');
    const wrong = Array.from({ length: 10 }, (_, n) => outcome('kim', `2001:db8:0:${n}::1`, 'wrong'));
    await Promise.all(wrong);
    await store.pool.query(`update sign_in_tries set tries = 20 where kind = 'login'`);
    expect(await outcome('kim', '198.51.100.7'), 'the first try of an address').toBe('welcome');
    expect(await outcome('kim', '198.51.100.8', 'wrong')).toBe('refused');
    expect(await outcome('kim', '198.51.100.8'), 'the second').toBe('wait');
    await store.pool.query(`update sign_in_tries set tries = 200 where kind = 'login'`);
    const slowed = await enter('kim', '198.51.100.1');
    expect(slowed.outcome).toBe('wait');
    const wait = slowed.outcome === 'wait' ? slowed.until.getTime() - Date.now() : Number.NaN;
    expect(wait).toBeLessThanOrEqual(180_000);
    expect(wait).toBeGreaterThan(0);
    expect(await outcome('kim', '198.51.100.1', password, known)).toBe('welcome');
    expect(await outcome('lee', '198.51.100.1')).toBe('welcome');
  });

  test('an IPv6 address counts with the /64 around it', async () => {
    for (let n = 0; n < 10; n++) await outcome('kim', `2001:db8::${n}`, 'wrong');
    expect(await outcome('kim', '2001:db8::abcd')).toBe('wait');
    expect(await outcome('kim', '2001:db8:0:1::1')).toBe('welcome');
  });

  test('right passwords use nothing up', async () => {
    await outcome('kim', '192.0.2.77', 'wrong');
    const known = await deviceOf('kim');
    expect(await outcome('kim', '192.0.2.77')).toBe('welcome');
    expect(await outcome('kim', '192.0.2.77', password, known)).toBe('welcome');
    expect((await counts()).pair).toBeUndefined();
    const { rows } = await store.pool.query(
      `select tries from sign_in_tries where subject in ('address 192.0.2.77', 'address 192.0.2.200') order by subject`,
    );
    expect(rows.map(({ tries }) => tries).sort()).toEqual([0, 1]);
  });

  test('an address that tries many logins is stopped as well', async () => {
    await store.pool.query(
      `insert into sign_in_tries (subject, kind, tries, until) values ('address 203.0.113.9', 'address', 100, now() + interval '1 minute')`,
    );
    expect(await outcome('kim', '203.0.113.9')).toBe('wait');
    expect(await outcome('kim', '203.0.113.10')).toBe('welcome');
  });
});

describe('a known device', () => {
  test('is one of that person, is kept hashed, and is limited by itself', async () => {
    const known = await deviceOf('kim');
    expect(JSON.stringify((await store.pool.query('select * from known_devices')).rows)).not.toContain(known);
    for (let n = 0; n < 10; n++) await outcome('lee', '192.0.2.1', 'wrong');
    for (const device of [known, 'x'.repeat(43), ''])
      expect(await outcome('lee', '192.0.2.1', password, device)).toBe('wait');
    for (let n = 0; n < 10; n++) expect(await outcome('kim', '192.0.2.9', 'wrong', known)).toBe('refused');
    expect(await outcome('kim', '192.0.2.9', password, known)).toBe('wait');
    expect(await outcome('kim', '192.0.2.9')).toBe('welcome');
  });

  test('keeps its token, ends after half a year or with the person, and is one of twenty', async () => {
    const known = await deviceOf('gone');
    const again = await enter('gone', '192.0.2.1', password, known);
    expect(again).toMatchObject({ outcome: 'welcome', device: { token: known } });
    for (let n = 0; n < 25; n++)
      await store.pool.query(`insert into known_devices values ($1, $2, now() + $3 * interval '1 day')`, [
        `device ${n}`,
        ids.gone,
        n + 1,
      ]);
    await enter('gone', '192.0.2.1', password, known);
    const { rows } = await store.pool.query('select count(*)::int as n from known_devices');
    expect(rows[0].n).toBe(20);
    await store.pool.query(`update known_devices set expires_at = now() - interval '1 second'`);
    const late = await enter('gone', '192.0.2.1', password, known);
    expect(late.outcome === 'welcome' && late.device.token).not.toBe(known);
    await disableUser(store, ids.gone!, { actor: 'admin', way: 'console' });
    expect((await store.pool.query('select from known_devices')).rowCount).toBe(0);
  });
});

describe('the log', () => {
  const told = () =>
    lines.map((line) => JSON.parse(line)).map(({ msg, user, from, counted }) => [msg, user, from, counted]);

  test('has a line for every refusal, and one where tries begin to be turned away, with the address', async () => {
    for (let n = 0; n < 13; n++) await outcome('kim', '192.0.2.1', 'wrong');
    await outcome('kim', '192.0.2.2');
    expect(told()).toEqual([
      ...Array.from({ length: 10 }, () => ['sign-in refused', ids.kim, '192.0.2.1', undefined]),
      ['too many tries to sign in', ids.kim, '192.0.2.1', 'pair'],
      ['signed in', ids.kim, '192.0.2.2', undefined],
    ]);
  });

  test('repeats nothing that was typed: it may be a password', async () => {
    await outcome('my secret password', '192.0.2.1', 'another secret');
    expect(told()).toEqual([['sign-in refused', 'unknown', '192.0.2.1', undefined]]);
    expect(lines.join()).not.toContain('secret');
    const { rows } = await store.pool.query('select * from sign_in_tries');
    expect(JSON.stringify(rows)).not.toContain('secret');
  });
});

describe('judging passwords', () => {
  test('takes two of four threads, lets few wait, and keeps places for known devices', async () => {
    const stored = await hashPassword(password);
    let judged = 0;
    const judge = (isKnown: boolean) =>
      verifyPassword('wrong', stored, isKnown).then(
        () => {
          judged += 1;
          return 'judged';
        },
        (error: unknown) => (error instanceof HashingBusy ? 'busy' : Promise.reject(error)),
      );
    const strangers = Array.from({ length: 120 }, () => judge(false));
    const known = Array.from({ length: 10 }, () => judge(true));
    // A file is read on a thread that no password has.
    await readFile(new URL(import.meta.url));
    expect(judged).toBeLessThanOrEqual(2);
    const ends = async (list: Promise<string>[]) =>
      (await Promise.all(list)).filter((end) => end === 'judged').length;
    expect(await ends(strangers)).toBe(14);
    expect(await ends(known)).toBe(4);
  });

  test('charges nobody for what was not judged', async () => {
    const ends = await Promise.all(
      Array.from({ length: 30 }, (_, n) => outcome('kim', `192.0.2.${n}`, 'wrong')),
    );
    const judged = ends.filter((end) => end === 'refused').length;
    expect(
      ends.filter((end) => end === 'busy').length + judged + ends.filter((end) => end === 'wait').length,
    ).toBe(30);
    expect(judged).toBeGreaterThan(0);
    const { rows } = await store.pool.query(
      `select sum(tries)::int as tries from sign_in_tries where kind = 'address'`,
    );
    expect(rows[0].tries).toBe(judged);
  });
});
