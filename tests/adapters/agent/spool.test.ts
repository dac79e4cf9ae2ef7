import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  endChange,
  forgetOutcomes,
  listDueChanges,
  listOldestOutcomes,
  markAttempt,
  takeChanges,
} from '../../../adapters/agent/spool/changes.ts';
import { listReports } from '../../../adapters/agent/spool/configurations.ts';
import { openSpoolDatabase, type SpoolDatabase, SpoolError } from '../../../adapters/agent/spool/database.ts';
import { findFact } from '../../../adapters/agent/spool/facts.ts';
import { migrations } from '../../../adapters/agent/spool/migrations.ts';
import {
  forgetPosts,
  listOldestPosts,
  savePosts,
  setPostAside,
} from '../../../adapters/agent/spool/posts.ts';
import { type AgentChange, said } from '../../../schemas/index.ts';

let folder: string;
let spool: SpoolDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'minwon-spool-'));
  spool = openSpoolDatabase(folder);
});
afterEach(async () => {
  await spool.close();
  rmSync(folder, { recursive: true });
});

const toChange = (receipt: string, seq: number, position: number, rest: object = {}) =>
  ({
    cursor: String(position),
    key: `${receipt}/${seq}`,
    again: false,
    role: 'assignee',
    event: { seq, type: 'registered' },
    complaint: { receiptNumber: receipt },
    ...rest,
  }) as unknown as AgentChange;
const take = (cursor: number, ...changes: AgentChange[]) =>
  spool.write((tx) => takeChanges(tx, changes, String(cursor)));
const due = () => listDueChanges(spool.db, 'events', 10, () => false);
const places = () => due().map(({ place: { receipt, seq } }) => `${receipt}/${seq}`);
const end = (receipt: string, seq: number, kind: 'done' | 'refused', externalId?: string) => {
  const at = '2026-11-20T00:00:00Z';
  const outcome = {
    receiptNumber: receipt,
    seq,
    kind,
    startedAt: at,
    finishedAt: at,
    ...(externalId && { externalId }),
  };
  return spool.write((tx) => endChange(tx, { receipt, seq, file: '' }, outcome));
};
const report = (cursor: number) =>
  spool.write((tx) => forgetOutcomes(tx, listOldestOutcomes(spool.db, 100), String(cursor)));

describe('changes', () => {
  it('wait for the earlier ones of their complaint, however they came', async () => {
    await take(3, toChange('A', 2, 1), toChange('B', 1, 2), toChange('A', 1, 3));
    expect(places()).toEqual(['B/1', 'A/1']);
    await end('A', 1, 'done', 'P-1');
    expect(due().find(({ place }) => place.receipt === 'A')).toMatchObject({
      place: { seq: 2 },
      externalId: 'P-1',
    });
  });

  it('stand once however often they are given out, and keep what is known of an attempt', async () => {
    await take(1, toChange('A', 1, 1));
    await spool.write((tx) => markAttempt(tx, { receipt: 'A', seq: 1, file: '' }));
    await take(5, toChange('A', 1, 5));
    expect(due()).toMatchObject([{ attempting: true, change: { cursor: '5' } }]);
    await end('A', 1, 'done', 'P-1');
    await take(6, toChange('A', 1, 6));
    expect(places()).toEqual([]);
  });

  it('behind a refused one are void, also when they come late, until they are given out anew', async () => {
    await take(2, toChange('A', 1, 1), toChange('A', 2, 2));
    await end('A', 1, 'refused');
    expect(places()).toEqual([]);
    await report(4);
    expect(places()).toEqual([]);
    // Given out before the hub knew, on the way while it was told.
    await take(3, toChange('A', 3, 3));
    expect(places()).toEqual([]);
    await take(6, toChange('A', 1, 5), toChange('A', 2, 6));
    expect(places()).toEqual(['A/1']);
  });

  it('get the board’s number from the hub once it had every outcome', async () => {
    await take(1, toChange('A', 1, 1));
    await end('A', 1, 'done', 'P-1');
    await report(1);
    // Written before the hub knew the number.
    await take(2, toChange('A', 2, 2));
    expect(due()).toMatchObject([{ externalId: 'P-1' }]);
    await take(3, toChange('A', 3, 3, { ref: { externalId: 'P-9' } }));
    expect(due()).toMatchObject([{ place: { seq: 2 }, externalId: 'P-9' }]);
  });
});

