import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findByAgentToken } from '../../../hub/access/keys/agent-keys.ts';
import { createKeyLookup } from '../../../hub/access/keys/api-keys.ts';
import { listInForce } from '../../../hub/configuration/versions.ts';
import { createLog } from '../../../hub/observe/log.ts';
import { readSettings } from '../../../hub/settings.ts';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { callHub } from './run-hub.ts';

let store: Store;
let folder: string;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-agency-'));
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const add = (...args: string[]) =>
  callHub(['agency', 'add', ...args], {
    DATABASE_URL: store.url,
    PUBLIC_URL: 'https://hub.example/',
    SIGNING_SECRET: 'a secret of the hub for this test alone',
  });

it('makes an agency behind an agent, with the one command to run, and a token for the next agent', async () => {
  const board = join(folder, 'board.yaml');
  const settings = {
    endpoint: 'http://10.0.0.7/',
    auth: { kind: 'apiKey', header: 'x-api-key', secret: 'env:BOARD_TOKEN' },
    normalise: '{}',
    push: {},
  };
  await writeFile(board, JSON.stringify({ adapter: 'rest', settings }));
  const made = await add('pond', '--name', '저수지', '--officer', '한저수', '--agent', board);
  expect(made.code).toBe(0);
  const [token = ''] = /mwe_[\w-]{43}/.exec(made.stdout) ?? [];
  expect(made.stdout).toContain(`printf '%s' '${token}' > token`);
  expect(made.stdout).toContain('https://hub.example/agent/v1/package');
  expect(made.stdout).toContain('env:BOARD_TOKEN');
  expect(made.stdout).not.toContain('mwk_');
  expect(await findByAgentToken(store.pool, token)).toBe('pond');
  const again = await callHub(['agency', 'agent-token', 'pond'], {
    DATABASE_URL: store.url,
    PUBLIC_URL: 'https://hub.example',
  });
  const [next = ''] = /mwe_[\w-]{43}/.exec(again.stdout) ?? [];
  expect(await findByAgentToken(store.pool, token)).toBeUndefined();
  expect(await findByAgentToken(store.pool, next)).toBe('pond');
  const { body } = (await listInForce(store.db)).find(({ name }) => name === 'pond') ?? {};
  expect(body).toMatchObject({ board: { via: 'agent', adapter: 'rest' } });
});

it('makes the agency, a key that works, and a sheet in two forms', async () => {
  const html = join(folder, 'sheet.html');
  const named = ['--name', '가나<기관>', '--officer', '김담당', '--email', 'kim@road.example'];
  const { code, stdout } = await add(
    'road',
    ...named,
    '--feed',
    '--days',
    '30',
    '--scopes',
    'read,feed',
    '--html',
    html,
  );
  expect(code).toBe(0);
  const [key = ''] = /mwk_[\w-]{43}/.exec(stdout) ?? [];
  const caller = await createKeyLookup(store, createLog(readSettings({ LOG_LEVEL: 'silent' }))).byKey(key);
  expect(caller).toMatchObject({ agency: 'road', scopes: ['read', 'feed'] });
  const document = (await listInForce(store.db)).find(({ name }) => name === 'road');
  expect(document?.body).toEqual({
    code: 'road',
    name: { ko: '가나<기관>' },
    officers: [{ name: '김담당', email: 'kim@road.example', notifyBy: 'email' }],
    feed: true,
  });
  const page = await readFile(html, 'utf8');
  for (const text of [stdout, page])
    for (const part of [
      key,
      caller?.keyId,
      'https://hub.example/.well-known/minwon-hub',
      'https://hub.example/soap/v1?wsdl',
      /mws_[\w-]{43}/,
      '연계 안내서',
    ])
      expect(text).toMatch(
        part instanceof RegExp ? part : new RegExp((part ?? '?').replace(/[?.]/g, '\\$&')),
      );
  expect(page).toContain('가나&lt;기관&gt;');
});

it('makes a webhook, with a secret for both sides', async () => {
  const url = 'https://rail.example/events';
  const named = ['--name', '철도', '--officer', '이담당'];
  const { code, stdout, stderr } = await add('rail-4', ...named, '--webhook', url);
  expect(code).toBe(0);
  const document = (await listInForce(store.db)).find(({ name }) => name === 'rail-4');
  const settings = { url, secrets: ['env:WEBHOOK_SECRET_RAIL_4'] };
  expect(document?.body).toMatchObject({ board: { adapter: 'webhook', settings } });
  const [secret = ''] = /whsec_\S{44}/.exec(stdout) ?? [];
  expect(stderr).toContain(`WEBHOOK_SECRET_RAIL_4=${secret}\n`);
  expect(stdout).toContain(`POST ${url}`);
  expect(() => new Webhook(secret)).not.toThrow();
  expect(await add('both', ...named, '--webhook', url, '--feed')).toMatchObject({ code: 2, stdout: '' });
  expect(await add('both', ...named, '--webhook', 'rail.example')).toMatchObject({ code: 2, stdout: '' });
});

it('refuses a code that is taken or none, and changes nothing', async () => {
  const before = await listInForce(store.db);
  expect(await add('road', '--name', '가', '--officer', '김')).toMatchObject({ code: 2, stdout: '' });
  expect(await add('Road!', '--name', '가', '--officer', '김')).toMatchObject({ code: 2, stdout: '' });
  expect(await add('rail', '--name', '가', '--officer', '김', '--network', '10.0.0.0/99')).toMatchObject({
    code: 2,
  });
  expect(await add('rail', '--name', '가', '--officer', '김', '--scopes', 'all')).toMatchObject({ code: 2 });
  expect(await listInForce(store.db)).toEqual(before);
});
