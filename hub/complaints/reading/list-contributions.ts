import { sql } from 'kysely';
import type {
  Complaint,
  Contribution,
  ContributionKind,
  ContributionState,
  OwedContribution,
} from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { type Asked, isContributionOverdue } from '../contributions/fold-contributions.ts';
import { viewContributions } from '../contributions/view-contributions.ts';
import { listHistory } from './list-history.ts';
import { isOwed } from './work-conditions.ts';

/** What was asked of agencies for a complaint, as far as one of them may see it, in the order of the numbers. */
export async function listContributionsFor(
  store: Store,
  { id, assignee, lastSeq }: Complaint,
  agency: string,
  now: Date,
): Promise<Contribution[]> {
  const told = await listHistory(store, id, { types: ['contributed'], upTo: lastSeq });
  return viewContributions(told, assignee, { agency }).asked.map((one) => toContribution(one, now));
}

/** The events of a complaint that stay between other agencies than this one. */
export async function listHiddenSteps(
  store: Store,
  { id, assignee }: Pick<Complaint, 'id' | 'assignee'>,
  agency: string,
): Promise<ReadonlySet<number>> {
  const told = await listHistory(store, id, { types: ['contributed'] });
  const { sees } = viewContributions(told, assignee, { agency });
  return new Set(told.filter((event) => !sees(event)).map(({ seq }) => seq));
}

function toContribution(
  { seqs: _seqs, before: _before, replySeq: _reply, ...one }: Asked,
  now: Date,
): Contribution {
  return { ...one, overdue: isContributionOverdue(one, now) };
}

/** Rows that a list shows. Who owes more sees the others when these are done. */
const most = 200;

interface OwedRow {
  receiptNumber: string;
  title: string;
  number: number;
  kind: ContributionKind;
  by: string;
  to: string;
  askedAt: string;
  dueAt: string;
  state: ContributionState;
}

const columns = sql`c.receipt_number as "receiptNumber", c.content ->> 'title' as title, x.*
  from complaints c, jsonb_to_recordset(c.contributions) as x("number" int, kind text, "by" text, "to" text,
    "askedAt" text, "dueAt" text, state text)`;

/** What an agency was asked for and still owes, the most urgent first (index `complaints_asked`). */
export async function listOwedContributions(
  store: Store,
  agency: string,
  now: Date,
): Promise<OwedContribution[]> {
  const { rows } = await sql<OwedRow>`select ${columns}
    where c.asked @> array[${agency}]::text[] and x."to" = ${agency} and x.state = 'asked'
    order by (x."dueAt")::timestamptz, c.id, x."number" limit ${sql.lit(most)}`.execute(store.db);
  return rows.map(({ state, to: _to, ...row }) => ({
    ...row,
    overdue: isContributionOverdue({ state, dueAt: row.dueAt }, now),
  }));
}

/** What an officer asked of others, or somebody at the agency for a complaint that is nobody's, and did not get. */
export interface MissingContribution extends OwedContribution {
  to: string;
  state: ContributionState;
}

/** What was asked in an officer's open complaints and is awaited or was refused, the most urgent first (`complaints_joint`). */
export async function listMissingContributions(
  store: Store,
  { agency, login }: { agency: string; login: string },
  now: Date,
): Promise<MissingContribution[]> {
  const { rows } = await sql<OwedRow>`select ${columns}
    where c.assignee = ${agency} and c.contributions is not null and ${isOwed}
      and (c.officer_user = ${login} or c.officer is null) and x.state in ('asked', 'refused')
    order by (x."dueAt")::timestamptz, c.id, x."number" limit ${sql.lit(most)}`.execute(store.db);
  return rows.map((row) => ({ ...row, overdue: isContributionOverdue(row, now) }));
}
