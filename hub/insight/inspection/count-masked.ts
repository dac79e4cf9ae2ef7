import { sql } from 'kysely';
import type { IdentifierKind } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { endOf, startOf } from './month.ts';

/** Numbers of one kind that were masked. */
export interface MaskedKind {
  kind: IdentifierKind;
  /** How many numbers. */
  numbers: number;
  /** In how many things that came in: complaints, answers, follow-ups. */
  items: number;
}

/**
 * What was masked in a month in what an agency sent, and found in its files, the most frequent first. It counts while the raw
 * items and the files are kept.
 */
export async function countMasked(
  { db }: Pick<Store, 'db'>,
  agency: string,
  month: string,
): Promise<MaskedKind[]> {
  const { rows } = await sql<MaskedKind>`
    select k.key as kind, sum(k.value::int)::int as numbers, count(*)::int as items
    from (
      select r.masked as numbers from raw_items r
      where r.masked is not null and r.agency = ${agency} and r.received_at >= ${startOf(month)} and r.received_at < ${endOf(month)}
      union all
      select c.inside -> 'numbers' from attachments a join attachment_contents c using (sha256)
      where a.open_to is not null and a.agency = ${agency} and a.created_at >= ${startOf(month)} and a.created_at < ${endOf(month)}
    ) found, jsonb_each_text(found.numbers) k
    group by k.key order by numbers desc, kind
  `.execute(db);
  return rows;
}
