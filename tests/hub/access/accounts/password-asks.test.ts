import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { inviteUser } from '../../../../hub/access/accounts/invitations.ts';
import { askForReset } from '../../../../hub/access/accounts/password-asks.ts';
import { setPasswordByLink } from '../../../../hub/access/accounts/use-link.ts';
import { createUser } from '../../../../hub/access/people/users.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { createMailbox, toToken } from './mailbox.ts';

let store: Store;
let mailbox: ReturnType<typeof createMailbox>;
const baseUrl = 'https://hub.example.kr';
const password = 'a long enough password';

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  mailbox = createMailbox(store);
  for (const login of ['kim', 'mute'])
    await createUser(store, { login, name: '김상담', role: 'counsellor', password });
  await store.pool.query(`update users set email = 'Kim@office.example' where login = 'kim'`);
  const invited = { login: 'lee', name: '이', role: 'auditor', email: 'lee@office.example' } as const;
  await inviteUser(store, invited, baseUrl, { actor: 'admin', way: 'console' });
  await mailbox.deliver();
});
beforeEach(() => store.pool.query('truncate sign_in_tries'));
afterAll(async () => {
  await mailbox.close();
  await store.close();
});

const ask = (who: string, from = '192.0.2.1') => askForReset(store, { who, from, baseUrl });

/** The statements that one asking makes, with what they touch left out. */
async function listStatements(who: string): Promise<string[]> {
  const said: string[] = [];
  const pool = new Proxy(store.pool, {
    get(target, name) {
      if (name !== 'query') return Reflect.get(target, name);
      return (text: string, values: unknown[]) => {
        said.push(text);
        return target.query(text, values);
      };
    },
  });
  await askForReset({ ...store, pool }, { who, from: '192.0.2.9', baseUrl });
  return said;
}

describe('a forgotten password', () => {
  test.each(['kim', 'KIM@OFFICE.example', 'kim@office.example'])(
    '%s gets the mail at its own address',
    async (who) => {
      await ask(who);
      const mails = await mailbox.deliver();
      expect(mails.map(({ address }) => address)).toEqual(['Kim@office.example']);
      expect(mails[0]?.text).toContain('비밀번호');
    },
  );

  test('asks the same of the database for a name that is known and one that is not', async () => {
    const [known, unknown] = [await listStatements('kim'), await listStatements('nobody')];
    expect(known).toHaveLength(3);
    expect(unknown).toEqual(known);
    expect(known.join()).not.toMatch(/account_mails|account_tokens/);
  });

  test('of a name that nobody has, or of an account without an address, no mail goes', async () => {
    await mailbox.deliver();
    await ask('nobody');
    await ask('nobody@office.example');
    await ask('mute');
    expect(await mailbox.deliver()).toEqual([]);
    expect((await store.pool.query('select from account_asks')).rowCount).toBe(0);
  });

  test('of an invited person, the invitation goes again', async () => {
    await ask('lee@office.example');
    const [mail] = await mailbox.deliver();
    expect(mail?.subject).toContain('계정 초대');
  });

  test('asked again, the mail before works until one of them is used', async () => {
    await ask('kim');
    const [first] = await mailbox.deliver();
    await ask('kim');
    const [second] = await mailbox.deliver();
    expect(toToken(first)).not.toBe(toToken(second));
    expect(await setPasswordByLink(store, toToken(first), password)).toBe('done');
    expect(await setPasswordByLink(store, toToken(second), password)).toBe('used');
    await mailbox.deliver();
  });
});

describe('a flood', () => {
  test('of one name ends in three mails an hour, from wherever it comes, and is not told', async () => {
    await mailbox.deliver();
    for (let n = 0; n < 10; n++) expect(await ask('kim', `198.51.100.${n}`)).toBeUndefined();
    expect(await mailbox.deliver()).toHaveLength(3);
  });

  test('from one address is stopped, and nothing tells whether its names exist', async () => {
    const tried = [];
    for (let n = 0; n < 22; n++) tried.push(await ask(`name${n}`, '203.0.113.5'));
    expect(tried.map((one) => one?.kind)).toEqual([
      ...Array.from({ length: 20 }, () => undefined),
      'forgetful',
      'forgetful',
    ]);
    expect(await ask('kim', '203.0.113.6')).toBeUndefined();
  });

  test('keeps nothing of what was typed: it may be a password', async () => {
    await ask('my secret password');
    const { rows } = await store.pool.query('select * from sign_in_tries');
    const asks = await store.pool.query('select * from account_asks');
    expect(JSON.stringify([rows, asks.rows])).not.toContain('secret');
  });
});