describe('the folder', () => {
  it('belongs to one agent at a time', async () => {
    expect(() => openSpoolDatabase(folder)).toThrow(SpoolError);
    await spool.close();
    spool = openSpoolDatabase(folder);
  });

  it('of an older agent is kept when the agent is upgraded', async () => {
    const old = mkdtempSync(join(tmpdir(), 'minwon-spool-'));
    const db = new DatabaseSync(join(old, 'spool.db'));
    db.exec(`${migrations[0]}; pragma user_version = 1;
      insert into posts (external_id, version, raw, read_at) values ('1', 'v', '{"a":1}', '2026-11-20T00:00:00Z')`);
    db.close();
    const upgraded = openSpoolDatabase(old);
    try {
      expect(listOldestPosts(upgraded.db, 10)).toMatchObject([{ externalId: '1', raw: { a: 1 } }]);
      await upgraded.write((tx) => setPostAside(tx, 1, said('too large')));
      expect(listOldestPosts(upgraded.db, 10)).toEqual([]);
    } finally {
      await upgraded.close();
      rmSync(old, { recursive: true });
    }
  });

  it('of an agent that said why in words keeps those words', async () => {
    const old = mkdtempSync(join(tmpdir(), 'minwon-spool-'));
    const db = new DatabaseSync(join(old, 'spool.db'));
    const at = '2026-11-20T00:00:00Z';
    const outcome = { receiptNumber: 'A', seq: 1, startedAt: at, finishedAt: at };
    const save = (seq: number, body: object) =>
      db
        .prepare(`insert into outcomes (receipt, seq, body, ended_at) values ('A', ?, ?, ?)`)
        .run(seq, JSON.stringify(body), at);
    db.exec(`${migrations.slice(0, 3).join(';')}; pragma user_version = 3`);
    save(1, { ...outcome, kind: 'refused', reason: '제목이 "너무" 깁니다' });
    save(2, { ...outcome, seq: 2, kind: 'done', externalId: 'P-1' });
    db.exec(`
      insert into configurations (version, document, signature, state, report) values
        (1, '', '', 'current', '{"outcome":"applied"}'),
        (2, '', '', 'rolled-back', '{"outcome":"rolled-back","reason":"no connection"}');
      insert into posts (external_id, version, raw, read_at, refused) values ('1', 'v', '{}', '${at}', 'HTTP 400');
      insert into facts (name, value) values ('boardProblem', '"reading: HTTP 401"'), ('hubProblem', '""'), ('agency', '"near"')`);
    db.close();
    const upgraded = openSpoolDatabase(old);
    try {
      expect(listOldestOutcomes(upgraded.db, 10).map((one) => one.outcome)).toEqual([
        { ...outcome, kind: 'refused', reason: { code: 'said', said: '제목이 "너무" 깁니다' } },
        { ...outcome, seq: 2, kind: 'done', externalId: 'P-1' },
      ]);
      expect(listReports(upgraded.db)).toEqual([
        { version: 1, report: { outcome: 'applied' } },
        { version: 2, report: { outcome: 'rolled-back', reason: { code: 'said', said: 'no connection' } } },
      ]);
      const [post] = upgraded.db.prepare('select refused from posts').all();
      expect(JSON.parse(String(post?.refused))).toEqual({ code: 'said', said: 'HTTP 400' });
      expect(findFact(upgraded.db, 'boardProblem')).toEqual({ code: 'said', said: 'reading: HTTP 401' });
      expect(findFact(upgraded.db, 'hubProblem')).toBeNull();
      expect(findFact(upgraded.db, 'agency')).toBe('near');
    } finally {
      await upgraded.close();
      rmSync(old, { recursive: true });
    }
  });

  it('of a newer agent is left alone', async () => {
    spool.db.exec('pragma user_version = 1000');
    await spool.close();
    expect(() => openSpoolDatabase(folder)).toThrow(/newer agent/);
    const db = new DatabaseSync(join(folder, 'spool.db'));
    db.exec(`pragma user_version = ${migrations.length}`);
    db.close();
    spool = openSpoolDatabase(folder);
  });
});

it('undoes only what failed of one commit', async () => {
  const post = (id: string) => ({ externalId: id, version: 'v', raw: { id } });
  const written = await Promise.allSettled([
    spool.write((tx) => savePosts(tx, [post('1')], '2026-11-20T00:00:00Z')),
    spool.write((tx) => {
      savePosts(tx, [post('2')], '2026-11-20T00:00:00Z');
      throw new Error('no');
    }),
    spool.write((tx) => savePosts(tx, [post('3')], '2026-11-20T00:00:00Z')),
  ]);
  expect(written.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  const kept = listOldestPosts(spool.db, 10);
  expect(kept.map(({ externalId }) => externalId)).toEqual(['1', '3']);
  await spool.write((tx) => forgetPosts(tx, kept[0]!.id));
  expect(listOldestPosts(spool.db, 10).map(({ externalId }) => externalId)).toEqual(['3']);
});
