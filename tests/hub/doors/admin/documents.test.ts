import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyFile } from '../../configuration/example-folder.ts';
import { type OpenAdmin, openAdmin, typeOf } from './open-admin.ts';

let admin: OpenAdmin;
beforeAll(async () => {
  admin = await openAdmin();
});
afterAll(async () => {
  expect(admin.doors.errors).toEqual([]);
  await admin.close();
});

const put = (code: string, source: string, headers: Record<string, string> = {}, note = '') =>
  admin.ask<{ outcome: string }>('PUT', `/documents/agency/${code}`, { source, note }, headers);
const versionsOf = async (code: string) =>
  (await admin.ask<{ versions: object[] }>('GET', `/documents/agency/${code}/versions`)).body.versions;

describe('a document', () => {
  it('is put, put again, read as text and as JSON, and taken away', async () => {
    const source = `# 새 기관\n${agencyFile('delta')}`;
    const isNew = { 'if-none-match': '*' };
    const made = await put('delta', source, isNew, '새 기관');
    expect(made).toMatchObject({ status: 200, body: { outcome: 'applied' } });
    expect(made.headers.get('etag')).toBe('"1"');
    // The answer was lost, and the pipeline says the same again.
    expect(await put('delta', source, isNew)).toMatchObject({ status: 200, body: { outcome: 'unchanged' } });
    expect(await versionsOf('delta')).toMatchObject([
      { version: 1, author: 'kim', way: 'api', note: '새 기관' },
    ]);

    expect((await admin.ask('GET', '/documents/agency/delta')).body).toMatchObject({
      version: 1,
      source,
      value: { code: 'delta' },
    });
    const held = await admin.ask('GET', '/documents/agency/delta', undefined, { 'if-none-match': '"1"' });
    expect(held.status).toBe(304);
    expect((await admin.ask('DELETE', '/documents/agency/delta')).status).toBe(428);
    const gone = await admin.ask('DELETE', '/documents/agency/delta', undefined, { 'if-match': '"1"' });
    expect(gone).toMatchObject({ status: 200, body: { outcome: 'applied' } });
    expect((await admin.ask('GET', '/documents/agency/delta')).status).toBe(404);
  });

  it('says which version it changes, and of two pipelines at once the second is told', async () => {
    expect(typeOf(await put('alpha', agencyFile('alpha', '하나')))).toBe('precondition-required');
    expect(typeOf(await put('alpha', agencyFile('alpha', '하나'), { 'if-none-match': '*' }))).toBe(
      'changed-meanwhile',
    );
    const { headers } = await admin.ask('GET', '/documents/agency/alpha');
    const match = { 'if-match': headers.get('etag') ?? '' };
    const ended = await Promise.all(
      ['하나', '둘'].map((name) => put('alpha', agencyFile('alpha', name), match)),
    );
    expect(ended.map(({ status }) => status).sort()).toEqual([200, 412]);
    expect(typeOf(await put('alpha', agencyFile('alpha', '셋'), match))).toBe('changed-meanwhile');
    expect(await versionsOf('alpha')).toHaveLength(2);
  });

  it('that is wrong is refused with every place, and its secrets are said to nobody', async () => {
    const bad = `${agencyFile('beta')}colour: red\nboard:\n  kind: rest\n  settings:\n    password: hunter2-hunter2\n`;
    const reply = await put('beta', bad, { 'if-match': '"1"' });
    expect(typeOf(reply)).toBe('invalid-configuration');
    expect(reply.body).toMatchObject({
      errors: expect.arrayContaining([
        expect.objectContaining({ document: { kind: 'agency', name: 'beta' }, pointer: '/colour', line: 7 }),
      ]),
    });
    const planned = await admin.ask('POST', '/documents/agency/beta/plan', { source: bad, base: 0 });
    expect(planned.status).toBe(200);
    for (const { body } of [reply, planned]) expect(JSON.stringify(body)).not.toContain('hunter2');
    expect(planned.body).toMatchObject({ moved: { version: 1 }, needsSecondPerson: false });
  });

  it('is not taken as another media type or as nothing, and the routing stays', async () => {
    const asText = { 'content-type': 'text/plain' };
    expect((await admin.ask('POST', '/documents/agency/beta/plan', 'code: beta', asText)).status).toBe(422);
    expect((await admin.ask('PUT', '/configuration', 'code: beta', asText)).status).toBe(422);
    expect((await admin.ask('PUT', '/documents/agency/beta')).status).toBe(422);
    const asForm = { 'content-type': 'application/x-www-form-urlencoded', 'if-match': '*' };
    expect((await admin.ask('PUT', '/documents/agency/beta', 'source=x', asForm)).status).toBe(415);
    const gone = await admin.ask('DELETE', '/documents/routing/routing', undefined, { 'if-match': '*' });
    expect(typeOf(gone)).toBe('invalid-configuration');
  });

  it('of an earlier time does not show its secrets', async () => {
    const { pool } = admin.doors.store;
    await pool.query(
      `insert into configurations (kind, name, version, body, source, author)
       values ('agency', 'old', 1, '{}', $1, 'test')`,
      ['code: old\nboard:\n  kind: rest\n  settings:\n    password: hunter2-hunter2\n'],
    );
    const replies = await Promise.all([
      admin.ask('GET', '/documents/agency/old'),
      admin.ask('GET', '/documents/agency/old/versions/1'),
      admin.ask('GET', '/configuration'),
    ]);
    for (const { status, body } of replies) {
      expect(status).toBe(200);
      expect(JSON.stringify(body)).toContain('••••••');
      expect(JSON.stringify(body)).not.toContain('hunter2');
    }
    await pool.query(`delete from configurations where name = 'old'`);
  });
});

