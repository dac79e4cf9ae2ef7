import { type Selectable, type SelectQueryBuilder, sql } from 'kysely';
import {
  type ClockFace,
  type ComplaintKind,
  isRunning,
  type Status,
  statuses,
} from '../../../schemas/index.ts';
import type { Database, Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import { type Keyed, marksOf, personMarks } from '../../store/sealing/keyed.ts';
import { isSqlState } from '../../store/sql-states.ts';
import type { Tables } from '../../store/tables/tables.ts';
import { parseReceiptNumber } from '../receipt-number.ts';
import { areFew, fewRows } from './few-rows.ts';
import { hasWords, toSought } from './sought-words.ts';
import {
  type Deadline,
  deadlineConditions,
  isOverdue,
  isOwnedBy,
  type Ownership,
} from './work-conditions.ts';

export interface ComplaintFilter {
  /** Words that must all be found, or a number: the receipt number, or that of the agency that took the complaint in. */
  text?: string;
  status?: Status;
  kind?: ComplaintKind;
  origin?: string;
  assignee?: string;
  deadline?: Deadline;
  /** Only open complaints of a person of an agency, or of nobody there. */
  owned?: Ownership;
  /**
   * The reader may see persons, so they are found by the last four digits of their telephone number too; and by the same
   * text as a whole number (E.164) or an e-mail address, if it is one.
   */
  person?: { phone?: string; email?: string };
  /** Only complaints to which this agency has a link. */
  reader?: string;
}

export interface ComplaintEntry {
  id: string;
  receiptNumber: string;
  title: string;
  complainant: string;
  kind: ComplaintKind;
  status: Status;
  origin: string;
  assignee: string;
  registeredAt: Date;
  /** When the origin took it in: the start of the clock. */
  takenInAt: Date;
  dueAt: Date | null;
  overdue: boolean;
  /** Where the clock stands. Null: nothing has happened since it was kept. */
  clock: ClockFace | null;
}

type Complaints = Selectable<Tables['complaints']>;
type Query = SelectQueryBuilder<Tables, 'complaints', object>;

const union = (queries: SelectQueryBuilder<Tables, 'complaints', unknown>[]) =>
  sql.join(
    queries.map((query) => sql`(${query})`),
    sql` union all `,
  );
interface Order {
  column: 'due_at' | 'registered_at';
  descending: boolean;
}

const undated: ReadonlySet<Deadline> = new Set(['waiting', 'fresh']);

/**
 * How a list is sorted: each order has an index. By deadline only what is open is shown: nothing else has one, and the
 * index holds nothing else. A list of one deadline is sorted by it, because no index has both.
 */
export const sortings = ['newest', 'oldest', 'due', 'due_last'] as const;
export type Sorting = (typeof sortings)[number];

/** The order that a list gets: as asked where an index serves, else the newest first, or by deadline if it asks for one. */
export function toSorting({ deadline, status }: ComplaintFilter, asked?: Sorting): Sorting {
  // While the clock stands there is no deadline to sort by.
  const isDated = deadline !== undefined && !undated.has(deadline);
  if (isDated) return asked === 'due_last' ? asked : 'due';
  // Nothing that ended is open, and to find that out would read all of it.
  if (asked === 'due' || asked === 'due_last')
    return deadline === undefined && (status === undefined || isRunning(status)) ? asked : 'newest';
  // What is new is in other statuses than what is old: from the wrong end, a list would read everything in between.
  return asked === 'oldest' && status === undefined && deadline === undefined ? asked : 'newest';
}

const orders: Record<Sorting, Order> = {
  newest: { column: 'registered_at', descending: true },
  oldest: { column: 'registered_at', descending: false },
  due: { column: 'due_at', descending: false },
  due_last: { column: 'due_at', descending: true },
};

/** One page of the board. */
export async function listComplaints(
  store: Store,
  filter: ComplaintFilter,
  place: Place & { sorting?: Sorting | undefined } = {},
): Promise<Page<ComplaintEntry>> {
  return listFound(
    store,
    await select(store.db, toSorted(filter, place.sorting)),
    toSorting(filter, place.sorting),
    place,
  );
}

/** The same with the number of all that match: {@link mostCounted} at the most. Null: counting would have taken too long. */
export async function listAndCount(
  store: Store,
  filter: ComplaintFilter,
  place: Place & { sorting?: Sorting | undefined } = {},
): Promise<Page<ComplaintEntry> & { total: number | null }> {
  const found = await select(store.db, toSorted(filter, place.sorting));
  const [page, total] = await Promise.all([
    listFound(store, found, toSorting(filter, place.sorting), place),
    countFound(store, found),
  ]);
  return { ...page, total };
}

const toSorted = (filter: ComplaintFilter, asked: Sorting | undefined): ComplaintFilter =>
  toSorting(filter, asked).startsWith('due') ? { deadline: 'open', ...filter } : filter;

/** A list says "or more" from here on. */
export const mostCounted = 1000;
/** Milliseconds that a page waits for a number. A filter that few of many rows match can take longer. */
const countingTime = 300;

async function countFound({ db }: Store, found: Query[]): Promise<number | null> {
  try {
    return await db.transaction().execute(async (trx) => {
      await sql`set local statement_timeout = ${sql.lit(countingTime)}`.execute(trx);
      const { rows } = await sql<{ count: number }>`select count(*)::int as count
        from (select from (${union(found.map((one) => one.select('id').limit(mostCounted)))}) found
          limit ${sql.lit(mostCounted)}) matching`.execute(trx);
      // The transaction may be part of a longer one.
      await sql`set local statement_timeout to default`.execute(trx);
      return rows[0]?.count ?? 0;
    });
  } catch (error) {
    if (isSqlState(error, 'queryCanceled')) return null;
    throw error;
  }
}

/** Each part is read in the order of the list as far as a page goes, and the first of all parts are shown. */
async function listFound(
  { db }: Store,
  found: Query[],
  sorting: Sorting,
  place: Place,
): Promise<Page<ComplaintEntry>> {
  const order = orders[sorting];
  const most = (place.size ?? pageSize) + 1;
  const first = found.map((one) => applyPlace(one, order, place).selectAll().limit(most));
  const all = db.selectFrom(sql<Complaints>`(${union(first)})`.as('complaints'));
  const rows = await applyPlace(all, order, place)
    .select(['id', 'receipt_number as receiptNumber', 'kind', 'status', 'origin', 'assignee'])
    .select(['registered_at as registeredAt', 'due_at as dueAt', 'clock'])
    .select(sql<Date>`coalesce(taken_in_at, registered_at)`.as('takenInAt'))
    .select(sql<string>`content ->> 'title'`.as('title'))
    .select(sql<string>`content #>> '{complainant,name}'`.as('complainant'))
    .select(isOverdue.as('overdue'))
    .limit(most)
    .execute();
  return toPage(rows, place, (row) => {
    const at = order.column === 'due_at' ? row.dueAt : row.registeredAt;
    return `${at?.getTime()}_${row.id}`;
  });
}

/**
 * The complaints that match the filter, in parts that have none in common. Each reads few rows, however rare or frequent
 * the words and values are (few-rows.ts).
 */
async function select(db: Database, filter: ComplaintFilter): Promise<Query[]> {
  const all = db.selectFrom('complaints');
  const { text = '', reader, person, ...values } = filter;
  const receiptNumber = parseReceiptNumber(text);
  if (receiptNumber)
    return [byReader(byValues(all, values), reader).where('receipt_number', '=', receiptNumber)];
  const words = toSought(text, { endings: person !== undefined, reader });
  if (text.trim() && !words) return [all.where(sql<boolean>`false`)];
  const numbered = words
    ? [
        ...(await listByOriginNumber(db, text.trim())),
        ...(person?.phone || person?.email ? await listByPerson(db, person, reader) : []),
      ]
    : [];
  const ids = sql<string>`select id from complaints_with_terms(${words?.all ?? null}::tsquery, ${fewRows + 1}) found(id)
    union select unnest(${numbered}::uuid[])`;
  if (words && (await areFew(db, ids))) {
    const few = byReader(byValues(apart(db, all.where('id', 'in', sql<string>`(${ids})`)), values), reader);
    return [words.open === undefined ? few : few.where(hasWords(words, numbered))];
  }
  const isFiltered = Object.values(values).some((value) => value !== undefined);
  // What is one's own is nobody else's.
  const isOwn = reader !== undefined && (values.owned?.agency ?? values.assignee) === reader;
  const parts = toParts(byValues(all, values), reader);
  return Promise.all(
    (isOwn ? parts.slice(0, 1) : parts).map(async ({ part, inOrder }) => {
      const mayBeFew = isFiltered || !inOrder;
      const source = mayBeFew && (await areFew(db, sql`${part.select('id')}`)) ? apart(db, part) : part;
      return words ? source.where(hasWords(words, numbered)) : source;
    }),
  );
}

/**
 * What an agency may read: what it answers, what it took in, and what it answered before or was asked to contribute to.
 * Each of these has indexes that begin with the agency. One condition on links would have only the choice of reading all
 * links of the agency, or of walking over the complaints of all agencies.
 */
function toParts(matching: Query, reader: string | undefined): Part[] {
  if (reader === undefined) return [{ part: matching, inOrder: true }];
  const others = matching.where('assignee', '<>', reader);
  const beside = others.where('origin', '<>', reader).where('id', 'in', (from) =>
    from
      .selectFrom('links')
      .select('complaint_id')
      .where('agency', '=', reader)
      // As the index `links_beside` has it.
      .where('role', 'in', ['copy', 'part']),
  );
  return [
    { part: matching.where('assignee', '=', reader), inOrder: true },
    { part: others.where('origin', '=', reader), inOrder: true },
    { part: beside, inOrder: false },
  ];
}

/** `inOrder`: without more conditions, an index has it in the order of the list. */
interface Part {
  part: Query;
  inOrder: boolean;
}

/**
 * Complaints that the agency which took them in knows by exactly this number. Each agency is asked by itself, so that the
 * index of its links serves. The words of older complaints do not have this number.
 */
async function listByOriginNumber(db: Database, number: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select l.complaint_id as id from (select distinct name from configurations where kind = 'agency') a
    join lateral (select complaint_id from links where agency = a.name and external_id = ${number} offset 0) l on true
    join complaints c on c.id = l.complaint_id and c.origin = a.name and c.origin_number = ${number}`.execute(
    db,
  );
  return rows.map(({ id }) => id);
}

const marks = personMarks();

/** Each mark is looked up by itself, so that the index gives its newest first. */
const newestOf = (column: string, wanted: Keyed) => sql`
  select found.id from unnest(${wanted}::text[]) as wanted(mark) cross join lateral (
    select id from complaints where ${sql.raw(column)} = wanted.mark
    order by registered_at desc limit ${sql.lit(fewRows)}) found`;

/** The newest complaints of a person. Each kind of address has an index of its own. */
async function listByPerson(
  db: Database,
  person: NonNullable<ComplaintFilter['person']>,
  reader: string | undefined,
): Promise<string[]> {
  const { phone, email } = person;
  const { rows } = await sql<{ id: string }>`
    (${newestOf(marks.phone, marksOf('phone', phone))})
    union
    (${newestOf(marks.email, marksOf('email', email?.toLowerCase()))})`.execute(db);
  const ids = rows.map(({ id }) => id);
  // Whose number it is, an agency that was only asked for a contribution must not find out by searching.
  const masked = reader === undefined ? undefined : await findContributed(db, reader, ids);
  return ids.filter((id) => !masked?.has(id));
}

/** Those of some complaints for which an agency was only asked for a contribution: it sees their persons masked. */
export async function findContributed(
  db: Database,
  agency: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('links')
    .select('complaint_id as id')
    .where('complaint_id', 'in', ids)
    .where('agency', '=', agency)
    .where('role', '=', 'part')
    .execute();
  return new Set(rows.map(({ id }) => id));
}

/** Makes a separate step of the plan: `offset 0` stops PostgreSQL from moving conditions into it or out of it. */
const apart = (db: Database, query: Query): Query =>
  db.selectFrom(query.selectAll().offset(0).as('complaints'));

function byValues(query: Query, filter: Omit<ComplaintFilter, 'text' | 'reader' | 'person'>): Query {
  const { status, kind, origin, assignee, deadline, owned } = filter;
  let narrowed = query;
  if (status) narrowed = narrowed.where('status', '=', status);
  // All statuses are named, because the index of kinds begins with the status.
  if (kind) narrowed = narrowed.where('kind', '=', kind).where('status', 'in', status ? [status] : statuses);
  if (origin) narrowed = narrowed.where('origin', '=', origin);
  if (assignee) narrowed = narrowed.where('assignee', '=', assignee);
  if (owned) narrowed = narrowed.where(isOwnedBy(owned, deadline));
  else if (deadline) narrowed = narrowed.where(deadlineConditions[deadline]);
  return narrowed;
}

/** Looked up for each complaint that matches all other conditions. So it is for few of them. */
const byReader = (query: Query, reader: string | undefined): Query =>
  reader === undefined
    ? query
    : query.where(sql<boolean>`exists (select from links l
        where l.complaint_id = complaints.id and l.agency = ${reader} offset 0)`);

function applyPlace(query: Query, order: Order, place: Place): Query {
  const backwards = place.before !== undefined;
  const descending = order.descending !== backwards;
  const column = sql.ref(order.column);
  const direction = descending ? 'desc' : 'asc';
  const cursor = parseCursor(place.before ?? place.after);
  const sorted = query.orderBy(order.column, direction).orderBy('id', direction);
  if (!cursor) return sorted;
  const comparison = sql.raw(descending ? '<' : '>');
  return sorted.where(sql<boolean>`(${column}, id) ${comparison} (${cursor.at}, ${cursor.id}::uuid)`);
}

const cursorShape = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;

/** Where a list goes on. Undefined: this is no cursor of these lists. */
export function parseCursor(text: string | undefined): { at: Date; id: string } | undefined {
  const [, at, id] = cursorShape.exec(text ?? '') ?? [];
  return at && id ? { at: new Date(Number(at)), id } : undefined;
}
