import { type RawBuilder, sql } from 'kysely';
import type { ComplaintKind } from '../../../schemas/index.ts';
import { toUuid } from '../../complaints/reading/read-operations.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import { type CaseState, caseStates } from './case-figures.ts';
import type { ProcessFilter } from './read-process.ts';
import type { CountName } from './sums.ts';

/** What a number counts: as process_sums counts it. `answered`, `known`, `timed`: several states together. */
export type CaseChoice = CountName | 'answered' | 'known' | 'timed';

const inStates = (states: readonly CaseState[]) =>
  sql<boolean>`p.state in (${sql.join(states.map((state) => sql.lit(state)))})`;

/** The words are those of the partial indexes of migration 0054. */
const choices: Record<CaseChoice, RawBuilder<boolean>> = {
  ...(Object.fromEntries(
    caseStates.map((state) => [state, sql<boolean>`p.state = ${sql.lit(state)}`]),
  ) as Record<CaseState, RawBuilder<boolean>>),
  cases: sql<boolean>`true`,
  answered: inStates(['in_time', 'late', 'untimed']),
  known: inStates(['in_time', 'late', 'overdue']),
  timed: inStates(['in_time', 'late']),
  stopped: sql<boolean>`p.stops > 0`,
  extended: sql<boolean>`p.extensions > 0`,
  transferred: sql<boolean>`p.transfers > 0`,
  reopened: sql<boolean>`p.reopened`,
};
export const isCaseChoice = (text: string | undefined): text is CaseChoice =>
  text !== undefined && Object.hasOwn(choices, text);

/** A complaint behind a number. Lengths are in quarters of an office hour. */
export interface CaseEntry {
  id: string;
  receiptNumber: string;
  title: string;
  agency: string;
  kind: ComplaintKind;
  month: string;
  state: CaseState;
  takenInAt: Date;
  endedAt: Date | null;
  legal: number | null;
  real: number | null;
}

/** One page of the complaints behind a number, those of the newest month first. */
export async function listCases(
  { db }: Store,
  { agency, kind, from, to }: ProcessFilter,
  choice: CaseChoice,
  place: Place = {},
): Promise<Page<CaseEntry>> {
  const backwards = place.before !== undefined;
  const cursor = parseCursor(place.before ?? place.after);
  const [beyond, direction] = backwards ? [sql`>`, sql`asc`] : [sql`<`, sql`desc`];
  const where = [
    choices[choice],
    sql`p.month between ${from} and ${to}`,
    ...(agency === undefined ? [] : [sql`p.agency = ${agency}`]),
    ...(kind === undefined ? [] : [sql`p.kind = ${kind}`]),
    ...(cursor ? [sql`(p.month, p.complaint_id) ${beyond} (${cursor.month}, ${cursor.id}::uuid)`] : []),
  ];
  const { rows } = await sql<CaseEntry>`
    with found as materialized (
      select p.* from process_cases p where ${sql.join(where, sql` and `)}
      order by p.month ${direction}, p.complaint_id ${direction} limit ${sql.lit((place.size ?? pageSize) + 1)})
    select c.id, found.month, c.receipt_number as "receiptNumber", c.content ->> 'title' as title, found.agency, found.kind, found.state,
      found.taken_in_at as "takenInAt", found.ended_at as "endedAt", found.legal, found.real
    from found join complaints c on c.id = found.complaint_id
    order by found.month ${direction}, found.complaint_id ${direction}`.execute(db);
  return toPage(rows, place, ({ month, id }) => `${month.replace('-', '')}_${id}`);
}

const cursorShape = /^(\d{4})(\d{2})_(.{36})$/;

function parseCursor(text: string | undefined): { month: string; id: string } | undefined {
  const [, year, month, id] = cursorShape.exec(text ?? '') ?? [];
  const uuid = toUuid(id ?? '');
  return uuid ? { month: `${year}-${month}`, id: uuid } : undefined;
}
