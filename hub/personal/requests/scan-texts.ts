import type { Store } from '../../store/database.ts';
import { findNamed, type MatchWay, type Person } from './person.ts';

interface ScannedRow {
  source: 'raw_item' | 'draft' | 'filter';
  rowId: string;
  label: string;
  agency: string | null;
  at: Date;
  /** What is typed, by its fields or columns. */
  text: Record<string, string | null> | (string | null)[];
}

export interface FoundText {
  row: ScannedRow;
  by: MatchWay[];
}

/**
 * Rows that are read at once, and in all of one table. What hangs on no complaint waits for a person, so there is not much of it. Its texts
 * lie sealed and have no marks: each is read.
 */
const atOnce = 500;
const mostRows = 20_000;

/** Where reading begins, and how it goes on: the rows after the last one. */
const scanned: readonly { first: string; text: string }[] = [
  {
    first: '00000000-0000-0000-0000-000000000000',
    text: `select 'raw_item' as source, id::text as "rowId", external_id as label, agency, received_at as at, array[body, cut] as text
      from raw_items where complaint_id is null and id > $1::uuid order by id limit ${atOnce}`,
  },
  {
    first: '',
    text: `select 'draft' as source, user_id || ' ' || place as "rowId", place as label, null as agency, saved_at as at, fields as text
      from drafts where complaint_id is null and user_id || ' ' || place > $1 order by user_id || ' ' || place limit ${atOnce}`,
  },
  {
    first: '',
    text: `select 'filter' as source, id::text as "rowId", name as label, null as agency, created_at as at, array[name, query] as text
      from saved_filters where id::text > $1 order by id::text limit ${atOnce}`,
  },
];

/** What names the person in parked items, drafts of registrations and saved searches. */
export async function scanTexts(
  { pool }: Pick<Store, 'pool'>,
  person: Person,
): Promise<{ found: FoundText[]; cut: boolean }> {
  const found: FoundText[] = [];
  let cut = false;
  for (const { first, text } of scanned) {
    let beyond = first;
    for (let read = 0; ; ) {
      const { rows } = await pool.query<ScannedRow>(text, [beyond]);
      for (const row of rows) {
        const by = findNamed(toWords(row), person);
        if (by.length > 0) found.push({ row, by });
      }
      read += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < atOnce) break;
      cut ||= read >= mostRows;
      if (read >= mostRows) break;
      beyond = last.rowId;
    }
  }
  return { found, cut };
}

/** A saved search is the query of an address. */
function toWords({ source, text }: ScannedRow): string {
  const parts = Object.values(text).filter((part) => part !== null);
  return source === 'filter'
    ? parts.flatMap((part) => [part, ...new URLSearchParams(part).values()]).join('\n')
    : parts.join('\n');
}
