import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { disableUser } from '../../../../hub/access/accounts/administer.ts';
import { revokeAdminKey } from '../../../../hub/access/keys/admin-keys.ts';
import { createUser, findUserByLogin } from '../../../../hub/access/people/users.ts';
import { call } from '../call.ts';
import { type OpenAdmin, openAdmin, typeOf } from './open-admin.ts';

interface Described {
  paths: Record<string, Record<string, { operationId: string; description: string }>>;
}

let admin: OpenAdmin;
let operations: { id: string; method: string; path: string; scope: string }[];
beforeAll(async () => {
  admin = await openAdmin();
  const { body } = await admin.ask<Described>('GET', '/openapi.json');
  operations = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { operationId: id, description }]) => ({
      id,
      method: method.toUpperCase(),
      path: path.replace(/^\/api\/v1\/admin/, '').replace(/\{(\w+)\}/g, (_, name) => values[name] ?? name),
      scope: /Scope: `([a-z-]+)`/.exec(description)?.[1] ?? '',
    })),
  );
});
afterAll(async () => {
  expect(admin.doors.errors).toEqual([]);
  await admin.close();
});

const values: Record<string, string> = {
  kind: 'agency',
  name: 'alpha',
  version: '1',
  id: '019a9f3c-5d2e-7c11-9b0a-3f6a1c2d4e5f',
  code: 'alpha',
  login: 'nobody',
};

/** Status of each operation, by the key. */
async function tryAll(key: string | undefined): Promise<Record<string, number>> {
  const ended: Record<string, number> = {};
  for (const { id, method, path } of operations) {
    const value = method === 'POST' || method === 'PUT' ? {} : undefined;
    ended[id] = (await call(admin.doors, key, method, `/admin${path}`, value)).status;
  }
  return ended;
}
const refused = (status: number) => Object.fromEntries(operations.map(({ id }) => [id, status]));

describe('every operation', () => {
  it('is there', () => {
    const known = [
      ...['agreeToProposal', 'checkBoard', 'deleteDocument', 'getConfiguration', 'getDocument', 'getOwnKey'],
      ...['getProposal', 'getVersion', 'listAudit', 'listBoards', 'listDocuments', 'listProposals'],
      ...[
        'listVersions',
        'planDocument',
        'planRollback',
        'putConfiguration',
        'putDocument',
        'refuseProposal',
      ],
      ...['rollBack', 'withdrawProposal', 'listUsers', 'inviteUser', 'disableUser', 'enableUser'],
      ...['makeTest', 'listTests', 'removeTests', 'listAccountProposals', 'agreeToAccountProposal'],
      ...['refuseAccountProposal', 'withdrawAccountProposal'],
    ];
    expect(operations.map(({ id }) => id).sort()).toEqual(known.sort());
  });

  it('is closed without a key, with the key of an agency, and with one that is over', async () => {
    const hub = admin.doors.store;
    const expired = await admin.makeKey('kim', 'old', ['configure'], new Date(Date.now() - 1_000));
    const revoked = await admin.makeKey('kim', 'revoked', ['configure']);
    const { rows } = await hub.pool.query(`select id from admin_keys where name = 'revoked'`);
    await revokeAdminKey(hub, rows[0].id, { actor: 'test', way: 'command' });
    await createUser(hub, {
      login: 'gone',
      name: 'Gone',
      role: 'administrator',
      password: 'a long enough secret',
    });
    const disabled = await admin.makeKey('gone', 'pipeline', ['configure']);
    expect((await admin.ask('GET', '/key', undefined, {}, disabled)).status).toBe(200);
    await disableUser(hub, (await findUserByLogin(hub, 'gone'))!.id, { actor: 'test', way: 'command' });
    expect(await tryAll(undefined)).toEqual(refused(401));
    // Twice all of them is more than one address may fail in a minute: then it is told to wait.
    for (const status of Object.values(await tryAll(admin.doors.keys.alpha)))
      expect([401, 429]).toContain(status);
    for (const key of [expired, revoked, disabled])
      expect([401, 429]).toContain((await admin.ask('GET', '/key', undefined, {}, key)).status);
    expect((await admin.ask('GET', '/key')).status).toBe(200);
  });

  it('that changes is closed to a key that reads', async () => {
    const ended = await tryAll(admin.keys.reader);
    const closed = operations
      .filter(({ scope }) => ['configure', 'manage-users'].includes(scope))
      .map(({ id }) => id);
    expect(closed).toContain('putDocument');
    for (const [id, status] of Object.entries(ended))
      if (closed.includes(id)) expect([id, status]).toEqual([id, 403]);
      else expect([id, status]).not.toEqual([id, 403]);
  });

  it('of a whole folder reads with such a key, and changes nothing', async () => {
    const { body } = await admin.ask<{ documents: object[] }>('GET', '/configuration');
    const put = (query: string) => admin.ask('PUT', `/configuration${query}`, body, {}, admin.keys.reader);
    expect(await put('?dryRun=true')).toMatchObject({
      status: 200,
      body: { outcome: 'planned', changes: [] },
    });
    expect((await put('')).status).toBe(403);
  });
});

it("opens no door of an agency with an administrator's key", async () => {
  const { status } = await call(admin.doors, admin.keys.kim, 'GET', '/complaints');
  expect([401, 429]).toContain(status);
});

it('says whose key it is, and keeps when it was used', async () => {
  expect((await admin.ask('GET', '/key')).body).toMatchObject({
    login: 'kim',
    key: 'pipeline',
    scopes: ['configure'],
  });
  const { rows } = await admin.doors.store.pool.query(
    `select key_hash, last_used_at from admin_keys where name = 'pipeline' order by created_at limit 1`,
  );
  expect(rows[0].last_used_at).toBeInstanceOf(Date);
  expect(rows[0].key_hash).not.toContain(admin.keys.kim.slice(4));
});

it('answers what is not there, other methods and what is no JSON as problems', async () => {
  expect(await admin.ask('GET', '/nothing')).toMatchObject({ status: 404, body: { status: 404 } });
  expect((await admin.ask('PATCH', '/documents')).status).toBe(405);
  expect(typeOf(await admin.ask('PUT', '/configuration', '{"documents": [}'))).toBe('malformed');
  const double = await admin.ask('PUT', '/configuration', '{"note": "\\ud800", "unknown": 1}');
  expect(double.status).toBe(422);
});

it('is open only from the networks of ADMIN_NETWORKS', async () => {
  const far = await openAdmin({ ADMIN_NETWORKS: '10.1.2.0/28' });
  expect(await far.ask('GET', '/key')).toMatchObject({ status: 403 });
  await far.close();
});
