import { readFileSync } from 'node:fs';
import type { Logger } from 'pino';
import { createDirectory } from '../../configuration/live-directory.ts';
import { createAsks } from '../../exchange/boards/asks.ts';
import { type Boards, createBoards } from '../../exchange/boards/boards.ts';
import { createAccept } from '../../exchange/intake/accept.ts';
import type { Accept } from '../../exchange/intake/incoming.ts';
import { createParkedActions } from '../../exchange/parked/parked.ts';
import type { ParkedActions } from '../../exchange/parked/parked-actions.ts';
import { createLog } from '../../observe/log.ts';
import type { Topic } from '../../queue/topics.ts';
import { readSecret, readSettings } from '../../settings.ts';
import type { Store } from '../../store/database.ts';
import { createExclusive, type Exclusive } from '../../store/exclusive.ts';
import { createFeedSignal } from '../../store/signals/feed-signal.ts';
import { UsageError } from './exit-codes.ts';
import { withStore } from './with-store.ts';

/** The dependencies of commands that call boards or take something in. */
export interface Exchange {
  store: Store;
  boards: Boards;
  accept: Accept;
  parked: ParkedActions;
  exclusive: Exclusive;
  log: Logger;
  /** Does nothing: a running hub finds by itself what is due. */
  look(topic: Topic): void;
}

/** Does `work` with the exchange that the environment names. A hub on the same database goes on meanwhile. */
export function withExchange<T>(work: (exchange: Exchange) => Promise<T>): Promise<T> {
  return withStore(async (store) => {
    const settings = readSettings();
    const log = createLog({ ...settings, LOG_LEVEL: 'silent' });
    const directory = await createDirectory(store, log);
    const secret = (reference: string) =>
      readSecret(reference, process.env, (path) => readFileSync(path, 'utf8'));
    const feedSignal = createFeedSignal(store, log);
    const boards = createBoards(directory, secret, createAsks({ store, feedSignal }), settings.PUBLIC_URL);
    const exclusive = createExclusive(store);
    const look = () => undefined;
    const { clock } = directory;
    const accept = createAccept({
      ...{ store, directory, boards, log, clock },
      ...{ gather: 0, committed: look, keepsNumbers: true },
    });
    const parked = createParkedActions({ store, boards, accept, look });
    try {
      return await work({ store, boards, accept, parked, exclusive, log, look });
    } finally {
      await exclusive.close();
      await boards.close();
      await feedSignal.stop();
      await directory.close();
    }
  });
}

/** Errors: UsageError if the agency is not in force or has no board. */
export function refuseWithoutBoard(boards: Boards, agency: string): void {
  const known = boards.list().map(({ code }) => code);
  if (!known.includes(agency))
    throw new UsageError(
      `there is no agency ${agency} with a board; with one: ${known.join(', ') || 'none'}`,
    );
}
