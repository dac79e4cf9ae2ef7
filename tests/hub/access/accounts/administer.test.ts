import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  changeUser,
  disableUser,
  enableUser,
  setPassword,
} from '../../../../hub/access/accounts/administer.ts';
import { inviteUser } from '../../../../hub/access/accounts/invitations.ts';
import { askForEmail, changeOwnPassword } from '../../../../hub/access/accounts/own-account.ts';
import { listRights, may } from '../../../../hub/access/people/rights.ts';
import { createUser, findUserByLogin, roles, type User } from '../../../../hub/access/people/users.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';

let store: Store;
let one: User;
let other: User;
const by = { actor: 'test', way: 'command' } as const;
const password = 'a long enough password';
const listAble = async () =>
  (
    await store.pool.query(
      `select login from users where role = 'administrator' and disabled_at is null order by login`,
    )
  ).rows.map(({ login }) => login);

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  one = await createUser(store, { login: 'one', name: '하나', role: 'administrator', password });
  other = await createUser(store, { login: 'other', name: '둘', role: 'administrator', password });
});
afterAll(() => store.close());

describe('the last administrator', () => {
  test('stays, also when two disable each other at the same moment', async () => {
    const ends = await Promise.allSettled([disableUser(store, one.id, by), disableUser(store, other.id, by)]);
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await listAble()).toHaveLength(1);
    for (const { id } of [one, other]) await enableUser(store, id, by);
    expect(await listAble()).toEqual(['one', 'other']);
  });

  test('is not an invited one who has no password yet, and keeps the role', async () => {
    await disableUser(store, other.id, by);
    const invited = {
      login: 'third',
      name: '셋',
      role: 'administrator',
      email: 'third@office.example',
    } as const;
    await inviteUser(store, invited, 'https://hub.example.kr', by);
    await expect(disableUser(store, one.id, by)).rejects.toMatchObject({ kind: 'last' });
    const profile = { name: '하나', role: 'auditor' } as const;
    await expect(changeUser(store, one.id, profile, by)).rejects.toMatchObject({ kind: 'last' });
    await changeUser(store, one.id, { name: '하나님', role: 'administrator' }, by);
    expect(await findUserByLogin(store, 'one')).toMatchObject({ name: '하나님', role: 'administrator' });
  });
});

describe('a person', () => {
  test('who comes back to an address that another has now is not let in before that is settled', async () => {
    const [before, now] = [
      await createUser(store, { login: 'before', name: '전', role: 'auditor', password }),
      await createUser(store, { login: 'now', name: '후', role: 'auditor', password }),
    ];
    const setEmail = (id: string) =>
      store.pool.query(`update users set email = 'desk@office.example' where id = $1`, [id]);
    await setEmail(before.id);
    await disableUser(store, before.id, by);
    await setEmail(now.id);
    await expect(enableUser(store, before.id, by)).rejects.toMatchObject({ kind: 'taken', field: 'email' });
    expect(await findUserByLogin(store, 'before')).toBeUndefined();
  });

  test('who is disabled gets no password from the command line', async () => {
    const gone = await createUser(store, { login: 'gone', name: '퇴직', role: 'auditor', password });
    await disableUser(store, gone.id, by);
    await expect(setPassword(store, gone, password, by)).rejects.toMatchObject({ field: 'login' });
  });

  test('whose session somebody took: the current password can be guessed ten times', async () => {
    const user = await createUser(store, { login: 'taken', name: '김', role: 'auditor', password });
    const self = { id: user.id, login: user.login, session: '' };
    const guess = (current: string) =>
      changeOwnPassword(store, self, { current, password: 'a stolen password' }).catch(
        (error: Error) => error.name,
      );
    const ends: unknown[] = [];
    for (let n = 0; n < 11; n++) ends.push(await guess('wrong'));
    expect(ends).toEqual([...Array.from({ length: 10 }, () => 'UserError'), 'WaitForPassword']);
    expect(await guess(password)).toBe('WaitForPassword');
  });
});

test('a person who changes the address again and again sends three mails an hour', async () => {
  const user = await createUser(store, { login: 'mover', name: '김', role: 'auditor', password });
  const self = { id: user.id, login: user.login, session: '' };
  const move = (n: number) =>
    askForEmail(store, self, {
      email: `m${n}@office.example`,
      current: password,
      baseUrl: 'https://hub.example.kr',
    });
  for (const n of [1, 2, 3]) await move(n);
  await expect(move(4)).rejects.toMatchObject({ kind: 'often', field: 'email' });
});

test('the listed rights are those by which the hub decides', () => {
  const rows = listRights();
  expect(rows.map(({ action }) => action)).toContain('manage_users');
  const foreign = { assignee: 'other', agencies: ['other'] };
  for (const { action, scopes } of rows)
    for (const role of roles) {
      const user = { role, agency: 'own' };
      expect(scopes[role] !== null, `${role} ${action}`).toBe(may(user, action));
      expect(scopes[role] === 'all', `${role} ${action}`).toBe(may(user, action, foreign));
    }
});
