import { pino } from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { findLink } from '../../../../hub/access/accounts/account-links.ts';
import { disableUser } from '../../../../hub/access/accounts/administer.ts';
import { inviteUser, sendLink, withdrawLinks } from '../../../../hub/access/accounts/invitations.ts';
import { askForEmail, changeOwnPassword } from '../../../../hub/access/accounts/own-account.ts';
import { confirmEmailByLink, setPasswordByLink } from '../../../../hub/access/accounts/use-link.ts';
import { hashToken } from '../../../../hub/access/keys/secret-token.ts';
import { findListedUser } from '../../../../hub/access/people/list-users.ts';
import { verifyPassword } from '../../../../hub/access/people/passwords.ts';
import { createSessions } from '../../../../hub/access/people/sessions.ts';
import { createSignIn } from '../../../../hub/access/people/sign-in.ts';
import { createUser, findUserByLogin, type User } from '../../../../hub/access/people/users.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { createMailbox, toToken } from './mailbox.ts';

let store: Store;
let mailbox: ReturnType<typeof createMailbox>;
const by = { actor: 'admin', way: 'console' } as const;
const hub = 'https://hub.example.kr';
const password = 'a long enough password';
let count = 0;

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  mailbox = createMailbox(store);
});
afterAll(async () => {
  await mailbox.close();
  await store.close();
});

/** Invites somebody, and resolves with the token of the mail. */
async function invite(): Promise<{ user: User; email: string; token: string }> {
  count += 1;
  const email = `new${count}@office.example`;
  const profile = { login: `new${count}`, name: '김새롬', role: 'counsellor', email } as const;
  const user = await inviteUser(store, profile, hub, by);
  const [mail] = await mailbox.deliver();
  return { user, email, token: toToken(mail) };
}

describe('an invitation', () => {
  test('is one mail to that address, Korean first, with the link as its only secret', async () => {
    const { user, email, token } = await invite();
    const mail = mailbox.mails.at(-1);
    expect(mail).toMatchObject({ address: email, channel: 'email', html: null });
    expect(mail?.subject).toMatch(/^\[민원 허브\] 계정 초대 \/ /);
    expect(mail?.text.split('\n')[0]).toContain('김새롬 님');
    expect(mail?.text).toContain(`\n${hub}/link/${token}\n`);
    expect(mail?.text).toContain(`Your login is ${user.login}.`);
    expect(await mailbox.deliver()).toEqual([]);
  });

  test('lets nobody in before the person has set a password, and then proves the address', async () => {
    const { user, email, token } = await invite();
    expect(await findUserByLogin(store, user.login)).toMatchObject({ passwordHash: null });
    expect(await findListedUser(store, user.id)).toMatchObject({ state: 'invited', email: null });
    expect(await setPasswordByLink(store, token, password)).toBe('done');
    const found = await findUserByLogin(store, user.login);
    expect(await verifyPassword(password, found!.passwordHash!)).toBe(true);
    expect(await findListedUser(store, user.id)).toMatchObject({ state: 'active', email });
  });

  test('is kept as a hash: no table has the token', async () => {
    const { token } = await invite();
    for (const table of ['account_links', 'account_tokens', 'account_mails', 'users']) {
      const { rows } = await store.pool.query(`select * from ${table}`);
      expect(JSON.stringify(rows), table).not.toContain(token);
    }
  });

  test('goes to no address that another has or is invited at, in any case of letters', async () => {
    const { email } = await invite();
    const other = { login: 'other', name: '남', role: 'auditor', email: email.toUpperCase() } as const;
    await expect(inviteUser(store, other, hub, by)).rejects.toMatchObject({ kind: 'taken', field: 'email' });
    expect(await findUserByLogin(store, 'other')).toBeUndefined();
  });
});

describe('attacks on a link', () => {
  test('it works once, also for two at the same moment', async () => {
    const { user, token } = await invite();
    const uses = await Promise.all(
      ['first password here', 'other password here'].map((one) => setPasswordByLink(store, token, one)),
    );
    expect(uses.toSorted()).toEqual(['done', 'used']);
    const { passwordHash } = (await findUserByLogin(store, user.login))!;
    const winner = ['first password here', 'other password here'][uses.indexOf('done')]!;
    expect(await verifyPassword(winner, passwordHash!)).toBe(true);
    expect(await setPasswordByLink(store, token, 'yet another password')).toBe('used');
    expect(await verifyPassword(winner, (await findUserByLogin(store, user.login))!.passwordHash!)).toBe(
      true,
    );
  });

  test('a password that is refused does not use it up', async () => {
    const { token } = await invite();
    await expect(setPasswordByLink(store, token, 'short')).rejects.toMatchObject({ field: 'password' });
    expect((await findLink(store, token))?.state).toBe('open');
  });

  test('expired, altered, cut, withdrawn, replaced, of a disabled person: nothing happens', async () => {
    const { user, token } = await invite();
    const tried = async (given: string) => setPasswordByLink(store, given, password);
    const last = token.endsWith('A') ? 'B' : 'A';
    expect(await tried(`${token.slice(0, -1)}${last}`)).toBe('unknown');
    expect(await tried(token.slice(0, -1))).toBe('unknown');
    expect(await tried('')).toBe('unknown');
    await store.pool.query(`update account_links set expires_at = now() where user_id = $1`, [user.id]);
    expect(await tried(token)).toBe('expired');

    const person = (await findListedUser(store, user.id))!;
    await sendLink(store, person, { email: 'newer@office.example', baseUrl: hub }, by);
    const [newer] = await mailbox.deliver();
    expect(await tried(token)).toBe('ended');
    await withdrawLinks(store, person, by);
    expect(await tried(toToken(newer))).toBe('ended');
    await sendLink(store, person, { email: 'newer@office.example', baseUrl: hub }, by);
    const [newest] = await mailbox.deliver();
    await disableUser(store, user.id, by);
    expect(await tried(toToken(newest))).toBe('unknown');
    expect((await store.pool.query('select password_hash from users where id = $1', [user.id])).rows).toEqual(
      [{ password_hash: null }],
    );
  });

  test('a link for an address sets no password, and one for a password proves no other address', async () => {
    const user = await createUser(store, { login: 'kang', name: '강', role: 'auditor', password });
    const self = { id: user.id, login: user.login, session: '' };
    await askForEmail(store, self, { email: 'kang@office.example', current: password, baseUrl: hub });
    const [mail] = await mailbox.deliver();
    expect(await setPasswordByLink(store, toToken(mail), 'stolen password 1')).toBe('unknown');
    expect((await findListedUser(store, user.id))?.email).toBeNull();
    expect(await confirmEmailByLink(store, toToken(mail))).toBe('done');
    expect((await findListedUser(store, user.id))?.email).toBe('kang@office.example');
    const { token } = await invite();
    expect(await confirmEmailByLink(store, token)).toBe('unknown');
  });
});

