import {
  type Acknowledged,
  type Acknowledgement,
  type Changes,
  type ChangesRequest,
  eventTypes,
} from '../../../schemas/index.ts';
import { disclosureOf } from '../../complaints/disclosure/disclosure.ts';
import type { Directory } from '../../configuration/directory.ts';
import { ownerOf } from '../../configuration/owner-of.ts';
import { withUnseen } from '../../personal/with-personal.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { type FeedSignal, pollUntil } from '../../store/signals/feed-signal.ts';
import { isSqlState } from '../../store/sql-states.ts';
import { acknowledge } from './feed-acknowledge.ts';
import { mustBeGivenOut } from './feed-cursor.ts';
import { giveOut } from './feed-give-out.ts';
import { noteProvided, readGiven, toAgencyChange } from './feed-read.ts';

/**
 * The exchange feed: the pull side of the links. An agency fetches the changes that its copies lack. Its
 * acknowledgement says what the copies hold, and brings the links level. Changes without an acknowledgement come
 * again to a client that asks without a cursor. Errors: UnknownCursor, for a cursor that was never given out.
 */
export interface Feed {
  /** Waits up to `request.wait` seconds while there is nothing. `signal` ends the wait. */
  fetch(agency: string, request: ChangesRequest, signal?: AbortSignal): Promise<Changes>;
  acknowledge(agency: string, acknowledgement: Acknowledgement): Promise<Acknowledged>;
}

const carries = new Set(eventTypes);

export function createFeed(
  store: Store,
  feedSignal: FeedSignal,
  directory: Pick<Directory, 'findAgency'>,
): Feed {
  async function read(agency: string, { after, limit = 100 }: ChangesRequest): Promise<Changes> {
    await mustBeGivenOut(store.pool, agency, after);
    // The door tells the access log before it hands them over. What is given out depends on what parts were told.
    const { rows, ...place } = await withUnseen(store, async (opened) => {
      await giveOut(opened, { agency, carries, isAskable: false });
      return readGiven(opened, agency, after, limit);
    });
    const disclosure = disclosureOf(directory.findAgency(agency));
    const given = rows.map((row) => ({ row, ...toAgencyChange(row, disclosure) }));
    await noteProvided(store.pool, agency, given);
    return { changes: given.map(({ change }) => change), ...place };
  }

  return {
    fetch: (agency, request, signal) =>
      pollUntil(feedSignal, agency, request.wait, signal, async () => {
        const found = await read(agency, request);
        return { found, isSomething: found.changes.length > 0 };
      }),
    async acknowledge(agency, acknowledgement) {
      const owner = ownerOf(directory.findAgency(agency) ?? { code: agency, officers: [] });
      return insistOnTurn(() =>
        inTransaction(store.pool, (client) => acknowledge(client, { agency, owner }, acknowledgement)),
      );
    },
  };
}

/** Runs a transaction that can deadlock with others of its kind, and begins it again if it lost. */
export async function insistOnTurn<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isSqlState(error, 'deadlock') || tries === 3) throw error;
    }
  }
}
