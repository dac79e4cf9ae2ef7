import type { ComplaintContent } from '../../../schemas/index.ts';
import { inTransaction, type Store } from '../../store/database.ts';
import { Keyed } from '../../store/sealing/keyed.ts';
import type { Keys } from '../../store/sealing/keys.ts';
import { markText } from '../joining/same-person.ts';
import { toStoredTerms } from './search-terms.ts';

interface Indexed {
  id: string;
  receipt_number: string;
  origin_number: string | null;
  content: ComplaintContent;
}

const atOnce = 200;
/** What came in or changed goes first. What is made again for a reason of ours (`later`) gets the turns that are left. */
const takeText = `
with now as (select ctid from unindexed where not later limit ${atOnce})
delete from unindexed where ctid = any(array(
  select ctid from now union all (select ctid from unindexed where later limit ${atOnce} - (select count(*) from now))))
returning complaint_id`;
const saveText = `
insert into complaint_terms (complaint_id, terms, text_mark, keyed)
select x.id, x.terms::tsvector, x.mark, $4 from unnest($1::uuid[], $2::text[], $3::text[]) as x(id, terms, mark)
on conflict (complaint_id) do update set terms = excluded.terms, text_mark = excluded.text_mark, keyed = excluded.keyed`;

/**
 * Makes new and changed complaints searchable by their words. This runs a moment after they were taken in, many at
 * once: inside each commit it took a quarter of the time. One process at a time does it, so that the newest words win.
 */
export async function indexWords({ pool }: Store, signal: AbortSignal): Promise<void> {
  for (let more = true; more && !signal.aborted; ) {
    more = await inTransaction(pool, async (client) => {
      const { rows: marks } = await client.query<{ complaint_id: string }>(takeText);
      if (marks.length === 0) return false;
      const { rows } = await client.query<Indexed>(
        'select id, receipt_number, origin_number, content from complaints where id = any($1::uuid[])',
        [marks.map(({ complaint_id }) => complaint_id)],
      );
      await client.query(saveText, [
        rows.map(({ id }) => id),
        new Keyed((keys) => rows.map((row) => toTermsText(row, keys))),
        new Keyed((keys) =>
          rows.map(({ content }) => keys.mark('matter', markText(content)) ?? markText(content)),
        ),
        new Keyed((keys) => keys.on),
      ]);
      return marks.length === atOnce;
    });
  }
}

/** Writes terms as PostgreSQL writes a tsvector. Terms are letters and digits only, so none needs quotes. */
function toTermsText({ receipt_number, origin_number, content }: Indexed, keys: Keys): string {
  const { title, body, complainant } = content;
  const numbers = [receipt_number, origin_number ?? ''];
  const text = [title, body, complainant.name, complainant.company ?? '', ...numbers].join('\n');
  return toStoredTerms(text, keys).join(' ');
}
