import type { Topic } from '../../queue/topics.ts';
import type { Store } from '../../store/database.ts';

/**
 * Topics that need a look. `read`: agencies from whose boards files may be fetched. `written`: agencies to whose
 * boards files may be brought.
 */
export async function findFileTopics({ pool }: Store, read: string[], written: string[]): Promise<Topic[]> {
  const { rows } = await pool.query<{ kind: 'fetch-files' | 'bring-files'; agency: string }>({
    name: 'sweep-files',
    text: `select 'fetch-files' as kind, a.agency from unnest($1::text[]) as a(agency)
           where exists (select from attachments w
             where w.agency = a.agency and w.state = 'wanted' and w.via = 'board' and w.next_at <= now())
           union all
           select 'bring-files', a.agency from unnest($2::text[]) as a(agency)
           where exists (select from attachment_deliveries d join links l on l.id = d.link_id
             where d.agency = a.agency and d.state = 'waiting' and d.next_at <= now() and l.held >= d.seq)`,
    values: [read, written],
  });
  return rows.map(({ kind, agency }): Topic => `${kind}:${agency}`);
}
