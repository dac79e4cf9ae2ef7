import { sql } from 'kysely';
import type { ComplaintKind } from '../../../schemas/index.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import { joinSums, type ProcessFigures, type Sums } from './sums.ts';

/** Months as `2026-11`, both inside. */
export interface ProcessFilter {
  agency?: string | undefined;
  kind?: ComplaintKind | undefined;
  from: string;
  to: string;
}

/** What the rows of the view are. */
export const groupings = ['month', 'kind', 'agency'] as const;
export type Grouping = (typeof groupings)[number];

/** A row: the figures of a month, a kind or an agency. */
export interface ProcessRow {
  name: string;
  figures: ProcessFigures;
}

type SumRow = Sums & { agency: string; kind: string; month: string };

/** Everything together. Reads one sum for each month. */
export async function readTotal(store: Store, filter: ProcessFilter): Promise<ProcessFigures> {
  return joinSums(await selectSums(store, filter, { agency: filter.agency ?? '', kind: filter.kind ?? '' }));
}

/** The rows by month or kind: few, whatever is stored. */
export async function listRows(
  store: Store,
  filter: ProcessFilter,
  by: 'month' | 'kind',
): Promise<ProcessRow[]> {
  const agency = filter.agency ?? '';
  const kind = filter.kind ?? (by === 'kind' ? undefined : '');
  return toRows(await selectSums(store, filter, { agency, kind }), by);
}

/** Before the code of an agency in a cursor, as lists of agencies have it. */
const cursorMark = '1_';

/** One page of the rows by agency. */
export async function listAgencyRows(
  store: Store,
  filter: ProcessFilter,
  place: Place,
): Promise<Page<ProcessRow>> {
  const agencies = filter.agency ? [filter.agency] : await listAgencies(store, filter, place);
  const page = toPage(agencies, place, (agency) => `${cursorMark}${agency}`);
  const kind = filter.kind ?? '';
  const sums = await selectSums(store, filter, { agency: page.rows, kind });
  const rows = page.rows.map((name) => ({
    name,
    figures: joinSums(sums.filter(({ agency }) => agency === name)),
  }));
  return { ...page, rows };
}

/**
 * The agencies with sums, as many as a page shows and one more. Each is found from the one before by the index: a
 * `distinct` would read the sums of all of them.
 */
async function listAgencies({ db }: Store, { from, to, kind = '' as never }: ProcessFilter, place: Place) {
  const backwards = place.before !== undefined;
  const cursor = (place.before ?? place.after ?? '').slice(cursorMark.length);
  const [beyond, direction] = backwards ? [sql`<`, sql`desc`] : [sql`>`, sql`asc`];
  const next = (last: ReturnType<typeof sql>) => sql`(select agency from process_sums
    where agency ${beyond} ${last} and agency <> '' order by agency ${direction} limit 1)`;
  const { rows } = await sql<{ agency: string }>`
    with recursive known(agency, n) as (
      select ${next(sql`${cursor}`)}, 1
      union all select ${next(sql`known.agency`)}, n + 1 from known where known.agency is not null
    )
    select agency from known where agency is not null
      and exists (select from process_sums s where s.agency = known.agency and s.kind = ${kind} and s.month between ${from} and ${to})
    limit ${sql.lit((place.size ?? pageSize) + 1)}`.execute(db);
  return rows.map(({ agency }) => agency);
}

async function selectSums(
  { db }: Store,
  { from, to }: ProcessFilter,
  { agency, kind }: { agency: string | string[]; kind: string | undefined },
): Promise<SumRow[]> {
  const rows = await db
    .selectFrom('process_sums')
    .selectAll()
    .where('agency', 'in', [agency].flat())
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind as string))
    .$if(kind === undefined, (query) => query.where('kind', '<>', ''))
    .where('month', '>=', from)
    .where('month', '<=', to)
    .orderBy('month')
    .execute();
  return rows;
}

function toRows(sums: SumRow[], by: 'month' | 'kind'): ProcessRow[] {
  const names = [...new Set(sums.map((row) => row[by]))];
  return names.map((name) => ({ name, figures: joinSums(sums.filter((row) => row[by] === name)) }));
}

/** Rows of the exported file: by month, agency and kind. */
export interface ProcessLine {
  month: string;
  agency: string;
  kind: string;
  figures: ProcessFigures;
}

const linesAtOnce = 1000;

/** Every row by month, agency and kind, a batch at a time. */
export async function* readLines({ db }: Store, filter: ProcessFilter): AsyncGenerator<ProcessLine> {
  let after = ['', '', ''];
  for (let more = true; more; ) {
    const [agency = '', kind = '', month = ''] = after;
    const rows: SumRow[] = await db
      .selectFrom('process_sums')
      .selectAll()
      .where(sql<boolean>`(agency, kind, month) > (${agency}, ${kind}, ${month})`)
      .where('agency', '<>', '')
      .where('kind', '<>', '')
      .where('month', '>=', filter.from)
      .where('month', '<=', filter.to)
      .$if(filter.agency !== undefined, (query) => query.where('agency', '=', filter.agency ?? ''))
      .$if(filter.kind !== undefined, (query) => query.where('kind', '=', filter.kind ?? ''))
      .orderBy('agency')
      .orderBy('kind')
      .orderBy('month')
      .limit(linesAtOnce)
      .execute();
    for (const row of rows)
      yield { month: row.month, agency: row.agency, kind: row.kind, figures: joinSums([row]) };
    const last = rows.at(-1);
    if (last) after = [last.agency, last.kind, last.month];
    more = rows.length === linesAtOnce;
  }
}
