import type pg from 'pg';
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

/** Rounds of renewing in one run: some hundred complaints, so that what else waits for its turn is not kept. */
const renewalsInRun = 5;

/**
 * Makes new and changed complaints searchable by their words. This runs a moment after they were taken in, many at
 * once: inside each commit it took a quarter of the time. One process at a time does it, so that the newest words win.
 *
 * Then it renews the terms of some older complaints, where a migration asked for it. What is new meanwhile goes first.
 */
export async function indexWords(store: Store, signal: AbortSignal): Promise<void> {
  for (let round = 0; !signal.aborted; ) {
    if (await indexMarked(store)) continue;
    if (round === renewalsInRun || !(await renewTerms(store))) return;
    round += 1;
  }
}

/** One round of what is new. False: nothing was left. */
const indexMarked = ({ pool }: Store): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const { rows: marks } = await client.query<{ complaint_id: string }>(takeText);
    const ids = marks.map(({ complaint_id }) => complaint_id);
    if (ids.length > 0) await saveTerms(client, ids);
    return ids.length > 0;
  });

/** One round of the older ones, the newest first. False: nothing is asked for. */
const renewTerms = ({ pool }: Store): Promise<boolean> =>
  inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ complaint_id: string }>(
      `select t.complaint_id from terms_to_renew r, lateral (select complaint_id from complaint_terms
         where complaint_id < r.before order by complaint_id desc limit ${atOnce}) t`,
    );
    const ids = rows.map(({ complaint_id }) => complaint_id);
    const last = ids.at(-1);
    if (last === undefined) {
      await client.query('delete from terms_to_renew');
      return false;
    }
    await saveTerms(client, ids);
    await client.query('update terms_to_renew set before = $1', [last]);
    return true;
  });

async function saveTerms(client: pg.PoolClient, ids: readonly string[]): Promise<void> {
  const { rows } = await client.query<Indexed>(
    'select id, receipt_number, origin_number, content from complaints where id = any($1::uuid[])',
    [ids],
  );
  await client.query(saveText, [
    rows.map(({ id }) => id),
    new Keyed((keys) => rows.map((row) => toTermsText(row, keys))),
    new Keyed((keys) =>
      rows.map(({ content }) => keys.mark('matter', markText(content)) ?? markText(content)),
    ),
    new Keyed((keys) => keys.on),
  ]);
}

/** Writes terms as PostgreSQL writes a tsvector. Terms are letters and digits only, so none needs quotes. */
function toTermsText({ receipt_number, origin_number, content }: Indexed, keys: Keys): string {
  const { title, body, complainant } = content;
  const numbers = [receipt_number, origin_number ?? ''];
  const text = [title, body, complainant.name, complainant.company ?? '', ...numbers].join('\n');
  return toStoredTerms(text, complainant.phone, keys).join(' ');
}
