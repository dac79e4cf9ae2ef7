import { AsyncLocalStorage } from 'node:async_hooks';
import type { Logger } from 'pino';
import type { Settings } from '../settings.ts';
import type { Store } from '../store/database.ts';
import type { LogUnforeseen } from '../store/personal/guard-pool.ts';
import { appendEntries } from './log/append-entries.ts';
import type { AccessItem } from './log/entry.ts';
import { unforeseenPurpose } from './purposes.ts';
import type { Reader } from './with-personal.ts';

const served = new AsyncLocalStorage<() => Reader>();

/** Does what a request asks for. `toReader` says who asks, if that has to be known. */
export const serve = (toReader: () => Reader, work: () => void): void => served.run(toReader, work);

/** What the tables hold of a person. */
const itemsOf: Record<string, readonly AccessItem[]> = {
  complaints: ['name', 'contact', 'text'],
  events: ['history'],
  notices: ['contact', 'notices'],
  outbox: ['contact', 'notices'],
  raw_items: ['raw'],
  subject_requests: ['name', 'contact', 'text'],
  kept_identifiers: ['numbers'],
};

/** The most subjects of one entry. */
const mostSubjects = 500;

/** Nobody asked: something in the background that uses the store of pages. */
const nobody: Reader = { actor: '-', agency: null, way: 'command', address: '', place: 'background' };

/**
 * What a page or door reads of complainants around the access log, because its author forgot it. An officer with a legal
 * deadline must not lose a page by that, and nobody may read unlogged: so it is logged as unforeseen before it is given
 * out, and an alert tells the operator (alerts/find-unforeseen.ts). If the entry cannot be written, nothing is given out.
 */
export function createUnforeseen({ pool }: Pick<Store, 'pool'>, log: Logger): LogUnforeseen {
  return async ({ tables, ids }) => {
    const { actor, agency, way, address, place } = (served.getStore() ?? (() => nobody))();
    const items = [...new Set(tables.flatMap((table) => itemsOf[table] ?? []))];
    const entry = { at: new Date(), actor, agency: agency ?? '', way, address, place, act: 'read' as const };
    await appendEntries(pool, [
      {
        ...{ ...entry, purpose: unforeseenPurpose, masked: false, reason: '' },
        subjects: ids.slice(0, mostSubjects),
        items,
      },
    ]);
    log.error(
      { place, tables },
      'data of complainants was read around hub/personal: it is logged as unforeseen',
    );
  };
}

/** What the store of pages does about it, as the settings say: refuses it if nothing is given here. */
export const onUnforeseen = (
  store: Pick<Store, 'pool'>,
  { UNFORESEEN_READS: rule }: Pick<Settings, 'UNFORESEEN_READS'>,
  log: Logger,
): { unforeseen?: LogUnforeseen } => (rule === 'log' ? { unforeseen: createUnforeseen(store, log) } : {});
