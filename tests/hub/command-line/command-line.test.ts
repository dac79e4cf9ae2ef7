import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifyPassword } from '../../../hub/access/people/passwords.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { goodFiles, writeFolder } from '../configuration/example-folder.ts';
import { callHub, runHub } from './run-hub.ts';

let env: Record<string, string>;
let store: Store;
beforeAll(async () => {
  env = { DATABASE_URL: await createFreshDatabase() };
  store = openStore(env.DATABASE_URL!);
  return () => store.close();
});
/** In a process of its own. */
const run = (args: string, input = '') => runHub(args.split(' '), { env, input });
/** In this process. */
const hub = (args: string) => callHub(args.split(' '), env);

describe('wrong usage', () => {
  it.each([
    ['an unknown command', 'frob', /unknown command 'frob'/],
    ['a missing argument', 'config export', /missing required argument 'folder'/],
    ['a bad option', 'serve --port high', /must be a number from 0 to 65535/],
    ['an unknown kind', 'config rollback planet x 1', /Allowed choices are agency, routing, clock/],
    ['an unknown role', 'user add kim --name Kim --role boss', /Allowed choices/],
  ])('%s ends with 2 and says so', async (_, args, words) => {
    const { code, stdout, stderr } = await hub(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });

  it('a wrong environment ends with 2 and names the variable', async () => {
    const { code, stderr } = await callHub(['migrate'], { PORT: 'high', ROLES: 'boss' });
    expect(code).toBe(2);
    expect(stderr).toMatch(/PORT: .*\n.*ROLES: /);
  });
});

it('--help tells examples and exit codes, and ends with 0', async () => {
  const { code, stdout } = await run('--help');
  expect(code).toBe(0);
  for (const part of ['Examples:', 'Exit codes:', 'serve', 'migrate', 'config', 'user', 'agency', 'demo'])
    expect(stdout).toContain(part);
});

it('an absent database ends with 3, in one line without stack and password', async () => {
  const absent = { DATABASE_URL: 'postgres://hub:hunter2@127.0.0.1:9/hub' };
  const { code, stderr } = await runHub(['migrate'], { env: absent });
  expect(code).toBe(3);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).not.toContain('hunter2');
  const debug = await runHub(['migrate'], { env: { ...absent, LOG_LEVEL: 'debug' } });
  expect(debug.stderr).toMatch(/\n\s+at .*open\.ts/);
});

it('migrate says that the database is up to date', async () => {
  expect(await run('migrate')).toEqual({ code: 0, stdout: 'the database is up to date\n', stderr: '' });
});

it('config goes from a draft to a rollback and an export', async () => {
  const folder = await writeFolder(goodFiles);
  const bad = await writeFolder({ ...goodFiles, 'agencies/beta.yaml': 'code: beta\n' });
  expect(await hub(`config validate ${folder}`)).toMatchObject({
    code: 0,
    stdout: '3 documents, no problems\n',
  });
  const refused = await hub(`config apply ${bad}`);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(/agencies\/beta\.yaml:1 .*\/name is required\n.*\/officers is required/);
  expect((await hub(`config diff ${folder}`)).stdout).toContain('added agency alpha');
  expect((await hub(`config apply ${folder} --author kim`)).stdout).toContain('added routing routing');
  expect((await hub(`config apply ${folder}`)).stdout).toBe('no changes\n');
  expect((await hub('config versions agency')).stdout).toMatch(
    /^KIND.*\nagency +(alpha|beta) +1 +applied +kim /,
  );
  expect((await hub('config rollback agency beta 7')).stderr).toBe(
    'hub: there is no version 7 of agency beta\n',
  );
  expect((await hub('agency status')).stdout).toMatch(
    /^AGENCY +STAGE +STATE +PAUSED UNTIL.*\nalpha +live +\S+ +- +0 +0 +0 +-\nbeta /,
  );
  expect((await hub('agency status nobody')).stderr).toContain('there is no agency nobody in force');
  const target = await writeFolder({});
  expect((await hub(`config export ${target}`)).stdout).toBe(
    'agencies/alpha.yaml\nagencies/beta.yaml\nrouting.yaml\n',
  );
  expect((await hub(`config diff ${target}`)).stdout).toBe('no changes\n');
});

