import type { Store } from '../store/database.ts';

/** What has to be looked at: agencies from whose boards files are to be fetched, and those to whose boards some are to be brought. */
export async function findFileTopics({ pool }: Store, agencies: string[]): Promise<string[]> {
  const { rows } = await pool.query<{ topic: string }>({
    name: 'sweep-files',
    text: `select 'fetch-files:' || a.agency as topic from unnest($1::text[]) as a(agency)
           where exists (select from attachments w
             where w.agency = a.agency and w.state = 'wanted' and w.via = 'board' and w.next_at <= now())
           union all
           select 'bring-files:' || a.agency from unnest($1::text[]) as a(agency)
           where exists (select from attachment_deliveries d join links l on l.id = d.link_id
             where d.agency = a.agency and d.state = 'waiting' and d.next_at <= now() and l.held >= d.seq)`,
    values: [agencies],
  });
  return rows.map(({ topic }) => topic);
}
