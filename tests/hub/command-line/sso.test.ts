import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openStore, type Store } from '../../../hub/store/database.ts';
import { type OidcServer, startOidcServer } from '../../support/identity/oidc-server.ts';
import { createFreshDatabase } from '../../support/servers/fresh-database.ts';
import { insertUsers } from '../console/sample-board.ts';
import { runHub } from './run-hub.ts';

let store: Store;
let idp: OidcServer;
let folder: string;
let env: Record<string, string>;
const hub = (...args: string[]) => runHub(['sso', ...args], { env });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'minwon-hub-sso-'));
  const url = await createFreshDatabase();
  store = openStore(url);
  await insertUsers(store);
  idp = await startOidcServer();
  await idp.open('http://127.0.0.1:1', 'city');
  const file = join(folder, 'sign-on.yaml');
  await writeFile(
    file,
    `providers:
  - name: city
    kind: oidc
    label: { ko: 시청 통합 로그인, en: City sign-on }
    contact: { ko: 정보화담당관, en: IT office }
    issuer: ${idp.issuer}
    clientId: hub
    clientSecret: env:CITY_SECRET
    roles:
      - { when: { groups: [minwon-audit] }, role: auditor }
`,
  );
  env = { DATABASE_URL: url, SIGN_ON_FILE: file, CITY_SECRET: 'a secret of the client' };
});
afterAll(async () => {
  await idp.close();
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

it('validates the file without asking anybody, and names every mistake with its line', async () => {
  expect(await hub('validate')).toMatchObject({ code: 0, stdout: '1 provider, no problems\n' });
  const bad = join(folder, 'bad.yaml');
  await writeFile(bad, 'providers:\n  - name: city\n    kind: oidcc\n');
  const { code, stderr } = await hub('validate', bad);
  expect(code).not.toBe(0);
  expect(stderr).toContain('bad.yaml');
  expect(stderr).toContain('kind');
});

it('asks the provider, and says when it is away or not there', async () => {
  const good = await hub('check', 'city');
  expect(good.stdout).toMatch(/^city \(oidc\)\n {2}ok/);
  expect(good.stdout).not.toContain('WRONG');
  expect(good.code).toBe(0);
  expect((await hub('check', 'village')).stderr).toContain('there is no provider village: city');
  idp.isDown = true;
  const away = await hub('check');
  idp.isDown = false;
  expect(away.stdout).toContain('WRONG');
  expect(away.code).not.toBe(0);
});

it('lists which providers open an account, and takes one away', async () => {
  await store.pool.query(
    `insert into sign_on_subjects (issuer, subject, provider, user_id)
     select $1, 'sub-1', 'city', id from users where login = 'auditor'`,
    [idp.issuer],
  );
  expect((await hub('links', 'auditor')).stdout).toContain(idp.issuer);
  expect((await hub('unlink', 'auditor', 'city')).stdout).toBe('city opens auditor no more\n');
  expect((await hub('unlink', 'auditor', 'city')).stderr).toContain('city does not open auditor');
  expect((await hub('links', 'nobody')).stderr).toContain('there is no account nobody');
});
