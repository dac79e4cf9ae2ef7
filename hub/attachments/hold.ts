import { type Reason, toReason } from '../../schemas/reason.ts';
import { inTransaction, type Queryable, type Store } from '../store/database.ts';
import { openTo } from './lawful.ts';
import { toSizeText } from './limits.ts';
import type { Content } from './measure.ts';

export type Held =
  /** `boards`: agencies whose boards get the file now. `sha256`: the content that it has, perhaps from before. */
  | { state: 'held'; sha256: string; boards: string[] }
  /** With this file, the files of one text would be too large together. */
  | { state: 'refused'; reason: Reason };

/**
 * Gives an attachment its content, which is in the store already, and releases it to the boards. One with numbers that may
 * not be kept goes to nobody but agencies with a law for them (`lawful`: lawful.ts). A second content is ignored. Files of one text take turns, so that their total limit holds.
 */
export async function hold(
  store: Store,
  id: string,
  content: Content,
  { maxTotalBytes, lawful }: { maxTotalBytes: number; lawful: string },
): Promise<Held> {
  return inTransaction(store.pool, async (client) => {
    const ofText =
      '(complaint_id, seq, agency) = (select complaint_id, seq, agency from attachments where id = $1)';
    await client.query(`select 1 from attachments where ${ofText} order by id for update`, [id]);
    // Only a statement that begins after the wait sees what others have written meanwhile.
    const { rows } = await client.query<{ id: string; sha256: string | null; size: string | null }>(
      `select id, sha256, size from attachments left join attachment_contents using (sha256) where ${ofText}`,
      [id],
    );
    const known = rows.find((row) => row.id === id)?.sha256;
    if (known) {
      // An ignored content stays without a name, and counts towards the quota while it is there.
      if (known === content.sha256) await nameUploads(client, id, known);
      return { state: 'held', sha256: known, boards: [] };
    }
    const total = rows.reduce((sum, { size }) => sum + Number(size ?? 0), content.size);
    if (total > maxTotalBytes) {
      const reason = toReason('files_too_large', { size: toSizeText(maxTotalBytes) });
      await client.query("update attachments set state = 'refused', last_error = $2 where id = $1", [
        id,
        JSON.stringify(reason),
      ]);
      return { state: 'refused', reason };
    }
    await client.query(
      `update attachments set state = case when c.open_to is null then 'held' else 'withheld' end, sha256 = $2,
         open_to = c.open_to, last_error = null, owner = null
       from (select ${openTo('inside', '$3')} as open_to from attachment_contents where sha256 = $2) c where id = $1`,
      [id, content.sha256, lawful],
    );
    await nameUploads(client, id, content.sha256);
    const released = await client.query<{ agency: string }>(
      `update attachment_deliveries d set next_at = now() from attachments a where d.attachment_id = $1 and d.state = 'waiting'
         and a.id = d.attachment_id and (a.open_to is null or d.agency = any(a.open_to)) returning d.agency`,
      [id],
    );
    return { state: 'held', sha256: content.sha256, boards: released.rows.map(({ agency }) => agency) };
  });
}

/** Something refers to this content now. It no longer counts towards the sender's quota. */
const nameUploads = (client: Queryable, id: string, sha256: string) =>
  client.query(
    `update uploads u set named = true from attachments a
     where a.id = $1 and u.agency = a.agency and u.sha256 = $2 and not u.named`,
    [id, sha256],
  );
