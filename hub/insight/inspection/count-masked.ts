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

/** What was masked in a month in what an agency sent, the most frequent first. It counts while the raw items are kept. */
export async function countMasked(
  { db }: Pick<Store, 'db'>,
  agency: string,
  month: string,
): Promise<MaskedKind[]> {
  const { rows } = await sql<MaskedKind>`
    select k.key as kind, sum(k.value::int)::int as numbers, count(*)::int as items
    from raw_items r, jsonb_each_text(r.masked) k
    where r.masked is not null and r.agency = ${agency} and r.received_at >= ${startOf(month)} and r.received_at < ${endOf(month)}
    group by k.key order by numbers desc, kind
  `.execute(db);
  return rows;
}
