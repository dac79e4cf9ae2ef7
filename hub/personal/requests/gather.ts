import type { Complainant } from '../../../schemas/index.ts';
import type { Queryable, Store } from '../../store/database.ts';
import { byIndex } from '../log/ask-log.ts';
import { heldTables } from './held-tables.ts';
import type { Holding } from './holdings.ts';
import { maskOthers, maskRow } from './mask-others.ts';
import { findPassages } from './passages.ts';
import type { Person } from './person.ts';

/** What one table holds of a person. */
interface GatheredSection {
  table: string;
  words: readonly [ko: string, en: string];
  rows: Record<string, unknown>[];
}

export interface Gathered {
  sections: GatheredSection[];
  /** Ids of complaints and raw items, for the access log. */
  subjects: string[];
}

/** The parameters of every statement need a type, also in one that asks for few of them. */
const asked = 'with asked as (select $1::uuid[], $2::uuid[], $3::text[], $4::uuid[], $5::uuid[])';

/**
 * Everything that is held on a person: what was confirmed, out of every table (held-tables.ts). Data of others in the same rows is masked.
 * Runs in the transaction that tells the access log.
 */
export async function gatherPerson(
  { pool }: Store,
  person: Person,
  holdings: readonly Holding[],
): Promise<Gathered> {
  const idsOf = (source: Holding['source']) =>
    holdings.filter((one) => one.theirs && one.source === source).map(({ rowId }) => rowId);
  const [complaints, items] = [idsOf('complaint'), idsOf('raw_item')];
  const values = [complaints, items, idsOf('draft'), idsOf('request'), idsOf('filter')];
  await pool.query(byIndex);
  const known = await addKnown(pool, person, complaints);
  const sections: GatheredSection[] = [];
  for (const { table, words, text } of heldTables) {
    const { rows } = await pool.query<Record<string, unknown>>(`${asked} ${text}`, values);
    if (rows.length > 0)
      sections.push({ table, words, rows: rows.map((row) => maskOthers(maskRow(table, row), known)) });
  }
  const mentions = await findPassages(pool, idsOf('mention'), known);
  if (mentions.length > 0)
    sections.push({
      table: 'mentions',
      words: ['다른 사람의 민원에 적힌 내용', "What others' complaints say"],
      rows: mentions,
    });
  return { sections, subjects: [...complaints, ...items, ...idsOf('mention')] };
}

/** The person with every number and address that stands in the own complaints: none of them is another's. */
async function addKnown(client: Queryable, person: Person, complaints: readonly string[]): Promise<Person> {
  const { rows } = await client.query<{ complainant: Complainant | null }>(
    `select e.data #> '{content,complainant}' as complainant from events e where e.complaint_id = any($1::uuid[]) and e.type in ('registered', 'revised')
     union all select c.content -> 'complainant' from complaints c where c.id = any($1::uuid[])`,
    [complaints],
  );
  const own = rows.flatMap(({ complainant }) => complainant ?? []);
  return {
    name: person.name,
    phones: [...new Set([...person.phones, ...own.flatMap(({ phone }) => phone ?? [])])],
    emails: [...new Set([...person.emails, ...own.flatMap(({ email }) => email?.toLowerCase() ?? [])])],
  };
}
