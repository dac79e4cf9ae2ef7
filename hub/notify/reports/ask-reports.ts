import type { Logger } from 'pino';
import { toReason, wordReason } from '../../../schemas/reason.ts';
import { createOutage } from '../../observe/outage.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { askLater, endWaiting } from '../../store/states/notice-state.ts';
import type { Provider } from '../message.ts';
import { pauseOfProvider } from '../policy.ts';
import { findNextAsking } from './asking-pace.ts';
import type { NoticeRow } from './judge-report.ts';
import type { TakeReport } from './take-report.ts';

export interface AskReportsDependencies {
  store: Pick<Store, 'pool'>;
  exclusive: Exclusive;
  /** Carries text messages. */
  provider: Provider;
  takeReport: TakeReport;
  /** Hours for which a report is awaited. */
  hours: number;
  changed(): void;
  log: Logger;
  clock?: () => Date;
}

interface Open {
  id: string;
  provider_id: string;
  sent_at: Date;
}

/** Notices that are asked about in one look, and at once. */
const atOnce = 8;
const mostInLook = 400;

/**
 * Asks the provider what became of the texts whose time has come, and stops to wait for reports that did not come. One
 * process at a time does it. Call it every few seconds.
 */
export function createAskReports(dependencies: AskReportsDependencies): (stop: AbortSignal) => Promise<void> {
  const { store, exclusive, provider, hours, changed, log, clock = () => new Date() } = dependencies;
  const outage = createOutage(log, `${provider.name}, which reports on texts,`);
  let failures = 0;
  let pausedUntil = 0;

  async function askAbout(open: Open): Promise<boolean> {
    const asked = (await provider.ask?.(open.provider_id)) ?? { kind: 'nothing' };
    if (asked.kind === 'away') {
      if (clock().getTime() >= pausedUntil) {
        failures += 1;
        pausedUntil = clock().getTime() + pauseOfProvider(failures);
      }
      outage.failed(wordReason(asked.reason, 'en'));
      return false;
    }
    failures = 0;
    outage.ended();
    if (asked.kind === 'delivered' || asked.kind === 'undelivered') {
      const { provider_id } = open;
      // A notice that is to be sent again is asked about no more.
      const isOf = (row: NoticeRow) =>
        row.ask_at !== null && row.provider === provider.name && row.provider_id === provider_id;
      await dependencies.takeReport(open.id, isOf, asked);
    } else await askLater(store.pool, open.id, findNextAsking(open.sent_at, clock()));
    return true;
  }

  async function askAll(signal: AbortSignal): Promise<void> {
    if (!provider.ask || clock().getTime() < pausedUntil) return;
    const open = await findOpen(store, provider.name, clock());
    for (let n = 0; n < open.length && !signal.aborted; n += atOnce) {
      const answered = await Promise.all(open.slice(n, n + atOnce).map(askAbout));
      if (answered.includes(false)) return;
    }
  }

  return async (stop) => {
    await exclusive.run('reports', async (lost) => {
      await askAll(AbortSignal.any([stop, lost]));
      const count = await endWaiting(
        store.pool,
        clock(),
        provider.name,
        toReason('text_unconfirmed', { hours }),
      );
      if (count === 0) return;
      log.warn({ count, hours }, 'no report of these texts came in time');
      changed();
    });
  };
}

async function findOpen({ pool }: Pick<Store, 'pool'>, provider: string, now: Date): Promise<Open[]> {
  const { rows } = await pool.query<Open>({
    name: 'find-notices-to-ask-about',
    text: `select id, provider_id, sent_at from notices
           where ask_at <= $2 and provider = $1 and state = 'sent' and provider_id is not null
           order by ask_at limit ${mostInLook}`,
    values: [provider, now],
  });
  return rows;
}
