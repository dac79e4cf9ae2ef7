import { inTransaction, type Store } from '../../store/database.ts';
import { removeComplaints, removeItems } from '../../store/shadow/remove-complaints.ts';
import { readAnew } from '../../store/states/board-state.ts';
import { type Doer, noteTest } from './note-test.ts';

/** The most posts of one agency that the rehearsal keeps. Older ones go; the counts on its page are of these. */
const mostRehearsed = 2_000;

/** Removes what is beyond the newest posts of an agency. */
export async function pruneRehearsed(store: Store, agency: string, most = mostRehearsed): Promise<void> {
  await inTransaction(store.pool, async (client) => {
    await removeItems(client, 'rehearsal', agency, most);
    const { rows } = await client.query<{ id: string }>(
      `select id from rehearsal.complaints c where origin = $1
         and not exists (select from rehearsal.raw_items r where r.complaint_id = c.id)`,
      [agency],
    );
    await removeComplaints(
      client,
      'rehearsal',
      rows.map(({ id }) => id),
    );
  });
}

/** Forgets what the rehearsal of an agency read, and has its board read from the beginning: its mapping was corrected. */
export async function restartRehearsal(store: Store, trial: Store, agency: string, by: Doer): Promise<void> {
  await pruneRehearsed(store, agency, 0);
  await store.db.transaction().execute((trx) => noteTest(trx, by, 'rehearsal.restarted', agency));
  await readAnew(trial.pool, agency);
}
