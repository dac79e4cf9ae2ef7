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
