import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { listAudit } from '../../../../hub/access/audit/audit.ts';
import { createApiKey } from '../../../../hub/access/keys/api-keys.ts';
import { toKeyActor } from '../../../../hub/access/keys/key-actor.ts';
import { applyChanges } from '../../../../hub/configuration/changes/apply.ts';
import { planChange, planRollback } from '../../../../hub/configuration/changes/plan-change.ts';
import {
  changeConfiguration,
  decideProposal,
  findProposal,
  listOpenProposals,
  withdrawProposal,
} from '../../../../hub/configuration/changes/proposals.ts';
import { discardDraft, findDraft, listDrafts, saveDraft } from '../../../../hub/configuration/drafts.ts';
import { findInForce, listVersions } from '../../../../hub/configuration/versions.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { agencyFile } from '../example-folder.ts';

let store: Store;
beforeAll(async () => {
  store = openStore(await createFreshDatabase());
});
beforeEach(() =>
  store.pool.query('truncate configurations, configuration_drafts, configuration_proposals, audit_entries'),
);
afterAll(() => store.close());

const alpha = { kind: 'agency', name: 'alpha' } as const;
const by = (author: string, note = '') => ({ author, way: 'console', note }) as const;
const apply = (source: string | null, author = 'kim', base?: number) =>
  applyChanges(store, [{ ...alpha, source, base }], by(author, 'why'));
const first = `# 처음\n${agencyFile('alpha', '가나')}phone: '1'\n`;

it('keeps the text with its comments, and a change of comments is a version', async () => {
  await apply(first);
  const commented = first.replace('# 처음', '# 나중');
  expect(await apply(commented)).toMatchObject([{ change: 'changed', paths: [] }]);
  expect(await apply(commented)).toEqual([]);
  expect(await findInForce(store.db, alpha)).toMatchObject({ version: 2, source: commented });
  expect(await listVersions(store.db)).toMatchObject([
    { version: 2, author: 'kim', note: 'why', way: 'console' },
    { version: 1 },
  ]);
});

it('writes an audit entry with each version, and pages through them', async () => {
  await apply(first);
  await apply(first.replace("'1'", "'2'"), 'lee');
  const entries = await listAudit(store, { agency: 'alpha' });
  expect(entries).toMatchObject([
    {
      actor: 'lee',
      action: 'configuration.changed',
      subject: 'agency alpha',
      detail: { version: 2, note: 'why', paths: [{ path: '/phone', change: 'changed' }] },
    },
    { actor: 'kim', action: 'configuration.added' },
  ]);
  expect(await listAudit(store, { before: entries[0]?.id as string })).toHaveLength(1);
  expect(await listAudit(store, { actor: 'nobody' })).toEqual([]);
});

describe('planChange', () => {
  it('tells places in words and the lines', async () => {
    await apply(first);
    const plan = await planChange(store, { ...alpha, base: 1, source: first.replace("'1'", "'2' # neu") });
    expect(plan).toMatchObject({
      problems: [],
      inForce: { version: 1, author: 'kim' },
      places: [{ path: '/phone', change: 'changed', before: '1', after: '2' }],
      needsSecondPerson: false,
    });
    expect(plan.moved).toBeUndefined();
    expect(plan.lines.filter(({ kind }) => kind !== 'same')).toEqual([
      { kind: 'removed', text: "phone: '1'", before: 8 },
      { kind: 'added', text: "phone: '2' # neu", after: 8 },
    ]);
  });

  it('shows no secret', async () => {
    await apply(first);
    const source = `${first}board:\n  adapter: gone\n  settings:\n    password: hunter2\n    a: { token: hunter2 }\n`;
    const plan = await planChange(store, { ...alpha, source });
    expect(plan.problems.map(({ reason }) => reason.code)).toContain('secret_written_out');
    expect(JSON.stringify(plan)).not.toContain('hunter2');
  });

  it('merges with what another applied, or says where both changed the same', async () => {
    await apply(first);
    await apply(first.replace('가나', '다라'), 'lee');
    const plan = await planChange(store, { ...alpha, base: 1, source: first.replace("'1'", "'2'") });
    expect(plan.moved).toMatchObject({ by: 'lee', version: 2, conflicts: [] });
    expect(plan.moved?.merged).toBe(first.replace('가나', '다라').replace("'1'", "'2'"));
    const clash = await planChange(store, { ...alpha, base: 1, source: first.replace('가나', '마바') });
    expect(clash.moved).toMatchObject({ merged: undefined, conflicts: ['/name/ko'] });
    await expect(apply(first.replace("'1'", "'2'"), 'kim', 1)).rejects.toMatchObject({ kind: 'moved' });
  });

  it('says what a rollback undoes, and that its adapter is gone', async () => {
    await apply(first);
    await apply(first.replace("'1'", "'2'"));
    expect(await planRollback(store, { ...alpha, version: 1 })).toMatchObject({
      problems: [],
      places: [{ path: '/phone', before: '2', after: '1' }],
    });
    const old = { ...alpha, version: 1 };
    await store.pool.query(`update configurations set source = source || $1 where version = 1`, [
      'board:\n  adapter: telex\n  settings: {}\n',
    ]);
    expect((await planRollback(store, old)).problems).toMatchObject([
      { pointer: '/board/adapter', reason: { code: 'unknown_adapter' }, line: 10 },
    ]);
  });
});