describe('user', () => {
  const passwordOf = async (login: string) =>
    (await store.pool.query('select password_hash from users where login = $1', [login])).rows[0]
      .password_hash;

  it('add takes the password from standard input', async () => {
    const added = await run('user add lee --name Lee --role counsellor', 'a long enough secret\n');
    expect(added).toEqual({ code: 0, stdout: '', stderr: 'lee may sign in as counsellor\n' });
    expect(await verifyPassword('a long enough secret', await passwordOf('lee'))).toBe(true);
  });

  it('add makes a password, alone on standard output', async () => {
    const { stdout } = await run('user add han --name Han --role auditor --generate-password');
    expect(stdout).toMatch(/^[\w-]{24}\n$/);
    expect(await verifyPassword(stdout.trim(), await passwordOf('han'))).toBe(true);
  });

  it.each([
    ['no password', 'user add a1 --name A --role auditor', '', /no password on standard input/],
    ['a short one', 'user add a1 --name A --role auditor', 'short\n', /password must have/],
  ])('add refuses %s with 2', async (_, args, input, words) => {
    const { code, stderr } = await run(args, input);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it.each([
    ['a login in use', 'user add lee --name Lee --role auditor --generate-password', /in use/],
    [
      'an unknown agency',
      'user add a1 --name A --role officer --agency no --generate-password',
      /no agency no /,
    ],
    ['nobody to disable', 'user disable nobody', /no user nobody/],
  ])('refuses %s with 2', async (_, args, words) => {
    const { code, stderr } = await hub(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
  });

  it('list and disable', async () => {
    await hub('user add choi --name 최상담 --role counsellor --generate-password');
    expect((await hub('user disable choi')).stdout).toBe('choi is disabled\n');
    expect((await hub('user list')).stdout).toMatch(/choi +최상담 +counsellor +- +disabled 2/);
    expect((await hub('user list --state active')).stdout).not.toContain('choi');
    expect((await hub('user enable choi')).stdout).toBe('choi may sign in\n');
    expect((await hub('user list --search 최상')).stdout).toMatch(/choi +최상담 +counsellor +- +active/);
  });

  it('invite says that PUBLIC_URL is missing before anything is written, then plans the mail', async () => {
    const given = [
      'user',
      'invite',
      'yun',
      '--name',
      '윤',
      '--role',
      'auditor',
      '--email',
      'yun@office.example',
    ];
    const missing = await callHub(given, env);
    expect([missing.code, missing.stderr.includes('PUBLIC_URL is not set')]).toEqual([2, true]);
    expect((await store.pool.query(`select from users where login = 'yun'`)).rowCount).toBe(0);
    const known = { ...env, PUBLIC_URL: 'https://hub.example.kr/' };
    expect((await callHub(given, known)).code).toBe(0);
    const planned = async () =>
      (
        await store.pool.query(
          `select m.kind, m.address, base_url, state from account_mails m join users u on u.id = user_id
           where login = 'yun' order by m.id`,
        )
      ).rows;
    const mail = {
      kind: 'invitation',
      address: 'yun@office.example',
      base_url: 'https://hub.example.kr',
      state: 'due',
    };
    expect(await planned()).toEqual([mail]);
    expect((await callHub(['user', 'link', 'yun'], known)).code).toBe(0);
    expect(await planned()).toEqual([mail, mail]);
    expect((await hub('user withdraw yun')).stdout).toBe('the link of yun works no more\n');
    expect((await hub('user withdraw yun')).stdout).toBe('yun has no link\n');
    expect((await hub('user list')).stdout).toMatch(/yun +윤 +auditor +- +invited/);
  });

  it('change, sessions and rights', async () => {
    await hub('user add noh --name 노 --role auditor --generate-password');
    expect((await hub('user change noh --role counsellor')).stdout).toBe('noh is changed\n');
    expect((await hub('user change noh --agency no')).code).toBe(2);
    await store.pool.query(
      `insert into sessions (token_hash, user_id, expires_at, ends_at, address, browser)
       select 'x', id, now() + interval '1 hour', now() + interval '1 hour', '192.0.2.7', 'Whale · Windows' from users where login = 'noh'`,
    );
    expect((await hub('user sessions noh')).stdout).toMatch(/192\.0\.2\.7 +Whale · Windows/);
    expect((await hub('user sessions noh --end')).stdout).toBe('1 sessions of noh ended\n');
    expect((await hub('user rights')).stdout).toMatch(/^manage_users +all +- +- +- +-$/m);
  });

  it('password sets one that was forgotten, and a disabled person gets none', async () => {
    await hub('user add seo --name 서 --role auditor --generate-password');
    const set = await run('user password seo', 'typed by Seo herself\n');
    expect(set).toEqual({ code: 0, stdout: '', stderr: 'the password of seo is set\n' });
    expect(await verifyPassword('typed by Seo herself', await passwordOf('seo'))).toBe(true);
  });
});

describe('agency', () => {
  it('key is shown once and kept hashed; revoke refuses it', async () => {
    await hub(`config apply ${await writeFolder(goodFiles)}`);
    const { stdout, stderr } = await hub('agency key alpha --days 30');
    const key = stdout.trim();
    expect(stderr).not.toContain(key);
    const { rows } = await store.pool.query('select id, key_hash, expires_at from api_keys');
    expect(rows[0].key_hash).toBe(createHash('sha256').update(key).digest('base64url'));
    expect(Math.round((rows[0].expires_at - Date.now()) / 86_400_000)).toBe(30);
    expect((await hub('agency keys alpha')).stdout).toContain(`…${key.slice(-4)}`);
    await hub(`agency revoke ${rows[0].id}`);
    expect((await store.pool.query('select revoked_at from api_keys')).rows[0].revoked_at).not.toBeNull();
  });

  it('key refuses an agency that is not in force', async () => {
    expect(await hub('agency key nobody')).toMatchObject({ code: 2, stdout: '' });
  });
});
