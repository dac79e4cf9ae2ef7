import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BoardError } from '../../../adapters/contract.ts';
import { toReason } from '../../../schemas/reason.ts';
import type { Queryable, Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { DriftKind, DriftPart } from '../../store/tables/column-types.ts';
import type { Board } from '../boards/boards.ts';
import { findDifferences, isSamePost, whenMissing } from './compare.ts';
import { listPairs, type Pair } from './held-links.ts';
import { readBoard } from './read-board.ts';
import { listUnlinked } from './unlinked.ts';

/** One comparison that was asked for. */
export interface Run {
  id: string;
  agency: string;
  since: Date | null;
}

interface Found {
  kind: DriftKind;
  externalId: string;
  linkId?: string;
  parts: DriftPart[];
}

export interface CompareDependencies {
  store: Store;
  /** Polls the board now, unless another process does so already. */
  poll(agency: string, stop: AbortSignal): Promise<unknown>;
}

/**
 * Compares what a board holds with what it should hold, and enters each drift. Both sides are read by keyset
 * pagination, so memory does not grow with the board. Throws BoardError if the board cannot be read.
 */
export async function compareBoard(
  { store, poll }: CompareDependencies,
  board: Board,
  run: Run,
  stop: AbortSignal,
): Promise<void> {
  const { pool } = store;
  if (!board.adapter.fingerprints) throw new BoardError('malformed', toReason('holds_cannot_be_told'));
  await pool.query('delete from drifts where reconciliation_id = $1', [run.id]);
  const startedAt = await begin(pool, run.id);
  await readBoard(store, board, run, stop);
  await waitForPoll({ store, poll }, board, stop);
  let underWay = 0;
  const of = { agency: run.agency, reconciliationId: run.id, startedAt, onlyTold: run.since !== null };
  for await (const pairs of listPairs(pool, of)) {
    const judged = pairs.map((pair) => judgePair(pair, board));
    const matched = pairs.filter(({ link, found }) => found && isSamePost(link, found));
    await markMatched(pool, run.id, matched);
    await enter(
      pool,
      run,
      judged.flatMap((one) => (one && one !== 'under way' ? one : [])),
    );
    underWay += judged.filter((one) => one === 'under way').length;
    stop.throwIfAborted();
  }
  for await (const unlinked of listUnlinked(pool, run.id, run.agency)) await enter(pool, run, unlinked);
  await end(store, run, underWay);
}

async function begin(client: Queryable, id: string): Promise<Date> {
  const { rows } = await client.query<{ started_at: Date }>(
    "update reconciliations set state = 'reading', started_at = now() where id = $1 returning started_at",
    [id],
  );
  return rows[0]?.started_at ?? new Date();
}

const patience = 60_000;

/**
 * Waits for a poll that began after the board was read, and that read to the end. Then the hub has everything that was
 * on the board.
 */
async function waitForPoll(
  { store, poll }: CompareDependencies,
  board: Board,
  stop: AbortSignal,
): Promise<void> {
  if (board.beside) return board.beside.poll(false, stop);
  if (!board.adapter.pull) return;
  const { code } = board.agency;
  const { rows } = await store.pool.query<{ at: Date }>('select clock_timestamp() as at');
  const until = Date.now() + patience;
  for (;;) {
    await poll(code, stop);
    const { rowCount } = await store.pool.query(
      'select from boards where agency = $1 and read_through_at >= $2',
      [code, rows[0]?.at],
    );
    if (rowCount) return;
    stop.throwIfAborted();
    if (Date.now() > until)
      throw new BoardError('unreachable', toReason('not_polled_to_its_end', { n: patience / 1000 }));
    await pause(200);
  }
}

function judgePair({ link, found, underWay, moved }: Pair, board: Board): Found | 'under way' | undefined {
  const { carries, saysSteps } = board.adapter;
  if (moved) return 'under way';
  const of = { externalId: link.externalId ?? '', linkId: link.id };
  if (!found || !isSamePost(link, found)) {
    const parts = whenMissing(link, carries);
    // A link without an id was never on the board, so nothing is missing, unless the hub would bring it.
    const isDue = link.externalId !== null || parts.some(({ remedy }) => remedy === 'bring');
    return isDue ? { kind: 'missing_there', ...of, parts } : undefined;
  }
  if (underWay) return 'under way';
  const parts = findDifferences(link, found, carries, saysSteps);
  return parts.length > 0 ? { kind: 'differs', ...of, parts } : undefined;
}

async function markMatched(client: Queryable, id: string, pairs: Pair[]): Promise<void> {
  await client.query(
    'update holdings set matched = true where reconciliation_id = $1 and external_id = any($2::text[])',
    [id, pairs.flatMap(({ link }) => link.externalId ?? [])],
  );
}

/** Enters drifts. A drift that a person dismissed is not entered again while it stays the same. */
async function enter(client: Queryable, run: Run, found: Found[]): Promise<void> {
  if (found.length === 0) return;
  const rows = found.map(({ kind, externalId, linkId, parts }) => ({
    id: newId(),
    kind,
    external_id: externalId,
    link_id: linkId ?? null,
    parts,
    mark: createHash('sha256')
      .update(JSON.stringify([kind, linkId ?? externalId, parts]))
      .digest('hex')
      .slice(0, 32),
  }));
  await client.query(
    `insert into drifts (id, reconciliation_id, agency, kind, external_id, link_id, parts, mark, state)
     select x.id, $1, $2, x.kind, x.external_id, x.link_id, x.parts, x.mark, 'open'
     from jsonb_to_recordset($3::jsonb) as x(id uuid, kind text, external_id text, link_id uuid, parts jsonb, mark text)
     where not exists (select from drifts d where d.agency = $2 and d.mark = x.mark and d.state = 'dismissed')`,
    [run.id, run.agency, JSON.stringify(rows)],
  );
}

/** Completes the report, which replaces the ones before. */
async function end({ pool }: Store, run: Run, underWay: number): Promise<void> {
  await pool.query(
    `with superseded as (
       update drifts set state = 'superseded' where agency = $2 and reconciliation_id <> $1 and state = 'open'
     ), cleared as (
       delete from holdings where reconciliation_id = $1
     )
     update reconciliations set state = 'done', finished_at = now(), under_way = $3 where id = $1`,
    [run.id, run.agency, underWay],
  );
}
