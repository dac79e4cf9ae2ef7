import type pg from 'pg';
import type { Channel, Problem } from '../../../schemas/index.ts';
import type { Topic } from '../../queue/topics.ts';
import type { Store } from '../../store/database.ts';
import { newId } from '../../store/new-id.ts';
import type { RawSource } from '../../store/tables/column-types.ts';
import type { Boards } from '../boards/boards.ts';
import type { Accept, Accepted } from '../intake/incoming.ts';
import { ParkedActionError, type ParkedActions } from './parked-actions.ts';
import { createAmendments } from './parked-amendments.ts';
import { createFileActions } from './parked-files.ts';

export interface ParkedDependencies {
  store: Store;
  boards: Boards;
  accept: Accept;
  look(topic: Topic): void;
}

/** What people decide about parked items, links and notices; each decision is kept with the login of who took it. */
export function createParkedActions(dependencies: ParkedDependencies): ParkedActions {
  const { store, boards, accept, look } = dependencies;
  const { pool } = store;
  const retry: ParkedActions['retryItem'] = (id, user, correctedRaw) =>
    retryItem(dependencies, id, user, correctedRaw);
  return {
    ...createFileActions({ store, look, mustBeParked }),
    ...createAmendments({ store, boards, accept, retryItem: retry }),
    retryItem: retry,

    async discardItem(id, user, reason) {
      const { rowCount } = await pool.query(
        `update raw_items set outcome = 'discarded', note = $3, decided_by = $2, decided_at = now()
         where id = $1 and outcome = 'parked'`,
        [id, user, reason],
      );
      mustBeParked(rowCount, 'item');
    },

    async retryLink(id, user) {
      const { rows } = await pool.query<{ agency: string }>(
        `update links set state = 'open', next_at = now(), tries = 0, decided_by = $2, decided_at = now(),
           attempting = case when $3 then null else attempting end
         where id = $1 and state = 'parked' returning agency`,
        [id, user, await wasLookedAt(store, boards, id)],
      );
      mustBeParked(rows.length, 'link');
      look(`deliver:${rows[0]?.agency}`);
    },

    async skipEvent(linkId, user, reason, externalId) {
      const asked = pool.query<{ agency: string }>(
        `with skipped as (
           update links set state = 'open', held = held + 1, attempting = null, next_at = now(), tries = 0, decided_by = $2, decided_at = now(),
             external_id = coalesce(external_id, $5)
           where id = $1 and state = 'parked' and held < due returning id, agency, held
         ), noted as (
           insert into attempts (id, link_id, seq, started_at, finished_at, outcome, reason)
           select $4, id, held, now(), now(), 'skipped', $2 || ': ' || $3 from skipped
         )
         select agency from skipped`,
        [linkId, user, reason, newId(), externalId || null],
      );
      const { rows } = await asked.catch((error: pg.DatabaseError) => {
        if (error.constraint !== 'links_by_external_id') throw error;
        throw new ParkedActionError('taken', `the board's post ${externalId} belongs to another complaint`);
      });
      mustBeParked(rows.length, 'link');
      look(`deliver:${rows[0]?.agency}`);
    },

    async retryNotice(id, user) {
      const { rows } = await pool.query<{ channel: Channel }>(
        `update notices set state = 'due', next_at = now(), tries = 0, attempting_since = null, decided_by = $2, decided_at = now()
         where id = $1 and state = 'failed' returning channel`,
        [id, user],
      );
      mustBeParked(rows.length, 'notice');
      for (const { channel } of rows) look(`notify:${channel}`);
    },
  };
}

/** Where the board does not say what it holds, the person who retries has looked: it is sent again. */
async function wasLookedAt({ pool }: Store, boards: Boards, linkId: string): Promise<boolean> {
  const { rows } = await pool.query<{ agency: string }>('select agency from links where id = $1', [linkId]);
  const board = boards.find(rows[0]?.agency ?? '');
  return board !== undefined && board.adapter.find === undefined;
}

function mustBeParked(count: number | null, what: string): void {
  if (!count) throw new ParkedActionError('gone', `this ${what} is not parked any more`);
}

interface ParkedRow {
  agency: string;
  source: RawSource;
  external_id: string;
  version: string;
  body: string;
}

/** Judge it again, with today's mapping and, if given, corrected data; the raw item keeps its place in the ledger. */
async function retryItem(
  { store, boards, accept }: ParkedDependencies,
  id: string,
  user: string,
  correctedRaw: unknown,
): Promise<Accepted> {
  const { rows } = await store.pool.query<ParkedRow>(
    "select agency, source, external_id, version, body from raw_items where id = $1 and outcome = 'parked'",
    [id],
  );
  const [row] = rows;
  if (!row) throw new ParkedActionError('gone', 'this item is not parked any more');
  const raw = correctedRaw === undefined ? (JSON.parse(row.body) as unknown) : correctedRaw;
  const board = boards.find(row.agency);
  if (!board) {
    const problems: Problem[] = [{ pointer: '', message: `the agency ${row.agency} has no board now` }];
    return { outcome: 'parked', rawItemId: id, problems };
  }
  return accept({
    agency: row.agency,
    source: row.source,
    externalId: row.external_id,
    version: row.version,
    raw,
    normalised: await board.adapter.normalise(raw),
    user,
    retryOf: id,
  });
}