describe('drafts', () => {
  it('one for each person and document, good or not', async () => {
    const draft = { person: 'kim', ...alpha, base: 0, source: 'code: [' };
    expect(await saveDraft(store, draft)).toEqual([]);
    await saveDraft(store, { ...draft, source: 'code: [x' });
    await saveDraft(store, { ...draft, person: 'lee' });
    expect(await listDrafts(store, 'kim')).toMatchObject([{ source: 'code: [x', base: 0 }]);
    await discardDraft(store, 'kim', 'agency', 'alpha');
    expect(await findDraft(store, 'kim', 'agency', 'alpha')).toBeUndefined();
    expect(await findDraft(store, 'lee', 'agency', 'alpha')).toBeDefined();
  });

  it('keep no secret, and say where it stood', async () => {
    const source = `${first}board:\n  adapter: rest\n  settings:\n    auth: { kind: bearer, secret: hunter2 } # 비밀\n`;
    expect(await saveDraft(store, { person: 'kim', ...alpha, base: 0, source })).toMatchObject([
      { pointer: '/board/settings/auth/secret', line: 12 },
    ]);
    const kept = (await findDraft(store, 'kim', 'agency', 'alpha'))?.source;
    expect(kept).toBe(source.replace('hunter2', '""'));
  });
});

describe('four eyes', () => {
  const rules = { fourEyes: true };

  it('are not those of one person who speaks by a key first, or by a key of that key', async () => {
    const made = await createApiKey(store, 'alpha', null, ['manage'], { actor: 'kim', way: 'console' });
    const { id: second } = await createApiKey(store, 'alpha', null, ['manage'], {
      actor: toKeyActor(made.id),
      way: 'api',
    });
    const author = toKeyActor(second);
    const changed = await changeConfiguration(store, rules, [{ ...alpha, source: first }], by(author, 'new'));
    const id = 'proposed' in changed ? changed.proposed : '';
    const decision = { person: 'kim', way: 'console', agree: true, note: '' } as const;
    await expect(decideProposal(store, id, decision)).rejects.toMatchObject({ kind: 'same-person' });
    await decideProposal(store, id, { ...decision, person: 'lee', agree: false });
  });

  const propose = async () => {
    const changed = await changeConfiguration(store, rules, [{ ...alpha, source: first }], by('kim', 'new'));
    return 'proposed' in changed ? changed.proposed : '';
  };

  it('applies in the name of the author when another person agrees', async () => {
    const id = await propose();
    expect(await findInForce(store.db, alpha)).toBeUndefined();
    const decision = { person: 'kim', way: 'console', agree: true, note: 'ok' } as const;
    await expect(decideProposal(store, id, decision)).rejects.toMatchObject({ kind: 'same-person' });
    expect(await listOpenProposals(store)).toMatchObject([{ id, author: 'kim' }]);
    await decideProposal(store, id, { ...decision, person: 'lee' });
    expect(await findInForce(store.db, alpha)).toMatchObject({ author: 'kim', source: first });
    expect((await listAudit(store)).map(({ actor, action }) => `${actor} ${action}`)).toEqual([
      'kim configuration.added',
      'lee configuration.agreed',
      'kim configuration.proposed',
    ]);
    await expect(decideProposal(store, id, { ...decision, person: 'lee' })).rejects.toMatchObject({
      kind: 'unknown',
    });
  });

  it('still waits where somebody applied meanwhile; its author takes it back', async () => {
    const id = await propose();
    await apply(agencyFile('alpha'));
    const decision = { person: 'lee', way: 'console', agree: true, note: '' } as const;
    await expect(decideProposal(store, id, decision)).rejects.toMatchObject({ kind: 'moved' });
    await expect(withdrawProposal(store, id, by('lee'))).rejects.toMatchObject({ kind: 'unknown' });
    await withdrawProposal(store, id, by('kim'));
    expect(await listOpenProposals(store)).toEqual([]);
    expect(await findProposal(store, id)).toMatchObject({ state: 'withdrawn', decided_by: 'kim' });
  });
});
