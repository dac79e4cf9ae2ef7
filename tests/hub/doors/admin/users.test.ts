import { afterAll, beforeAll, expect, it } from 'vitest';
import { type OpenAdmin, openAdmin, typeOf } from './open-admin.ts';

let admin: OpenAdmin;
let key: string;
beforeAll(async () => {
  admin = await openAdmin({ PUBLIC_URL: 'https://hub.example.go.kr' });
  key = await admin.makeKey('kim', 'accounts', ['manage-users']);
});
afterAll(async () => {
  expect(admin.doors.errors).toEqual([]);
  await admin.close();
});

const ask = <Body = Record<string, never>>(method: string, path: string, value?: object) =>
  admin.ask<Body>(method, path, value, {}, key);
const park = { login: 'park', name: '박상담', role: 'counsellor', email: 'park@example.kr' };

it('invites by mail, and says the link to nobody', async () => {
  const invited = await ask('POST', '/users', park);
  expect(invited).toMatchObject({ status: 201, body: { login: 'park', state: 'invited', agency: null } });
  expect(JSON.stringify(invited.body)).not.toMatch(/https:|@/);
  expect(typeOf(await ask('POST', '/users', park))).toBe('conflict');
  const wrong = await ask('POST', '/users', { ...park, login: 'x', email: 'other@example.kr' });
  expect(wrong).toMatchObject({ status: 422, body: { errors: [{ pointer: '/login' }] } });
  const nowhere = { ...park, login: 'na', role: 'officer', agency: 'nowhere', email: 'na@example.kr' };
  expect(await ask('POST', '/users', nowhere)).toMatchObject({
    status: 422,
    body: { errors: [{ pointer: '/agency' }] },
  });
});

it('lists, disables and lets in again, with the name of the key in the audit log', async () => {
  const { body } = await ask<{ users: { login: string }[] }>('GET', '/users?role=counsellor');
  expect(body.users).toMatchObject([{ login: 'park', name: '박상담' }]);
  for (const _ of ['once', 'again'])
    expect((await ask('POST', '/users/lee/disable')).body).toMatchObject({ state: 'disabled' });
  expect((await admin.ask('GET', '/key', undefined, {}, admin.keys.lee)).status).toBe(401);
  expect((await ask('POST', '/users/lee/enable')).body).toMatchObject({ state: 'active' });
  expect((await admin.ask('GET', '/key', undefined, {}, admin.keys.lee)).status).toBe(200);
  const audit = await admin.ask<{ entries: object[] }>('GET', '/audit?action=account.disabled');
  expect(audit.body.entries).toMatchObject([
    { actor: 'kim', way: 'api', subject: 'user lee', detail: { key: 'accounts' } },
  ]);
  expect((await ask('POST', '/users/nobody/disable')).status).toBe(404);
});

it('leaves the last administrator', async () => {
  await ask('POST', '/users/lee/disable');
  expect(typeOf(await ask('POST', '/users/kim/disable'))).toBe('conflict');
});

it('is closed to keys of the configuration, and the other way round', async () => {
  expect((await admin.ask('GET', '/users')).status).toBe(403);
  expect((await ask('GET', '/documents')).status).toBe(403);
});

it('leaves an administrator to a second one, where the rule of four eyes holds', async () => {
  const strict = await openAdmin({ PUBLIC_URL: 'https://hub.example.go.kr', CONFIG_FOUR_EYES: 'yes' });
  const [kim, lee] = await Promise.all(
    ['kim', 'lee'].map((login) => strict.makeKey(login, 'accounts', ['manage-users'])),
  );
  const call = (who: string | undefined, path: string, value?: object) =>
    strict.ask<{ proposal: string }>('POST', path, value, {}, who ?? '');
  expect((await call(kim, '/users', park)).status).toBe(201);
  const invited = await call(kim, '/users', {
    ...park,
    login: 'choi',
    email: 'choi@example.kr',
    role: 'administrator',
  });
  expect(invited.status).toBe(202);
  const path = `/user-proposals/${invited.body.proposal}`;
  const waiting = await strict.ask<{ proposals: object[] }>(
    'GET',
    '/user-proposals',
    undefined,
    {},
    lee ?? '',
  );
  expect(waiting.body.proposals).toMatchObject([
    { kind: 'invite', login: 'choi', role: 'administrator', author: 'kim' },
  ]);
  expect(JSON.stringify(waiting.body)).not.toContain('@');
  expect(typeOf(await call(kim, `${path}/agree`))).toBe('same-person');
  expect((await call(lee, `${path}/withdraw`)).status).toBe(404);
  expect((await call(lee, `${path}/agree`)).status).toBe(204);
  expect((await call(lee, `${path}/agree`)).status).toBe(404);
  const { rows } = await strict.doors.store.pool.query(`select role from users where login = 'choi'`);
  expect(rows).toEqual([{ role: 'administrator' }]);
  await call(kim, '/users/lee/disable');
  expect((await call(kim, '/users/lee/enable')).status).toBe(202);
  expect(strict.doors.errors).toEqual([]);
  await strict.close();
});
