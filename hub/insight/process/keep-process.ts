import { sql } from 'kysely';
import { writeAudit } from '../../access/audit/audit.ts';
import type { Duty } from '../../queue/ticker.ts';
import type { Store } from '../../store/database.ts';
import type { Exclusive } from '../../store/exclusive.ts';
import { type Measuring, measureCases } from './measure-cases.ts';
import { sumUp } from './sum-up.ts';

const second = 1000;
/** Batches of one turn. A worker that stops waits for the turn, so it is short; the next follows a second later. */
const batchesOfTurn = 20;

async function repeat(work: () => Promise<boolean>, most: number): Promise<void> {
  for (let n = 0; n < most; n += 1) if (!(await work())) return;
}

/** Keeps the process view up to date. One process does each at a time. */
export function createProcessDuties(deps: Measuring & { exclusive: Exclusive }): Duty[] {
  const { exclusive, store } = deps;
  const alone = (name: string, work: () => Promise<boolean>) => async (): Promise<void> => {
    await exclusive.run(name, () => repeat(work, batchesOfTurn));
  };
  return [
    {
      name: 'figures of complaints',
      every: second,
      run: alone('measure-cases', () => measureCases(deps)),
    },
    { name: 'sums of figures', every: 5 * second, run: alone('sum-up', () => sumUp(store)) },
  ];
}

/** Has everything counted again, for example after the calendar of a past month was corrected. */
export async function recountAll({ db }: Pick<Store, 'db'>, actor: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await sql`insert into process_stale select distinct agency, month from process_sums where agency <> ''
      on conflict do nothing`.execute(trx);
    await sql`insert into unmeasured select id from complaints`.execute(trx);
    await writeAudit(trx, { actor, way: 'console', action: 'process.recounted', subject: 'process' });
  });
}
