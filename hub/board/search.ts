import { type SelectQueryBuilder, sql } from 'kysely';
import type { ComplaintKind, Status } from '../../schemas/index.ts';
import type { Store } from '../store/database.ts';
import type { Tables } from '../store/tables.ts';
import { type Page, type Place, pageSize, toPage } from './read-page.ts';
import { parseReceiptNumber } from './receipt-number.ts';
import { toQuery } from './search-terms.ts';

/** Statuses in which the deadline runs. */
export const openStatuses = ['received', 'assigned', 'in_progress'] as const satisfies Status[];

export const deadlines = ['open', 'near', 'overdue'] as const;
/** `near`: due within {@link nearHours}; all three list the most urgent first. */
export type Deadline = (typeof deadlines)[number];
export const nearHours = 24;

export interface ComplaintFilter {
  /** Words, all of which must be found; or a receipt number. */
  text?: string;
  status?: Status;
  kind?: ComplaintKind;
  origin?: string;
  assignee?: string;
  deadline?: Deadline;
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
  dueAt: Date | null;
  overdue: boolean;
}

type Query = SelectQueryBuilder<Tables, 'complaints', object>;
interface Order {
  column: 'due_at' | 'registered_at';
  descending: boolean;
}

/** One page of the board: the newest first, or by deadline where a deadline is asked for. */
export async function listComplaints(
  store: Store,
  filter: ComplaintFilter,
  place: Place = {},
): Promise<Page<ComplaintEntry>> {
  const byDeadline = filter.deadline !== undefined;
  const order: Order = { column: byDeadline ? 'due_at' : 'registered_at', descending: !byDeadline };
  const found = applyFilter(store.db.selectFrom('complaints'), filter);
  const rows = await applyPlace(found, order, place)
    .select(['id', 'receipt_number as receiptNumber', 'kind', 'status', 'origin', 'assignee'])
    .select(['registered_at as registeredAt', 'due_at as dueAt'])
    .select(sql<string>`content ->> 'title'`.as('title'))
    .select(sql<string>`content #>> '{complainant,name}'`.as('complainant'))
    .select(isOverdue.as('overdue'))
    .limit((place.size ?? pageSize) + 1)
    .execute();
  return toPage(rows, place, (row) => {
    const at = byDeadline ? row.dueAt : row.registeredAt;
    return `${at?.getTime()}_${row.id}`;
  });
}

const isOpen = sql<boolean>`status in (${sql.join(openStatuses.map((status) => sql.lit(status)))})`;
const isOverdue = sql<boolean>`(${isOpen} and due_at is not null and due_at < now())`;

function applyFilter(query: Query, filter: ComplaintFilter): Query {
  const { text, status, kind, origin, assignee, deadline, reader } = filter;
  let narrowed = query;
  if (status) narrowed = narrowed.where('status', '=', status);
  if (kind) narrowed = narrowed.where('kind', '=', kind);
  if (origin) narrowed = narrowed.where('origin', '=', origin);
  if (assignee) narrowed = narrowed.where('assignee', '=', assignee);
  if (deadline) narrowed = narrowed.where(deadlineConditions[deadline]);
  if (text?.trim()) narrowed = narrowed.where(toTextCondition(text));
  if (reader !== undefined)
    narrowed = narrowed.where('id', 'in', (select) =>
      select.selectFrom('links').select('complaint_id').where('agency', '=', reader),
    );
  return narrowed;
}

const deadlineConditions: Record<Deadline, ReturnType<typeof sql<boolean>>> = {
  open: sql<boolean>`(${isOpen} and due_at is not null)`,
  near: sql<boolean>`(${isOpen} and due_at >= now() and due_at < now() + ${sql.lit(nearHours)} * interval '1 hour')`,
  overdue: sql<boolean>`(${isOpen} and due_at < now())`,
};

function toTextCondition(text: string) {
  const receiptNumber = parseReceiptNumber(text);
  if (receiptNumber) return sql<boolean>`receipt_number = ${receiptNumber}`;
  const query = toQuery(text);
  if (query === '') return sql<boolean>`false`;
  return sql<boolean>`id in (select complaint_id from complaint_terms where terms @@ ${query}::tsquery)`;
}

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

/** Where a list goes on; undefined: this is no cursor of these lists. */
export function parseCursor(text: string | undefined): { at: Date; id: string } | undefined {
  const [, at, id] = cursorShape.exec(text ?? '') ?? [];
  return at && id ? { at: new Date(Number(at)), id } : undefined;
}