it('tells what going back would undo, and goes back', async () => {
  await put('gamma', `${agencyFile('gamma', '셋')}feed: true\n`, { 'if-match': '*' });
  const at = '/documents/agency/gamma/versions/1';
  expect((await admin.ask('GET', `${at}/plan`)).body).toMatchObject({
    problems: [],
    places: [{ path: '/name/ko', change: 'changed', before: '셋', after: 'gamma' }],
  });
  expect((await admin.ask('POST', `${at}/rollback`, {})).status).toBe(428);
  const back = await admin.ask('POST', `${at}/rollback`, { note: '되돌림' }, { 'if-match': '"2"' });
  expect(back).toMatchObject({ status: 200, body: { outcome: 'applied' } });
  expect(await versionsOf('gamma')).toMatchObject([{ version: 3, note: '되돌림' }, {}, {}]);
  expect((await admin.ask('POST', at.replace('/1', '/9').concat('/rollback'), {})).status).toBe(404);
});

it('writes the account and the name of the key into the audit log', async () => {
  const { body } = await admin.ask<{ entries: object[] }>('GET', '/audit?agency=gamma&actor=kim');
  expect(body.entries[0]).toMatchObject({
    way: 'api',
    action: 'configuration.changed',
    subject: 'agency gamma',
    detail: { key: 'pipeline', note: '되돌림', version: 3 },
  });
});

it('lists by pages, templates too', async () => {
  const own = await readFile('config/templates/ko/registered.sms.txt.liquid', 'utf8');
  const source = `${own}{% comment %}우리 것{% endcomment %}`;
  const path = '/documents/template/ko~registered.sms.txt';
  const made = await admin.ask('PUT', path, source, { 'content-type': 'text/plain', 'if-none-match': '*' });
  expect([made.status, made.body]).toMatchObject([200, { outcome: 'applied' }]);
  expect((await admin.ask('GET', '/documents/template/ko%2Fregistered.sms.txt')).body).toMatchObject({
    source,
  });
  const { body } = await admin.ask<{ documents: { name: string }[] }>('GET', '/documents?after=agency~beta');
  expect(body.documents.map(({ name }) => name)).toEqual(['gamma', 'routing', 'ko/registered.sms.txt']);
});

it('tells how the boards are doing', async () => {
  const { body } = await admin.ask<{ boards: object[] }>('GET', '/boards');
  expect(body.boards).toMatchObject([
    { agency: 'alpha', state: 'screen' },
    {},
    { agency: 'gamma', state: 'well' },
  ]);
  expect((await admin.ask('POST', '/boards/alpha/check')).status).toBe(404);
});

it('understands curl with YAML and a note in a header', async () => {
  const url = `${admin.doors.url}/api/v1/admin/documents/agency/beta`;
  const send = ['-sS', '-H', `Authorization: Bearer ${admin.keys.kim}`];
  const { stdout } = await promisify(execFile)('curl', [
    ...send,
    ...['-X', 'PUT', '-H', 'Content-Type: application/yaml', '-H', 'If-Match: "1"'],
    ...['-H', 'X-Change-Note: %EB%8B%B4%EB%8B%B9%EC%9E%90', '--data-binary', agencyFile('beta', '넷'), url],
  ]);
  expect(JSON.parse(stdout)).toMatchObject({ outcome: 'applied', changes: [{ name: 'beta' }] });
  const read = await promisify(execFile)('curl', [...send, '-H', 'Accept: application/yaml', url]);
  expect(read.stdout).toBe(agencyFile('beta', '넷'));
  expect((await versionsOf('beta'))[0]).toMatchObject({ note: '담당자' });
});
