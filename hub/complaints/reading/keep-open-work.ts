import type { Logger } from 'pino';
import { owingStatuses } from '../../../schemas/index.ts';
import type { Duty } from '../../queue/ticker.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { toLiterals } from '../../store/literals.ts';

const atOnce = 500;
const hours = 3_600_000;

/** What the complaints say now: `open_work_of` of migration 0071 is the one place that says how. */
const said = (condition: string) => `select o.* from complaints c cross join lateral open_work_of(c) o
  where c.status in (${toLiterals(owingStatuses)}) and ${condition}`;

const findText = `
select coalesce(s.complaint_id, w.complaint_id) as id
from (${said('true')}) s full join open_work w on w.complaint_id = s.complaint_id
where (s.agency, s.owner, s.stage, s.due_at) is distinct from (w.agency, w.owner, w.stage, w.due_at)
limit ${atOnce}`;

/**
 * Compares the rows of `open_work` with the complaints, and puts right what differs. Triggers keep them, so nothing does,
 * unless somebody wrote to the database without them: a restore by tables, logical replication. Complaints go on meanwhile:
 * only those that differ are locked. Resolves with the number that differed.
 */
export async function repairOpenWork({ pool }: Pick<Store, 'pool'>): Promise<number> {
  const repaired = new Set<string>();
  for (let more = true; more; ) {
    const found = await inTransaction(pool, async (client) => {
      const { rows } = await client.query<{ id: string }>(findText);
      const ids = rows.map(({ id }) => id);
      await client.query('select from complaints where id = any($1::uuid[]) order by id for update', [ids]);
      await client.query('delete from open_work where complaint_id = any($1::uuid[])', [ids]);
      await client.query(`insert into open_work ${said('c.id = any($1::uuid[])')}`, [ids]);
      return ids;
    });
    for (const id of found) repaired.add(id);
    more = found.length === atOnce;
  }
  return repaired.size;
}

/** Looks four times a day, one process at a time. */
export function createOpenWorkDuties(deps: {
  store: Pick<Store, 'pool'>;
  exclusive: Exclusive;
  log: Logger;
}): Duty[] {
  const { store, exclusive, log } = deps;
  const repair = async () => {
    const repaired = await repairOpenWork(store);
    if (repaired > 0) log.warn({ repaired }, 'numbers of open work differed from the complaints: put right');
  };
  return [
    {
      name: 'numbers of open work',
      every: 6 * hours,
      run: async () => void (await exclusive.run('open-work', repair)),
    },
  ];
}
