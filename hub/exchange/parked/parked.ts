import type pg from 'pg';
import type { Problem } from '../../../schemas/index.ts';
import { said, toReason } from '../../../schemas/reason.ts';
import type { Topic } from '../../queue/topics.ts';
import { agoOf } from '../../store/clocks.ts';
import type { Store } from '../../store/database.ts';
import { sealedJson } from '../../store/sealing/keyed.ts';
import { clearMembers } from '../../store/sealing/sealed-columns.ts';
import { retryLink, skipEvent } from '../../store/states/link-state.ts';
import { retryNotice } from '../../store/states/notice-state.ts';
import type { RawSource } from '../../store/tables/column-types.ts';
import type { Boards } from '../boards/boards.ts';
import type { Accept, Accepted } from '../intake/incoming.ts';
import { ParkedActionError, type ParkedActions } from './parked-actions.ts';
import { createAmendments } from './parked-amendments.ts';
import { createFileActions } from './parked-files.ts';
import { type Sent, wasLookedAt } from './was-looked-at.ts';

export interface ParkedDependencies {
  store: Store;
  boards: Boards;
  accept: Accept;
  look(topic: Topic): void;
}

/** People's decisions about parked items, links and notices. Each is kept with the login of the person. */
export function createParkedActions(dependencies: ParkedDependencies): ParkedActions {
  const { store, boards, accept, look } = dependencies;
  const { pool } = store;
  const retry: ParkedActions['retryItem'] = (id, user, correctedRaw) =>
    retryItem(dependencies, id, user, correctedRaw);
  return {
    ...createFileActions({ store, boards, look, mustBeParked }),
    ...createAmendments({ store, boards, accept, retryItem: retry }),
    retryItem: retry,

    async discardItem(id, user, reason) {
      const { rowCount } = await pool.query(
        `update raw_items set outcome = 'discarded', note = $3, decided_by = $2, decided_at = now()
         where id = $1 and outcome = 'parked'`,
        [id, user, sealedJson(said(reason), clearMembers.reason)],
      );
      mustBeParked(rowCount, 'item');
    },

    async retryLink(id, user, substitutes) {
      const { rows } = await pool.query<Sent>(
        `select agency, ${agoOf('attempting_since')} as ago from links where id = $1`,
        [id],
      );
      const isLookedAt = wasLookedAt(boards, 'find', rows[0]);
      const agency = mustBeParked(
        await retryLink(pool, { linkId: id, user, isLookedAt, substitutes }),
        'link',
      );
      look(`deliver:${agency}`);
    },

    async skipEvent(linkId, user, reason, externalId) {
      const skipped = await skipEvent(pool, { linkId, user, reason, externalId }).catch(
        (error: pg.DatabaseError) => {
          if (error.constraint !== 'links_by_external_id') throw error;
          throw new ParkedActionError('taken', `the board's post ${externalId} belongs to another complaint`);
        },
      );
      look(`deliver:${mustBeParked(skipped, 'link')}`);
    },

    async retryNotice(id, user) {
      look(`notify:${mustBeParked(await retryNotice(pool, id, user), 'notice')}`);
    },
  };
}

/** What the decision changed: its agency or channel, or how many. Throws `gone` if it changed nothing. */
function mustBeParked<T>(found: T | null | undefined, what: string): T {
  if (!found) throw new ParkedActionError('gone', `this ${what} is not parked any more`);
  return found;
}

interface ParkedRow {
  agency: string;
  source: RawSource;
  external_id: string;
  version: string;
  body: string;
}

/**
 * Judges an item again, with today's mapping and, if given, corrected data. The raw item keeps its place in the ledger.
 */
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
    const problems: Problem[] = [{ pointer: '', reason: toReason('no_board_now', { agency: row.agency }) }];
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
