import { afterAll, beforeAll, expect, it } from 'vitest';
import { createApiKey } from '../../../hub/access/keys/api-keys.ts';
import { subjectRequestExample } from '../../../hub/doors/rest/examples.ts';
import { call } from './call.ts';
import { type OpenDoors, openDoors } from './open-doors.ts';

let doors: OpenDoors;
beforeAll(async () => {
  doors = await openDoors();
});
afterAll(async () => {
  expect(doors.errors).toEqual([]);
  await doors.close();
});

interface Standing {
  number: string;
  state: string;
  dueAt: string;
  errors: { pointer: string; message: string }[];
}
const path = '/subject-requests';
// 2 November 2026 is a Monday; ten days later is a Thursday.
const asked = { ...subjectRequestExample, receivedAt: '2026-11-02T10:00:00+09:00' };
const pass = (agency: keyof OpenDoors['keys'], body: object) =>
  call<Standing>(doors, doors.keys[agency], 'POST', path, body);

it('is passed on once, has its clock, and shows where it stands to its agency alone', async () => {
  const made = await pass('alpha', { ...asked, wants: '모두 보고 싶습니다. 900101-1234568' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ state: 'received', dueAt: '2026-11-12T14:59:59.000Z', decision: null });
  const again = await pass('alpha', asked);
  expect([again.status, again.body]).toEqual([200, made.body]);
  const one = `${path}/${made.body.number}`;
  expect((await call<Standing>(doors, doors.keys.alpha, 'GET', one)).body).toEqual(made.body);
  expect((await call<Standing>(doors, doors.keys.beta, 'GET', one)).status).toBe(404);
  const { body: others } = await call<object>(doors, doors.keys.beta, 'GET', path);
  expect(others).toEqual({ requests: [] });
  const { rows } = await doors.store.pool.query(
    'select facts::text as facts, made_by, way from subject_requests where number = $1',
    [made.body.number],
  );
  expect(rows[0]).toMatchObject({ way: 'rest', made_by: expect.stringMatching(/^key /) });
  expect(rows[0].facts).toContain('900101-*******');
  const log = await doors.store.pool.query(
    "select agency, way, act, items from access_entries where purpose = 'subject_request'",
  );
  expect(log.rows[0]).toEqual({
    ...{ agency: 'alpha', way: 'rest', act: 'change' },
    items: ['name', 'contact', 'text'],
  });
  const audit = await doors.store.pool.query(
    "select action, way, agency from audit_entries where action = 'request.received'",
  );
  expect(audit.rows).toEqual([{ action: 'request.received', way: 'api', agency: 'alpha' }]);
});

it('has pages, the newest first', async () => {
  for (const n of [1, 2, 3]) await pass('gamma', { ...asked, externalId: `P-${n}` });
  type Page = { requests: { externalId: string }[] };
  const first = await call<Page>(doors, doors.keys.gamma, 'GET', `${path}?limit=2`);
  expect(first.body.requests.map(({ externalId }) => externalId)).toEqual(['P-3', 'P-2']);
  const next = /<\/api\/v1([^>]+)>; rel="next"/.exec(String(first.headers.get('link')))?.[1] ?? '';
  const second = await call<Page>(doors, doors.keys.gamma, 'GET', next);
  expect(second.body.requests.map(({ externalId }) => externalId)).toEqual(['P-1']);
});

it.each([
  [{ receivedAt: '2199-01-01T00:00:00Z' }, '/receivedAt', 'lies in the future'],
  [{ kind: 'correct' }, '/correction', 'at least one value'],
  [{ kind: 'correct', correction: {} }, '/correction', 'at least one value'],
  [{ phone: '010-1234-5678' }, '/phone', ''],
  [{ rrn: '900101-1234568' }, '/rrn', ''],
])('refuses %j', async (wrong, pointer, message) => {
  const { status, body } = await pass('alpha', { ...asked, externalId: 'wrong', ...wrong });
  expect(status).toBe(422);
  expect(body.errors[0]).toMatchObject({ pointer, message: expect.stringContaining(message) });
});

it('needs the scope of who speaks for the complainant', async () => {
  const { key } = await createApiKey(doors.store, 'alpha', null, ['read']);
  expect((await call<Standing>(doors, key, 'POST', path, asked)).status).toBe(403);
});
