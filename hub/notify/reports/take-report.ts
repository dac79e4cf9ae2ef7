import type { Logger } from 'pino';
import { wordReason } from '../../../schemas/reason.ts';
import type { Topic } from '../../queue/topics.ts';
import { inTransaction, type Queryable, type Store } from '../../store/database.ts';
import { recordReport } from '../../store/states/notice-state.ts';
import type { Reported } from '../message.ts';
import { judgeReport, type NoticeRow } from './judge-report.ts';

export interface TakeReportDependencies {
  store: Pick<Store, 'pool'>;
  /** Hours for which a report is awaited. */
  hours: number;
  /** Called for the channel on which a notice became due. */
  look(topic: Topic): void;
  /** For live pages. */
  changed(): void;
  log: Logger;
  clock?: () => Date;
}

/**
 * Takes a report of the notice `id`. `isOf` says whether it belongs to the newest attempt at that notice: a report for
 * a notice that has moved on changes nothing. False: it does not belong there, or there is no such notice.
 */
export type TakeReport = (
  id: string,
  isOf: (row: NoticeRow) => boolean,
  reported: Reported,
) => Promise<boolean>;

const hour = 3_600_000;

export function createTakeReport(dependencies: TakeReportDependencies): TakeReport {
  const { store, hours, look, changed, log, clock = () => new Date() } = dependencies;
  return async (id, isOf, reported) => {
    const judge = (row: NoticeRow) => judgeReport(row, reported, clock(), hours * hour);
    const known = await findNotice(store.pool, id, '');
    if (!known || !isOf(known)) return false;
    // Most reports say that a text is on its way, which changes nothing. So they need no lock.
    if (!judge(known)) return true;
    const change = await inTransaction(store.pool, async (client) => {
      const row = await findNotice(client, id, 'for update');
      const found = row && isOf(row) ? judge(row) : undefined;
      if (found) await recordReport(client, found);
      return found;
    });
    if (!change) return true;
    const line = {
      notice: id,
      complaint: known.complaint_id,
      provider: known.provider,
      report: change.report,
    };
    if (reported.kind === 'undelivered')
      log.warn({ ...line, reason: wordReason(reported.reason, 'en') }, 'notice not delivered');
    else log.debug(line, 'notice reported');
    if (change.fallback) look(`notify:${change.fallback.channel}`);
    changed();
    return true;
  };
}

async function findNotice(
  client: Queryable,
  id: string,
  lock: '' | 'for update',
): Promise<NoticeRow | undefined> {
  const { rows } = await client.query<NoticeRow>({
    name: `find-reported ${lock}`,
    text: `select * from notices where id = $1 ${lock}`,
    values: [id],
  });
  return rows[0];
}
