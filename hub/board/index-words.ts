import type { ComplaintContent } from '../../schemas/index.ts';
import { inTransaction, type Store } from '../store/database.ts';
import { toTerms } from './search-terms.ts';

const atOnce = 200;

/**
 * Makes new and changed complaints findable by their words. Done a moment after they were taken in, many at once:
 * within the commit of each it was a quarter of the time. One process at a time, so that the newest words win.
 */
export async function indexWords({ pool }: Store, signal: AbortSignal): Promise<void> {
  for (let more = true; more && !signal.aborted; ) {
    more = await inTransaction(pool, async (client) => {
      const { rows: marks } = await client.query<{ complaint_id: string }>(
        `delete from unindexed where ctid = any(array(select ctid from unindexed limit ${atOnce})) returning complaint_id`,
      );
      if (marks.length === 0) return false;
      const { rows } = await client.query<{ id: string; receipt_number: string; content: ComplaintContent }>(
        'select id, receipt_number, content from complaints where id = any($1::uuid[])',
        [marks.map(({ complaint_id }) => complaint_id)],
      );
      const terms = rows.map(({ id, receipt_number, content }) => ({
        id,
        terms: termsOf(receipt_number, content),
      }));
      await client.query(
        `insert into complaint_terms (complaint_id, terms)
         select x.id, array_to_tsvector(x.terms) from jsonb_to_recordset($1::jsonb) as x(id uuid, terms text[])
         on conflict (complaint_id) do update set terms = excluded.terms`,
        [JSON.stringify(terms)],
      );
      return marks.length === atOnce;
    });
  }
}

function termsOf(receiptNumber: string, { title, body, complainant }: ComplaintContent): string[] {
  return toTerms([title, body, complainant.name, complainant.company ?? '', receiptNumber].join('\n'));
}
