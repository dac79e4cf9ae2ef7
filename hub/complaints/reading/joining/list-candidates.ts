import { type Complaint, type ComplaintContent, owingStatuses } from '../../../../schemas/index.ts';
import type { Queryable } from '../../../store/database.ts';
import { isSamePerson } from '../../joining/same-person.ts';
import { toTerms } from '../search-terms.ts';

/** A complaint that may be of the same purpose as another. A person decides. */
export interface Candidate {
  id: string;
  receiptNumber: string;
  title: string;
  complainant: string;
  takenInAt: Date;
  /** How much of the two texts is the same, in percent. */
  likeness: number;
  samePerson: boolean;
}

/** The newest complaints that are looked at. What many file about one thing, they file within days. */
const mostRead = 300;
/** The characters of a text that are compared: what it is about stands at its beginning. */
const compared = 1000;
/** Percent from which two texts are suggested as being of one purpose. */
const leastLikeness = 25;
const mostShown = 20;

const openText = `
select c.id, c.receipt_number, c.content ->> 'title' as title, c.content ->> 'body' as body,
  c.content -> 'complainant' as complainant, coalesce(c.taken_in_at, c.registered_at) as taken_in_at
from complaints c
where c.assignee = $1 and c.status = any($2::text[]) and c.id <> $3
  and not exists (select from joins j where j.complaint_id = c.id and j.parted_seq is null)
  and not exists (select from joins j where j.lead_id = c.id and j.parted_seq is null)
order by c.registered_at desc, c.id desc limit ${mostRead}`;

interface OpenRow {
  id: string;
  receipt_number: string;
  title: string;
  body: string;
  complainant: ComplaintContent['complainant'];
  taken_in_at: Date;
}

/**
 * Suggests complaints to join to this one, the likest first: of those that the same agency answers and has not answered
 * yet, so it may see them all. Texts are compared by the terms of the search: pairs of Korean syllables, which a
 * trigram of PostgreSQL is too long for.
 */
export async function listCandidates(
  client: Queryable,
  { id, assignee, content }: Pick<Complaint, 'id' | 'assignee' | 'content'>,
): Promise<Candidate[]> {
  const { rows } = await client.query<OpenRow>(openText, [assignee, owingStatuses, id]);
  const own = toTermSet(content.title, content.body.slice(0, compared));
  return rows
    .map((row) => ({
      id: row.id,
      receiptNumber: row.receipt_number,
      title: row.title,
      complainant: row.complainant.name,
      takenInAt: row.taken_in_at,
      likeness: compareTerms(own, toTermSet(row.title, row.body.slice(0, compared))),
      samePerson: isSamePerson(row.complainant, content.complainant),
    }))
    .filter(({ likeness, samePerson }) => samePerson || likeness >= leastLikeness)
    .sort((a, b) => b.likeness - a.likeness)
    .slice(0, mostShown);
}

const toTermSet = (title: string, body: string): ReadonlySet<string> => new Set(toTerms(`${title}\n${body}`));

/** The share of the terms of both that both have (Jaccard), in percent. */
export function compareTerms(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((term) => other.has(term)).length;
  const all = one.size + other.size - both;
  return all === 0 ? 0 : Math.round((100 * both) / all);
}