test('a link for another address ends when the person sets another password: a thief may have asked for it', async () => {
  const user = await createUser(store, { login: 'thorn', name: '가시', role: 'auditor', password });
  const self = { id: user.id, login: user.login, session: '' };
  await askForEmail(store, self, { email: 'thief@elsewhere.example', current: password, baseUrl: hub });
  const [mail] = await mailbox.deliver();
  await changeOwnPassword(store, self, { current: password, password: 'another long password' });
  expect(await confirmEmailByLink(store, toToken(mail))).toBe('ended');
  expect((await findListedUser(store, user.id))?.email).toBeNull();
});

describe('a reset', () => {
  beforeEach(() => store.pool.query(`update account_mails set state = 'dropped' where state = 'due'`));

  test('ends every session and forgets every browser, and tells the person', async () => {
    const { user, email, token } = await invite();
    await setPasswordByLink(store, token, password);
    const sessions = createSessions(store, { hours: 1, idleMinutes: 60 });
    const { token: cookie } = await sessions.open(user.id);
    await store.pool.query(`insert into known_devices values ($1, $2, now() + interval '1 day')`, [
      `device of ${user.login}`,
      user.id,
    ]);
    const person = (await findListedUser(store, user.id))!;
    await sendLink(store, person, { email, baseUrl: hub }, by);
    const [mail] = await mailbox.deliver();
    expect(mail?.subject).toContain('비밀번호 재설정');
    const signIn = createSignIn(store, pino({ level: 'silent' }));
    const enter = async (typed: string) =>
      (await signIn({ login: user.login, password: typed, address: '192.0.2.1' })).outcome;
    await store.pool.query(
      `insert into sign_in_tries (subject, kind, user_id, tries, until) values ($1, 'pair', $2, 10, now() + interval '9 minutes')`,
      [`pair ${hashToken(user.login)} 192.0.2.1`, user.id],
    );
    expect(await enter(password)).toBe('wait');
    expect(await sessions.find(cookie, false)).toBeDefined();
    expect(await setPasswordByLink(store, toToken(mail), 'another long password')).toBe('done');
    expect(await sessions.find(cookie, false)).toBeUndefined();
    const devices = await store.pool.query('select from known_devices where user_id = $1', [user.id]);
    expect(devices.rowCount).toBe(0);
    expect(await enter('another long password'), 'however often the old one was tried').toBe('welcome');
    const [news] = await mailbox.deliver();
    expect(news?.subject).toContain('비밀번호가 바뀌었습니다');
    expect(news?.text).not.toContain('/link/');
  });
});

test('each step is in the audit, with who and by which way, and without a name, an address or a token', async () => {
  const { user, email, token } = await invite();
  await setPasswordByLink(store, token, password);
  await sendLink(store, (await findListedUser(store, user.id))!, { email, baseUrl: hub }, by);
  await withdrawLinks(store, user, by);
  await disableUser(store, user.id, { actor: 'op', way: 'command' });
  const { rows } = await store.pool.query(
    `select actor, way, action, detail from audit_entries where subject = $1 order by id`,
    [`user ${user.login}`],
  );
  expect(rows).toEqual([
    { actor: 'admin', way: 'console', action: 'account.invited', detail: { role: 'counsellor' } },
    { actor: user.login, way: 'console', action: 'account.password_set', detail: { by: 'invitation' } },
    { actor: 'admin', way: 'console', action: 'account.link_sent', detail: { kind: 'reset' } },
    { actor: 'admin', way: 'console', action: 'account.link_withdrawn', detail: null },
    { actor: 'op', way: 'command', action: 'account.disabled', detail: null },
  ]);
  const all = JSON.stringify((await store.pool.query('select * from audit_entries')).rows);
  for (const secret of ['@', '김새롬', token]) expect(all).not.toContain(secret);
});
