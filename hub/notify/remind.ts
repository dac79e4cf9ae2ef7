import type { Logger } from 'pino';
import { isRunning, waitingStatuses } from '../../schemas/index.ts';
import { type ComplaintRow, toComplaint } from '../complaints/complaint-row.ts';
import { loadMatters } from '../complaints/load-matters.ts';
import { listDuties } from '../complaints/steps/duties.ts';
import type { Directory } from '../configuration/directory.ts';
import { inTransaction, type Store } from '../store/database.ts';
import { toLiterals } from '../store/literals.ts';
import { insertNotices } from '../store/states/notice-state.ts';
import { planReminder } from './plan.ts';

const atOnce = 200;

/**
 * Tells officers of nearing deadlines, and both sides of missed ones. Each complaint is read only when its time has
 * come. `remind_at` moves on in the transaction that plans the notice.
 */
export async function remindOfDeadlines(store: Store, directory: Directory, log: Logger): Promise<number> {
  const count = await inTransaction(store.pool, async (client) => {
    const { rows } = await client.query<ComplaintRow>(
      `select * from complaints where remind_at <= now() order by remind_at limit ${atOnce} for update skip locked`,
    );
    const now = new Date();
    const open = rows.filter((row) => row.due_at && isRunning(row.status));
    const plans = open.flatMap((row) =>
      planReminder({
        complaint: toComplaint(row),
        directory,
        now,
        which: isLate(row, now) ? 'delayed' : 'deadline-near',
      }),
    );
    await insertNotices(client, plans);
    await client.query(
      `update complaints set remind_at = case when status in (${toLiterals(waitingStatuses)}) then now() + interval '1 day'
         when due_at > $2 then due_at end where id = any($1::uuid[])`,
      [rows.map(({ id }) => id), now],
    );
    return rows.length;
  });
  if (count > 0) log.info({ count }, 'deadlines looked at');
  return count;
}

/**
 * Tells officers what they owe beside the answer: word of the progress every 30 days, the review of a plan, a complaint
 * whose supplement did not come. `owed_at` moves on in the transaction that plans the notice.
 *
 * What was owed before the hub began to watch (migration 0046) is told to nobody by mail: an upgrade would send hundreds at
 * once, of complaints that people know. It stands on the list of what is owed, and its next occasion is told.
 */
export async function remindOfDuties(store: Store, directory: Directory, log: Logger): Promise<number> {
  const count = await inTransaction(store.pool, async (client) => {
    const { rows } = await client.query<{ id: string; since: Date }>(
      `select id, (select applied_at from migrations where name = '0046-owed-notices.sql') as since
       from complaints where owed_at <= now() order by owed_at limit ${atOnce} for update skip locked`,
    );
    const ids = rows.map(({ id }) => id);
    const now = new Date();
    const matters = [...(await loadMatters(client, ids)).values()];
    const looked = matters.map((matter) => ({ ...matter, ...listDuties(matter, now) }));
    const since = rows[0]?.since ?? now;
    const plans = looked.flatMap(({ complaint, owed }) =>
      owed
        .filter(({ at }) => at > since || new Date(complaint.registeredAt) > since)
        .flatMap((duty) => planReminder({ complaint, directory, now, which: 'owed', duty })),
    );
    await insertNotices(client, plans);
    await client.query(
      `update complaints c set owed_at = x.next from unnest($1::uuid[], $2::timestamptz[]) as x(id, next) where c.id = x.id`,
      [looked.map(({ complaint }) => complaint.id), looked.map(({ next }) => next ?? null)],
    );
    return ids.length;
  });
  if (count > 0) log.info({ count }, 'complaints looked at for what is owed');
  return count;
}

const isLate = (row: ComplaintRow, now: Date) => row.due_at !== null && row.due_at <= now;
