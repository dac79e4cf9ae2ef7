import pino from 'pino';
import { v7 as uuid } from 'uuid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createRunDraft } from '../../../../hub/exchange/workbench/run-draft.ts';
import {
  cancelRun,
  findRun,
  listRuns,
  mostDifferences,
  startRun,
} from '../../../../hub/exchange/workbench/runs.ts';
import { listDifferences } from '../../../../hub/exchange/workbench/stored-items.ts';
import { openStore, type Store } from '../../../../hub/store/database.ts';
import { createExclusive, type Exclusive } from '../../../../hub/store/exclusive.ts';
import type { Agency } from '../../../../schemas/index.ts';
import { createFreshDatabase } from '../../../support/servers/fresh-database.ts';
import { readBoardAgency } from '../../../support/test-hub.ts';

const count = 1500;
let store: Store;
let exclusive: Exclusive;
const inForce = readBoardAgency('rest-board', 'sbiz', 'http://127.0.0.1:1/');
const log = pino({ level: 'silent' });
const never = new AbortController().signal;
const look = () => undefined;

/** The same agency with another text in its mapping, and perhaps other codes. */
function draftOf(from: string, to: string, codes: Record<string, string> = {}): Agency {
  const draft = structuredClone(inForce);
  const settings = draft.board?.settings as { normalise: string; codes: { status: object } };
  if (!settings.normalise.includes(from)) throw new Error(`no ${from}`);
  settings.normalise = settings.normalise.replace(from, to);
  settings.codes.status = { ...settings.codes.status, ...codes };
  return draft;
}

/** Every fifth has a state that no table knows; every third has no category. */
async function insertItems(n: number): Promise<void> {
  const rows = Array.from({ length: n }, (_, at) => ({
    id: uuid(),
    post: {
      mwNo: at,
      subject: `민원 ${at}`,
      contents: '<p>글</p>',
      state: at % 5 === 0 ? 'NEW' : 'DONE',
      ...(at % 3 !== 0 && { ctgry: 'TECH' }),
      rgn: '하남시',
      regDt: '2026-11-20 09:30:00',
      updDt: '2026-11-20 09:30:00',
      wrtr: { nm: '이한빛', hp: '010-9876-0000', ntcMthd: 'S' },
    },
  }));
  await store.pool.query(
    `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome)
     select (r->>'id')::uuid, 'sbiz', 'poll', r->'post'->>'mwNo', '1', r->>'post', '{"agency":"sbiz","via":"board"}', now(),
       case r->'post'->>'state' when 'NEW' then 'parked' else 'applied' end
     from jsonb_array_elements($1::jsonb) as r`,
    [JSON.stringify(rows)],
  );
}

const start = (draft: Agency, most = 100_000) => startRun(store, { draft, inForce, most, by: 'admin' }, look);
const run = (stop: AbortSignal = never) =>
  createRunDraft({ store, exclusive, log }).run('sbiz', stop) as Promise<unknown>;
const find = async (id: string | undefined) => findRun(store, 'sbiz', id ?? '');

beforeAll(async () => {
  store = openStore(await createFreshDatabase());
  exclusive = createExclusive(store);
  await insertItems(count);
});
afterAll(async () => {
  await exclusive.close();
  await store.close();
});
beforeEach(() => store.pool.query('delete from workbench_runs'));

