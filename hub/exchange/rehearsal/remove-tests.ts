import type { Store } from '../../store/database.ts';
import { removeComplaints, removeItems } from '../../store/shadow/remove-complaints.ts';
import { toQueryable } from '../../store/to-queryable.ts';
import { type Proof, saveProofs } from './evidence.ts';
import { type Doer, noteTest } from './note-test.ts';

export interface Removal {
  agency: string;
  by: Doer;
  /** What the tests have proved. It stays when they go. */
  proofs: Proof[];
}

/**
 * Removes all test complaints of an agency with everything that belongs to them, in one transaction. No adapter can
 * take a post off a board, so the numbers of the posts that stay there are kept for a person who removes them, and so
 * that they are never taken for real ones. Returns how many were removed.
 */
export async function removeTests(
  { db }: Pick<Store, 'db'>,
  { agency, by, proofs }: Removal,
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    const client = toQueryable(trx);
    const { rows } = await client.query<{ complaint_id: string | null }>(
      `update test_complaints t set removed_by = $2, removed_at = now(),
         left_post = (select l.external_id from trial.links l where l.complaint_id = t.complaint_id and l.agency = t.agency)
       where t.agency = $1 and t.removed_at is null returning complaint_id`,
      [agency, by.actor],
    );
    await saveProofs(client, agency, proofs);
    await removeComplaints(
      client,
      'trial',
      rows.flatMap(({ complaint_id }) => complaint_id ?? []),
    );
    // What of a test could not be applied was kept without a complaint.
    await removeItems(client, 'trial', agency, 0);
    if (rows.length > 0) await noteTest(trx, by, 'test.removed', agency, { count: rows.length });
    return rows.length;
  });
}

/** A person says that the post of a removed test is gone from the board. */
export async function clearLeft(
  { db }: Pick<Store, 'db'>,
  agency: string,
  id: string,
  by: Doer,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { rows } = await toQueryable(trx).query<{ mark: string }>(
      `update test_complaints set cleared_by = $3, cleared_at = now()
       where agency = $1 and id = $2 and removed_at is not null and cleared_at is null returning mark`,
      [agency, id, by.actor],
    );
    for (const { mark } of rows) await noteTest(trx, by, 'test.post_cleared', agency, { mark });
  });
}
