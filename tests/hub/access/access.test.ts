import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { disableUser } from '../../../hub/access/accounts/administer.ts';
import {
  createApiKey,
  createKeyLookup,
  listApiKeys,
  revokeApiKey,
} from '../../../hub/access/keys/api-keys.ts';
import { isGuessable } from '../../../hub/access/people/guessable.ts';
import { maskAddress, maskComplainant, maskFileName } from '../../../hub/access/people/masking.ts';
import { hashPassword, verifyPassword } from '../../../hub/access/people/passwords.ts';
import { type Action, may } from '../../../hub/access/people/rights.ts';
import { createSessions, pruneSessions } from '../../../hub/access/people/sessions.ts';
import { createUser, findUserByLogin, type Role, UserError } from '../../../hub/access/people/users.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { maskName } from '../../../hub/words/mask-name.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';

let store: Store;
const password = 'correct horse battery';
const hour = 3_600_000;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  await createUser(store, { login: 'kim', name: '김상담', role: 'counsellor', password });
});
afterAll(() => store.close());

describe('passwords', () => {
  test('are kept one-way, each with its own salt, and verified', async () => {
    const [one, other] = await Promise.all([hashPassword(password), hashPassword(password)]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[^$]+\$[^$]+$/);
    expect(one).not.toBe(other);
    expect(await verifyPassword(password, one)).toBe(true);
    expect(await verifyPassword(`${password} `, one)).toBe(false);
    expect(await verifyPassword(password, one.slice(0, -2))).toBe(false);
    expect(await verifyPassword(password, 'plain')).toBe(false);
  });

  test('a Korean password is the same composed and decomposed', async () => {
    const stored = await hashPassword('비밀번호는 길어야 합니다'.normalize('NFD'));
    expect(await verifyPassword('비밀번호는 길어야 합니다'.normalize('NFC'), stored)).toBe(true);
  });

  // RFC 7914, section 12: scrypt("password", "NaCl", N=1024, r=8, p=16, 64 bytes).
  test('agree with the test vector of RFC 7914', async () => {
    const salt = Buffer.from('NaCl').toString('base64').replaceAll('=', '');
    const hash = Buffer.from(
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162' +
        '2eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
      'hex',
    ).toString('base64');
    const stored = `$scrypt$ln=10,r=8,p=16$${salt}$${hash.replaceAll('=', '')}`;
    expect(await verifyPassword('password', stored)).toBe(true);
  });
});

describe('passwords that are tried first', () => {
  // 'qlalfqjsgh' is 비밀번호 typed with a Latin keyboard.
  test.each([
    'aaaaaaaaaaaa',
    '123456789012',
    'minwonhub123',
    'qwertyuiop12',
    'qlalfqjsgh1234',
    '비밀번호비밀번호1234',
  ])('%s is one', async (guess) => expect(await isGuessable(guess)).toBe(true));

  test('include what is known of the person, and not words that nobody puts together', async () => {
    expect(await isGuessable('hong.gildong2026', ['hong.gildong'])).toBe(true);
    expect(await isGuessable('봄날의 곰을 좋아하나요')).toBe(false);
    expect(await isGuessable('correct horse battery', ['hong.gildong'])).toBe(false);
  });
});

describe('users', () => {
  const officer = { login: 'lee', name: '이세무', role: 'officer', password } as const;
  test.each([
    ['login', { ...officer, agency: 'tax', login: 'Lee Lee' }],
    ['agency', officer],
    ['agency', { ...officer, role: 'auditor', agency: 'tax' } as const],
    ['password', { ...officer, agency: 'tax', password: 'short' }],
    ['password', { ...officer, agency: 'tax', password: 'password1234' }],
    ['login', { ...officer, agency: 'tax', login: 'kim' }],
  ] as const)('are refused for their %s', async (field, user) => {
    const error = await createUser(store, user).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect((error as UserError).field).toBe(field);
  });

  test('a disabled one is not found, and the session ends', async () => {
    const user = await createUser(store, { login: 'gone', name: '퇴직자', role: 'auditor', password });
    const sessions = createSessions(store, { hours: 1, idleMinutes: 60 });
    const { token } = await sessions.open(user.id);
    expect(await sessions.find(token, false)).toMatchObject({ user: { login: 'gone' } });
    await disableUser(store, user.id, { actor: 'admin', way: 'console' });
    expect(await sessions.find(token, false)).toBeUndefined();
    expect(await findUserByLogin(store, 'gone')).toBeUndefined();
  });
});

