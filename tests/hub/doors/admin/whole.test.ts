import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agencyFile } from '../../configuration/example-folder.ts';
import { type OpenAdmin, openAdmin, typeOf } from './open-admin.ts';

interface Given {
  kind: string;
  name: string;
  source: string;
}
type Whole = { documents: Given[] };

const readWhole = async ({ ask }: OpenAdmin) => (await ask<Whole>('GET', '/configuration')).body.documents;
const withAgency = (documents: Given[], code: string, source: string) => [
  ...documents.filter(({ name }) => name !== code),
  { kind: 'agency', name: code, source },
];

describe('a whole folder', () => {
  let admin: OpenAdmin;
  beforeAll(async () => {
    admin = await openAdmin();
  });
  afterAll(async () => {
    expect(admin.doors.errors).toEqual([]);
    await admin.close();
  });

  it('changes nothing where one document is wrong', async () => {
    const before = await readWhole(admin);
    const documents = withAgency(withAgency(before, 'beta', 'code: beta\n'), 'delta', agencyFile('delta'));
    const reply = await admin.ask('PUT', '/configuration', { documents });
    expect(typeOf(reply)).toBe('invalid-configuration');
    expect(reply.body).toMatchObject({
      errors: [{ document: { name: 'beta' }, pointer: '/name', line: 1 }, { pointer: '/officers' }],
    });
    expect(await readWhole(admin)).toEqual(before);
    const lost = before.filter(({ kind }) => kind !== 'routing');
    expect((await admin.ask('PUT', '/configuration', { documents: lost })).body).toMatchObject({
      errors: [{ document: { kind: 'routing' } }],
    });
    const twice = { documents: [...before, before[0]] };
    expect(typeOf(await admin.ask('PUT', '/configuration', twice))).toBe('invalid-configuration');
  });

  it('is tried, applied once, and taken back as a whole', async () => {
    const before = await readWhole(admin);
    const documents = withAgency(before, 'delta', agencyFile('delta'));
    const change = { kind: 'agency', name: 'delta', change: 'added', paths: [] };
    const tried = await admin.ask('PUT', '/configuration?dryRun=true', { documents });
    expect(tried.body).toEqual({ outcome: 'planned', changes: [change] });
    const put = (headers = {}) => admin.ask('PUT', '/configuration', { documents, note: '새 기관' }, headers);
    expect(typeOf(await put({ 'if-match': '"1"' }))).toBe('changed-meanwhile');
    expect((await put()).body).toEqual({ outcome: 'applied', changes: [change] });
    expect((await put()).body).toEqual({ outcome: 'unchanged', changes: [] });
    const back = await admin.ask('PUT', '/configuration', { documents: before });
    expect(back.body).toMatchObject({ changes: [{ name: 'delta', change: 'removed' }] });
  });
});

describe('where a second person has to agree', () => {
  let admin: OpenAdmin;
  beforeAll(async () => {
    admin = await openAdmin({ CONFIG_FOUR_EYES: 'yes' });
  });
  afterAll(async () => {
    expect(admin.doors.errors).toEqual([]);
    await admin.close();
  });

  it('a change waits, once, until another person agrees', async () => {
    const put = () =>
      admin.ask<{ proposal: string }>(
        'PUT',
        '/documents/agency/beta',
        { source: agencyFile('beta', '새 이름'), note: '이름' },
        { 'if-match': '"1"' },
      );
    const { status, body, headers } = await put();
    expect([status, body]).toMatchObject([202, { outcome: 'proposed', changes: [{ name: 'beta' }] }]);
    expect((await put()).body.proposal).toBe(body.proposal);
    const at = headers.get('location')?.replace('/api/v1/admin', '') ?? '';
    expect((await admin.ask('GET', '/proposals')).body).toMatchObject({ proposals: [{ id: body.proposal }] });
    expect((await admin.ask('GET', at)).body).toMatchObject({ state: 'open', author: 'kim', way: 'api' });

    expect(typeOf(await admin.ask('POST', `${at}/agree`, {}))).toBe('same-person');
    const own = await admin.makeKey('kim', 'other', ['configure']);
    expect(typeOf(await admin.ask('POST', `${at}/agree`, {}, {}, own))).toBe('same-person');
    const agreed = await admin.ask('POST', `${at}/agree`, { note: '좋음' }, {}, admin.keys.lee);
    expect(agreed.body).toMatchObject({ outcome: 'applied', changes: [{ name: 'beta' }] });
    expect((await admin.ask('GET', '/audit?agency=beta')).body).toMatchObject({
      entries: [
        { actor: 'kim', action: 'configuration.changed', detail: { secondPerson: 'lee' } },
        { actor: 'lee', action: 'configuration.agreed', detail: { key: 'second', note: '좋음' } },
        { actor: 'kim', action: 'configuration.proposed', detail: { key: 'pipeline' } },
        {},
      ],
    });
  });

  it('a folder is one proposal, which is refused or withdrawn', async () => {
    const before = await readWhole(admin);
    const documents = withAgency(
      withAgency(before, 'delta', agencyFile('delta')),
      'gamma',
      `${agencyFile('gamma', '셋')}feed: true\n`,
    );
    const propose = async () =>
      (await admin.ask<{ proposal: string }>('PUT', '/configuration', { documents })).body.proposal;
    const first = await propose();
    expect((await admin.ask('GET', `/proposals/${first}`)).body).toMatchObject({
      changes: [{ name: 'delta' }, { name: 'gamma' }],
    });
    expect((await admin.ask('POST', `/proposals/${first}/withdraw`, {}, {}, admin.keys.lee)).status).toBe(
      404,
    );
    expect((await admin.ask('POST', `/proposals/${first}/withdraw`, {})).status).toBe(204);
    const second = await propose();
    expect(second).not.toBe(first);
    const refused = await admin.ask('POST', `/proposals/${second}/refuse`, {}, {}, admin.keys.lee);
    expect(refused.body).toEqual({ outcome: 'unchanged', changes: [] });
    expect((await admin.ask('POST', `/proposals/${second}/agree`, {}, {}, admin.keys.lee)).status).toBe(404);
    expect(await readWhole(admin)).toEqual(before);
  });
});
