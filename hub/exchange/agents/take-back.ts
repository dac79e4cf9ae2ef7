import type { Store } from '../../store/database.ts';

/**
 * What is out with agencies whose boards the hub has come to reach by itself (their agent was given up) is out no more.
 * It may have been brought, so it counts as sent without a reply: the board is asked before it is brought again.
 */
export async function takeBack({ pool }: Store, agencies: string[]): Promise<void> {
  await pool.query(
    `with back as (delete from feed_changes where agency = any($1) returning link_id, seq, attachment_id),
       files as (update attachment_deliveries d set attempting = true from back b
         where d.link_id = b.link_id and d.attachment_id = b.attachment_id and d.state = 'waiting')
     update links l set given = null, attempting = coalesce(l.attempting, first.seq), next_at = now()
     from (select link_id, min(seq) as seq from back where attachment_id is null group by link_id) first
     where l.id = first.link_id`,
    [agencies],
  );
}
