import type { Complainant } from '../../../schemas/index.ts';
import { toKeyedQuery, toQuery } from '../../complaints/reading/search-terms.ts';
import type { Store } from '../../store/database.ts';
import { Keyed, personMarks } from '../../store/sealing/keyed.ts';
import type { MarkUse } from '../../store/sealing/keys.ts';
import { toNational } from '../../words/to-national.ts';
import type { HoldingSource } from './holdings.ts';
import { findNamed, isSameName, type MatchWay, type Person } from './person.ts';
import { type FoundText, scanTexts } from './scan-texts.ts';

/** Something that may be of the person. Somebody has to look: the same name is not the same person. */
export interface Candidate {
  source: HoldingSource;
  rowId: string;
  /** The complaint that it is, or that it stands in. */
  complaintId: string | null;
  /** What people call it: a receipt number, or the sender's own id. */
  label: string;
  agency: string | null;
  at: Date;
  /** Whose it says it is, as far as it says. */
  name: string | null;
  phone: string | null;
  email: string | null;
  title: string | null;
  /** By what it was found. */
  by: MatchWay[];
}

/** The most complaints that are shown of each way of looking. */
const most = 300;

/** What may be of the person, in all tables that do not hang on a complaint. `cut`: there is more than was looked at. */
export async function findCandidates(
  store: Store,
  person: Person,
  except: { requestId: string },
): Promise<{ candidates: Candidate[]; cut: boolean }> {
  const complaints = await findComplaints(store, person);
  const requests = await findRequests(store, person, except.requestId);
  const { found, cut } = await scanTexts(store, person);
  return {
    candidates: [...complaints.candidates, ...found.map(toCandidate), ...requests],
    cut: cut || complaints.cut,
  };
}

const toCandidate = ({ row, by }: FoundText): Candidate => ({
  ...{ source: row.source, rowId: row.rowId, complaintId: null, label: row.label, agency: row.agency },
  ...{ at: row.at, name: null, phone: null, email: null, title: null, by },
});

interface ComplaintRow {
  id: string;
  receiptNumber: string;
  assignee: string;
  registeredAt: Date;
  complainant: Complainant;
  title: string;
  body: string;
}

const columns = `c.id, c.receipt_number as "receiptNumber", c.assignee, c.registered_at as "registeredAt", c.content -> 'complainant' as complainant,
  c.content ->> 'title' as title, c.content ->> 'body' as body`;
const marks = personMarks('c');

/** All marks of several texts. */
const marksOfAll = (use: MarkUse, texts: readonly string[]) =>
  new Keyed((keys) => texts.flatMap((text) => keys.marks(use, text)));

async function findComplaints(
  { pool }: Store,
  person: Person,
): Promise<{ candidates: Candidate[]; cut: boolean }> {
  const byMarks = await pool.query<ComplaintRow>(
    `select ${columns} from complaints c where c.id = any(array(
       select c.id from complaints c where ${marks.phone} = any($1::text[]) union select c.id from complaints c where ${marks.email} = any($2::text[])))
       and c.destroyed_at is null order by c.id desc limit ${most + 1}`,
    [marksOfAll('phone', person.phones), marksOfAll('email', person.emails)],
  );
  const found = new Map(byMarks.rows.map((row) => [row.id, row]));
  let cut = byMarks.rows.length > most;
  for (const words of toWords(person)) {
    const { rows } = await pool.query<ComplaintRow>(
      `select ${columns} from complaint_terms t join complaints c on c.id = t.complaint_id
       where t.terms @@ $1::tsquery and c.destroyed_at is null order by c.id desc limit ${most + 1}`,
      [toKeyedQuery(words)],
    );
    cut ||= rows.length > most;
    for (const row of rows) found.set(row.id, row);
  }
  const candidates = [...found.values()].flatMap((row) => judge(row, person));
  return { candidates: candidates.sort((a, b) => b.at.getTime() - a.at.getTime()), cut };
}

/** What the word index is asked: the name, and each number and address as people write them into a text. */
const toWords = ({ name, phones, emails }: Person): string[] =>
  [name, ...phones.map((phone) => toNational(phone).replaceAll('-', '')), ...emails].filter(
    (words) => [...words].length > 1 && toQuery(words) !== '',
  );

/** Whether the complainant is the person, or is another one who names him or her. The index finds words, and may find too many. */
function judge(row: ComplaintRow, person: Person): Candidate[] {
  const { name, phone, email } = row.complainant;
  const isThere: Record<MatchWay, boolean> = {
    phone: phone !== undefined && person.phones.includes(phone),
    email: email !== undefined && person.emails.includes(email.toLowerCase()),
    name: isSameName(name, person.name),
  };
  const own = (Object.keys(isThere) as MatchWay[]).filter((way) => isThere[way]);
  const named = findNamed(`${row.title}\n${row.body}`, person);
  if (own.length === 0 && named.length === 0) return [];
  return [
    {
      ...{ source: own.length > 0 ? 'complaint' : 'mention', rowId: row.id, complaintId: row.id },
      ...{ label: row.receiptNumber, agency: row.assignee, at: row.registeredAt, title: row.title },
      ...{ name, phone: phone ?? null, email: email ?? null, by: own.length > 0 ? own : named },
    },
  ];
}

/** What the person asked about the own data before. */
async function findRequests({ pool }: Store, person: Person, except: string): Promise<Candidate[]> {
  const { rows } = await pool.query<{
    id: string;
    number: string;
    agency: string | null;
    at: Date;
    facts: { name: string; phone?: string; email?: string };
  }>(
    `select q.id, q.number, q.agency, q.received_at as at, q.facts from subject_requests q where q.id <> $4 and q.id = any(array(
       select id from subject_requests where coalesce(phone_mark, facts ->> 'phone') = any($1::text[])
       union select id from subject_requests where coalesce(email_mark, lower(facts ->> 'email')) = any($2::text[])
       union select id from subject_requests where coalesce(name_mark, facts ->> 'name') = any($3::text[])))
     order by q.number desc limit ${most}`,
    [
      marksOfAll('phone', person.phones),
      marksOfAll('email', person.emails),
      marksOfAll('recipient', [person.name]),
      except,
    ],
  );
  return rows.map(({ id, number, agency, at, facts }) => ({
    ...{ source: 'request', rowId: id, complaintId: null, label: number, agency, at, title: null },
    ...{ name: facts.name, phone: facts.phone ?? null, email: facts.email ?? null },
    by: [
      ...(facts.phone !== undefined && person.phones.includes(facts.phone) ? (['phone'] as const) : []),
      ...(facts.email !== undefined && person.emails.includes(facts.email.toLowerCase())
        ? (['email'] as const)
        : []),
      ...(isSameName(facts.name, person.name) ? (['name'] as const) : []),
    ],
  }));
}