describe('a draft run over what a board gave', () => {
  it('counts what would be different by kind and field, and shows the newest differences page by page', async () => {
    const draft = draftOf('"region": rgn', '"region": "경기도 " & rgn', { NEW: 'received' });
    const id = await start(draft);
    await run();
    // A fifth was parked and can be mapped now; the others get another region.
    expect(await find(id)).toMatchObject({
      state: 'done',
      total: count,
      looked: count,
      same: 0,
      changed: (count * 4) / 5,
      mended: count / 5,
      broken: 0,
      failing: 0,
      fields: { '/content/region': (count * 4) / 5 },
    });
    const found = await find(id);
    if (!found) throw new Error('no run');
    const pages = [];
    for (let before: string | undefined, more = true; more; ) {
      const page = await listDifferences(store, found, { before, seesPersons: true });
      pages.push(...page.rows);
      before = page.next;
      more = before !== undefined;
    }
    expect(pages).toHaveLength(mostDifferences);
    expect(new Set(pages.map((row) => row.id)).size).toBe(mostDifferences);
    expect(pages[0]).toMatchObject({
      externalId: String(count - 1),
      kind: 'changed',
      changes: [{ pointer: '/content/region', before: '하남시', after: '경기도 하남시' }],
    });
    const { rows: mended } = await listDifferences(store, found, { kind: 'mended', seesPersons: true });
    expect(mended[0]?.changes).toContainEqual({ pointer: '/content/complainant/name', after: '이한빛' });
  });

  it('names what the draft cannot map any more, and masks values for those who may not see people', async () => {
    const draft = draftOf('"name": nm', '"name": nm & " " & hp');
    const codes = draft.board?.settings.codes as { category: Record<string, string> };
    delete codes.category.TECH;
    const id = await start(draft);
    await run();
    const found = await find(id);
    // Two thirds have the category whose code is gone, and of these four fifths were mapped before.
    expect(found).toMatchObject({
      broken: 800,
      changed: 400,
      failing: 300,
      fields: { '/content/complainant/name': 400 },
    });
    if (!found) throw new Error('no run');
    const { rows } = await listDifferences(store, found, { kind: 'changed', seesPersons: false });
    expect(rows[0]?.changes.map(({ pointer }) => pointer)).toEqual(['/content/complainant/name']);
    expect(JSON.stringify(rows)).not.toMatch(/이한빛|9876/);
  });

  it('looks at the newest only, as many as were asked for', async () => {
    const id = await start(draftOf('"region": rgn', '"region": "x"'), 10);
    await run();
    expect(await find(id)).toMatchObject({ state: 'done', total: 10, looked: 10 });
  });

  it('goes on where it was when its process ended, and counts nothing twice', async () => {
    const id = await start(draftOf('"region": rgn', '"region": "x"'));
    const stop = new AbortController();
    const looked: number[] = [];
    const listening = pino({ level: 'info' }, { write: () => void (looked.push(1) === 2 && stop.abort()) });
    await createRunDraft({ store, exclusive, log: listening }).run('sbiz', stop.signal);
    const half = await find(id);
    expect(half).toMatchObject({ state: 'running' });
    expect(half?.looked).toBeGreaterThan(0);
    expect(half?.looked).toBeLessThan(count);
    await run();
    expect(await find(id)).toMatchObject({
      state: 'done',
      looked: count,
      changed: (count * 4) / 5,
      failing: count / 5,
    });
  });

  it('is cancelled between two steps, and keeps what it found', async () => {
    const id = (await start(draftOf('"region": rgn', '"region": "x"'))) ?? '';
    let steps = 0;
    const cancelling = pino(
      { level: 'info' },
      { write: () => void (++steps === 1 && cancelRun(store, 'sbiz', id)) },
    );
    await createRunDraft({ store, exclusive, log: cancelling }).run('sbiz', never);
    const found = await find(id);
    expect(found).toMatchObject({ state: 'cancelled' });
    expect(found?.looked).toBeLessThan(count);
    expect(await cancelRun(store, 'sbiz', id)).toBe(false);
  });

  it('one of an agency at a time', async () => {
    const draft = draftOf('"region": rgn', '"region": "x"');
    expect(await start(draft)).toBeDefined();
    expect(await start(draft)).toBeUndefined();
    expect(await listRuns(store, 'sbiz')).toHaveLength(1);
  });

  it('an expression that never ends stops the run, and says so', async () => {
    const endless = '$f := function($n) { $f($n + 1) }';
    const draft = draftOf('"region": rgn', `"region": (${endless}; $f(1))`);
    const id = await start(draft);
    await run();
    expect(await find(id)).toMatchObject({ state: 'failed', error: { code: 'draft_never_ends' } });
  }, 120_000);
});
