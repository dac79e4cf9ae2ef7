/** Files in the state `withheld`: numbers stand in them that may not be kept or passed on without a law. */
import { said, toReason } from '../../schemas/reason.ts';
import { writeAudit } from '../access/audit/audit.ts';
import type { Queryable, Store } from '../store/database.ts';
import { sealedJsonText } from '../store/sealing/keyed.ts';
import { clearMembers } from '../store/sealing/sealed-columns.ts';
import { openTo } from './lawful.ts';

/** Which file a person decides about. */
export interface WithheldFile {
  id: string;
  complaintId: string;
  receiptNumber: string;
  /** The agency that answers. */
  agency: string;
  /** The login of the person. */
  by: string;
}

/** Holds back files that were there before anybody looked into them. What a board got already, it has. Resolves with how many. */
export async function withholdStored(client: Queryable, sha256: string, lawful: string): Promise<number> {
  const { rows } = await client.query<{ id: string }>(
    `update attachments a set state = 'withheld', open_to = ${openTo('c.inside', '$2')} from attachment_contents c
     where c.sha256 = $1 and a.sha256 = c.sha256 and a.state = 'held' returning a.id`,
    [sha256, lawful],
  );
  await client.query(
    `update attachment_deliveries d set next_at = 'infinity' from attachments a
     where a.id = d.attachment_id and a.id = any($1::uuid[]) and d.state = 'waiting' and not d.agency = any(a.open_to)`,
    [rows.map(({ id }) => id)],
  );
  return rows.length;
}

/**
 * Lets the file go to every board that has a copy, as a law allows that the person names; the sweep finds what is due then.
 * Resolves with false where the file is not held back (any more).
 */
export async function releaseFile(
  { db }: Pick<Store, 'db'>,
  file: WithheldFile,
  law: string,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const decided = await trx
      .updateTable('attachments')
      .set({ state: 'held', open_to: null, decided_by: file.by, decided_at: new Date() })
      .where('id', '=', file.id)
      .where('complaint_id', '=', file.complaintId)
      .where('state', '=', 'withheld')
      .returning('id')
      .executeTakeFirst();
    if (!decided) return false;
    await trx
      .updateTable('attachment_deliveries')
      .set({ next_at: new Date() })
      .where('attachment_id', '=', file.id)
      .where('state', '=', 'waiting')
      .execute();
    await writeAudit(trx, {
      ...{ actor: file.by, way: 'console', action: 'file.released', agency: file.agency },
      ...{ subject: `complaint ${file.receiptNumber}`, detail: { file: file.id, law } },
    });
    return true;
  });
}

/**
 * Removes the content: within a day it is gone from the store, if no other file has the same. Resolves with false where the file
 * is not held back (any more).
 */
export async function removeFile(
  { db }: Pick<Store, 'db'>,
  file: WithheldFile,
  why: string,
): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const decided = await trx
      .updateTable('attachments as a')
      .from('attachments as before')
      .set({
        ...{ state: 'refused', sha256: null, decided_by: file.by, decided_at: new Date() },
        last_error: sealedJsonText(said(why), clearMembers.reason),
      })
      .whereRef('before.id', '=', 'a.id')
      .where('a.id', '=', file.id)
      .where('a.complaint_id', '=', file.complaintId)
      .where('a.state', '=', 'withheld')
      .returning('before.sha256')
      .executeTakeFirst();
    if (!decided) return false;
    await trx
      .updateTable('attachment_contents')
      .set({ check_at: new Date() })
      .where('sha256', '=', decided.sha256 ?? '')
      .execute();
    await trx
      .updateTable('attachment_deliveries')
      .set({ state: 'skipped', last_error: JSON.stringify(toReason('file_removed')) as never })
      .where('attachment_id', '=', file.id)
      .where('state', '=', 'waiting')
      .execute();
    await writeAudit(trx, {
      ...{ actor: file.by, way: 'console', action: 'file.removed', agency: file.agency },
      ...{ subject: `complaint ${file.receiptNumber}`, detail: { file: file.id } },
    });
    return true;
  });
}
