import { sql } from 'kysely';
import type { Keyed } from '../../store/sealing/keyed.ts';
import { toKeyedQuery, toQuery } from './search-terms.ts';

/** The words of a search as queries: `all` finds by the ends of numbers too; `open` shows nobody whose number it is. */
export interface Sought {
  all: Keyed;
  /** Absent: it is the same as `all`. */
  open?: Keyed;
  reader: string | undefined;
}

/** `endings`: the reader may see persons. Undefined: there is nothing to search for. */
export function toSought(
  text: string,
  { endings, reader }: { endings: boolean; reader: string | undefined },
): Sought | undefined {
  const words = toQuery(text, { endings });
  if (words === '') return undefined;
  // All of the hub's own people who see persons see those of every complaint.
  const isOpen = reader === undefined || words === toQuery(text);
  return { all: toKeyedQuery(text, { endings }), ...(!isOpen && { open: toKeyedQuery(text) }), reader };
}

/** Checked for each complaint that matches all other conditions, so it is fast even if the word is frequent. */
export const hasWords = ({ all, open, reader }: Sought, numbered: string[]) =>
  sql<boolean>`(exists (select from complaint_terms t
    where t.complaint_id = complaints.id and t.terms @@ ${all}::tsquery
      ${open === undefined ? sql`` : sql`and (t.terms @@ ${open}::tsquery or not ${isContributed(reader)})`} offset 0)
    or complaints.id = any(${numbered}::uuid[]))`;

/** An agency that was only asked for a contribution must not find out by searching whose a number is. */
const isContributed = (reader: string | undefined) =>
  sql<boolean>`exists (select from links l
    where l.complaint_id = complaints.id and l.agency = ${reader} and l.role = 'part')`;
