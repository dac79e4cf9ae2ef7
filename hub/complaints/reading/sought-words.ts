import { sql } from 'kysely';
import { toQuery } from './search-terms.ts';

/** The words of a search as queries: `all` finds by the ends of numbers too; `open` shows nobody whose number it is. */
export interface Sought {
  all: string;
  open: string;
  reader: string | undefined;
}

/** `endings`: the reader may see persons. Undefined: there is nothing to search for. */
export function toSought(
  text: string,
  { endings, reader }: { endings: boolean; reader: string | undefined },
): Sought | undefined {
  const all = toQuery(text, { endings });
  // All of the hub's own people who see persons see those of every complaint.
  return all ? { all, open: reader === undefined ? all : toQuery(text), reader } : undefined;
}

/** Checked for each complaint that matches all other conditions, so it is fast even if the word is frequent. */
export const hasWords = ({ all, open, reader }: Sought, numbered: string[]) =>
  sql<boolean>`(exists (select from complaint_terms t
    where t.complaint_id = complaints.id and t.terms @@ ${all}::tsquery
      ${all === open ? sql`` : sql`and (t.terms @@ ${open}::tsquery or not ${isContributed(reader)})`} offset 0)
    or complaints.id = any(${numbered}::uuid[]))`;

/** An agency that was only asked for a contribution must not find out by searching whose a number is. */
const isContributed = (reader: string | undefined) =>
  sql<boolean>`exists (select from links l
    where l.complaint_id = complaints.id and l.agency = ${reader} and l.role = 'part')`;