describe('sessions', () => {
  test('end when nobody uses them, and in any case on time, and are kept hashed', async () => {
    const { id } = (await findUserByLogin(store, 'kim'))!;
    const begun = Date.now();
    let now = begun;
    const sessions = createSessions(store, { hours: 2, idleMinutes: 30 }, () => now);
    const { token, expiresAt } = await sessions.open(id);
    const idle = await sessions.open(id);
    expect(expiresAt.getTime()).toBe(begun + 2 * hour);
    const { rows } = await store.pool.query('select * from sessions');
    expect(JSON.stringify(rows)).not.toContain(token);

    // A page that refreshes itself is no sign of a person.
    for (const minutes of [25, 50, 75, 100]) {
      now = begun + (minutes / 60) * hour;
      expect(await sessions.find(token, true)).toBeDefined();
      expect((await sessions.find(idle.token, false)) !== undefined).toBe(minutes < 30);
    }
    now = begun + 2 * hour - 1;
    expect(await sessions.find(token, true)).toBeDefined();
    now = begun + 2 * hour;
    expect(await sessions.find(token, true)).toBeUndefined();
    await pruneSessions(store, new Date(now));
    expect((await store.pool.query('select from sessions')).rowCount).toBe(0);
  });

  test('each has its own form token, which is not the session token', async () => {
    const { id } = (await findUserByLogin(store, 'kim'))!;
    const sessions = createSessions(store, { hours: 2, idleMinutes: 60 });
    const tokens = await Promise.all([sessions.open(id), sessions.open(id)]);
    const [one, other] = await Promise.all(tokens.map(({ token }) => sessions.find(token, false)));
    expect(one?.formToken).not.toBe(other?.formToken);
    expect(one?.formToken).not.toContain(tokens[0]?.token);
    await sessions.close(tokens[0]!.token);
    expect(await sessions.find(tokens[0]!.token, false)).toBeUndefined();
    expect(await sessions.find('nonsense', false)).toBeUndefined();
  });
});

describe('API keys', () => {
  test('name their agency, are kept hashed, expire and are revoked', async () => {
    let now = Date.now();
    const lookup = createKeyLookup(store, pino({ level: 'silent' }), { now: () => now });
    const find = async (key: string) => (await lookup.byKey(key))?.agency;
    const { id, key } = await createApiKey(store, 'road');
    expect(key).toMatch(/^mwk_[A-Za-z0-9_-]{43}$/);
    expect(await find(key)).toBe('road');
    expect(await find(`${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`)).toBeUndefined();
    expect(await find('')).toBeUndefined();
    const listed = await listApiKeys(store, 'road');
    expect(listed).toMatchObject([{ id, hint: key.slice(-4), revokedAt: null }]);
    const { rows } = await store.pool.query('select * from api_keys');
    expect(JSON.stringify(rows)).not.toContain(key);

    await revokeApiKey(store, id);
    now += 11_000;
    expect(await find(key)).toBeUndefined();

    const short = await createApiKey(store, 'road', new Date(now + 5000));
    expect(await find(short.key)).toBe('road');
    now += 6000;
    expect(await find(short.key)).toBeUndefined();
  });
});

describe('rights', () => {
  const own = { assignee: 'road', agencies: ['road', 'tax'] };
  const linked = { assignee: 'tax', agencies: ['road', 'tax'] };
  const foreign = { assignee: 'tax', agencies: ['tax'] };
  const all: Action[] = [
    ...(['read', 'see_person', 'register', 'follow_up', 'withdraw', 'transfer', 'answer'] as const),
    ...(['interim', 'status', 'see_operations', 'repair', 'manage_users'] as const),
  ];
  const allowed = (role: Role, subject: typeof own) =>
    all.filter((action) => may({ role, agency: role === 'officer' ? 'road' : null }, action, subject));

  test('an administrator may do everything, an auditor only look', () => {
    expect(allowed('administrator', foreign)).toEqual(all);
    expect(allowed('auditor', foreign)).toEqual(['read', 'see_operations']);
  });
  test('a counsellor takes in and passes on, and does not answer', () => {
    expect(allowed('counsellor', foreign)).toEqual([
      'read',
      'see_person',
      'register',
      'follow_up',
      'withdraw',
      'transfer',
      'see_operations',
    ]);
  });
  test('an officer reads what the agency has part in and answers what it must answer', () => {
    expect(allowed('officer', own)).toEqual([
      'read',
      'see_person',
      'transfer',
      'answer',
      'interim',
      'status',
    ]);
    expect(allowed('officer', linked)).toEqual(['read', 'see_person']);
    expect(allowed('officer', foreign)).toEqual([]);
  });
});

describe('masking', () => {
  test.each([
    ['홍길동', '홍*동'],
    ['김철', '김*'],
    ['김', '김*'],
    ['남궁민수', '남**수'],
  ])('%s becomes %s', (name, masked) => {
    expect(maskName(name)).toBe(masked);
  });
  test.each([
    ['hong@example.kr', 'h***@example.kr'],
    ['+821012345678', '010-****-5678'],
    ['+8227654321', '02-***-4321'],
    ['+14155552671', '+1415****2671'],
    ['1234', '****'],
  ])('%s becomes %s', (address, masked) => {
    expect(maskAddress(address)).toBe(masked);
  });
  test.each([
    ['홍길동 900101-1234567.HWP', '***.HWP'],
    ['2026.홍길동', '***'],
    ['홍길동', '***'],
    ['a.b.pdf', '***.pdf'],
    ['사진.hong gildong', '***'],
  ])('of the file name %s stays %s', (name, masked) => {
    expect(maskFileName(name)).toBe(masked);
  });
  test('a complainant keeps nothing that names him', () => {
    const person = { name: '홍길동', company: '길동상사', email: 'hong@example.kr', phone: '+821012345678' };
    const masked = JSON.stringify(maskComplainant(person));
    for (const value of Object.values(person)) expect(masked).not.toContain(value);
  });
});
