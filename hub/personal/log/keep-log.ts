import type { Logger } from 'pino';
import type { Signer } from '../../access/keys/signing-key.ts';
import type { Duty } from '../../queue/ticker.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { makeDueReview } from '../review/keep-reviews.ts';
import { addDailyAnchor, dropOldMonths, toYearsKept } from './add-anchor.ts';
import { toDay } from './months.ts';
import { sealEntries } from './seal-entries.ts';

export interface AccessLogDependencies {
  store: Store;
  exclusive: Exclusive;
  /** Opens the key that signs anchors. */
  signer(): Promise<Signer>;
  /** The years that were chosen (ACCESS_LOG_YEARS). */
  years: '1' | '2';
  log: Logger;
}

const second = 1000;
const minute = 60 * second;

/** What keeps the access log: seals within seconds, an anchor a day, months to come and months that are over, and the review. */
export function createAccessLogDuties(dependencies: AccessLogDependencies): Duty[] {
  const { store, exclusive, log } = dependencies;
  const seal = () =>
    exclusive.run('access-log-seal', async (lost) => {
      while (!lost.aborted && (await sealEntries(store)) > 0);
    });
  const keep = () =>
    exclusive.run('access-log-keep', async () => {
      await store.pool.query('select make_access_months($1)', [toDay(new Date())]);
      const signer = await dependencies.signer();
      const anchor = await addDailyAnchor(store, signer);
      if (anchor)
        log.info(
          { anchor: anchor.number, day: anchor.day, hash: anchor.hash },
          'the access log has its anchor of the day',
        );
      const gone = await dropOldMonths(store, signer, await toYearsKept(store, dependencies.years));
      if (gone.length > 0) log.info({ months: gone }, 'months of the access log were over and are removed');
      const month = await makeDueReview(store);
      if (month) log.info({ month }, 'the review of the access log is ready');
    });
  return [
    { name: 'entries of the access log without a seal', every: second, run: async () => void (await seal()) },
    {
      name: 'anchors and months of the access log',
      every: 10 * minute,
      run: async () => void (await keep()),
    },
  ];
}
