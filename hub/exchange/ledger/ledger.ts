import type { EventType } from '../../../schemas/index.ts';
import { type Reason, toReason } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import { type LedgerDay, listDays } from './days.ts';
import { entriesText, toEntriesValues } from './entries.ts';

/** The equations of the ledger, two for complaints and one for notices: each side, and the states that add up to it. */
export const sides = {
  received: ['applied', 'duplicate', 'parked', 'discarded'],
  due: ['held', 'waiting', 'parked'],
  notices: ['sent', 'kept', 'waiting', 'failed', 'unreachable'],
} as const;
export type Side = keyof typeof sides;
export const sideNames = Object.keys(sides) as Side[];

/** States outside the equations: one set of rows says something that another does not. */
export const differences = [
  'item-without-complaint',
  'repetition-without-original',
  'complaint-without-item',
  'events-missing',
  'event-not-due',
  'link-ahead',
  'link-missing',
  'call-abandoned',
  'notice-missing',
  'sent-without-trace',
  'sending-abandoned',
] as const;

/** How many things a side accounts for, by state. `difference`: things in no state of the side. */
type Account<S extends Side = Side> = Record<(typeof sides)[S][number] | 'total' | 'difference', number>;

/** One agency's day. It balances if no side has a difference. */
export type LedgerRow = { day: LedgerDay; agency: string } & { [S in Side]: Account<S> };

export const isBalanced = (row: LedgerRow): boolean => sideNames.every((side) => row[side].difference === 0);

/** Days with their agencies, the newest first. An agency without anything on a day is left out. */
export interface LedgerRange {
  from: LedgerDay;
  to: LedgerDay;
  /** One agency's own ledger. Undefined: all agencies. */
  agency?: string | undefined;
}

/** Every agency of one day, by code. */
export async function readLedgerDay({ pool }: Store, day: LedgerDay, agency?: string): Promise<LedgerRow[]> {
  const { rows } = await pool.query<{ agency: string; side: Side; state: string; count: number }>(
    `${entriesText} select agency, side, state, count(*)::int as count from entries group by agency, side, state`,
    toEntriesValues(day, agency),
  );
  const found = new Map<string, LedgerRow>();
  for (const { agency: code, side, state, count } of rows) {
    const row = found.get(code) ?? createRow(day, code);
    found.set(code, row);
    const account = row[side] as Record<string, number>;
    const known = (sides[side] as readonly string[]).includes(state) ? state : 'difference';
    account[known] = (account[known] ?? 0) + count;
    account.total = (account.total ?? 0) + count;
  }
  return [...found.values()].sort((a, b) => (a.agency < b.agency ? -1 : 1));
}

function createRow(day: LedgerDay, agency: string): LedgerRow {
  const accounts = sideNames.map((side) => [
    side,
    Object.fromEntries(['total', ...sides[side], 'difference'].map((state) => [state, 0])),
  ]);
  return { day, agency, ...Object.fromEntries(accounts) };
}

/** Every day of the range, read one by one. */
export async function readLedger(store: Store, { from, to, agency }: LedgerRange): Promise<LedgerRow[]> {
  const rows: LedgerRow[] = [];
  for (const day of listDays(from, to)) rows.push(...(await readLedgerDay(store, day, agency)));
  return rows;
}

/** A page of the range. It reads only as many days as it shows. `after`: `<day>~<agency>`. */
export async function readLedgerPage(
  store: Store,
  range: LedgerRange,
  after?: string,
): Promise<Page<LedgerRow>> {
  const [day, agency = ''] = after?.split('~') ?? [];
  const rows: LedgerRow[] = [];
  for (const one of listDays(range.from, day && day < range.to ? day : range.to)) {
    const read = await readLedgerDay(store, one, range.agency);
    rows.push(...(one === day ? read.filter((row) => row.agency > agency) : read));
    if (rows.length > pageSize) break;
  }
  return toPage(rows, { ...(after && { after }) }, (row) => `${row.day}~${row.agency}`);
}

/** One thing that a number of the ledger counts. */
export interface LedgerEntry {
  side: Side;
  agency: string;
  state: string;
  at: Date;
  /** Id of the raw item, link or notice; or of the complaint, if the entry is about the complaint. */
  item: string;
  complaintId: string | null;
  receiptNumber: string | null;
  /** Number of the event, if the entry is about one. */
  seq: number | null;
  /** What kind of event that is. Null: none, or there is no such event. */
  type: EventType | null;
}

/**
 * Selects the things behind a number, oldest first. `state`: a state of the side, `difference` for things in none, or
 * absent for all.
 */
export interface EntryFilter {
  day: LedgerDay;
  agency?: string | undefined;
  side?: Side | undefined;
  state?: string | undefined;
}

/** One page of the things that a number counts. */
export async function listLedgerEntries(
  store: Store,
  filter: EntryFilter,
  place: Place = {},
): Promise<Page<LedgerEntry>> {
  const rows = await readEntries(store, filter, place, pageSize + 1);
  return toPage(rows, place, (row) => row.key);
}

/** Names a difference: what is wrong, the id of the item, the receipt number, the event. */
export function toDifferenceReason({ state, item, receiptNumber, seq }: LedgerEntry): Reason {
  return toReason('ledger_difference', { difference: state, item, about: toAbout(receiptNumber, seq) });
}

function toAbout(number: string | null, seq: number | null): Reason | string {
  if (number === null) return seq === null ? '' : toReason('about_its_event', { seq });
  return seq === null ? toReason('about_complaint', { number }) : toReason('about_event', { number, seq });
}

/** The first `most` differences of a day. */
export const listDifferences = (
  store: Store,
  day: LedgerDay,
  agency: string | undefined,
  most: number,
): Promise<LedgerEntry[]> => readEntries(store, { day, agency, state: 'difference' }, {}, most);

async function readEntries(
  { pool }: Store,
  { day, agency, side, state }: EntryFilter,
  place: Place,
  most: number,
): Promise<(LedgerEntry & { key: string })[]> {
  const backwards = place.before !== undefined;
  const { rows } = await pool.query<LedgerEntry & { key: string }>(
    `${entriesText}, keyed as (
       select *, (item || '/' || coalesce(lpad(seq::text, 6, '0'), '') || '/' || state) collate "C" as key from entries
       where ($7::text is null or side = $7)
         and ($8::text is null or state = $8 or $8 = 'difference' and state = any($9::text[]))
     )
     select k.side, k.agency, k.state, k.at, k.item, k.complaint_id as "complaintId", c.receipt_number as "receiptNumber",
       k.seq, e.type, k.key
     from keyed k left join complaints c on c.id = k.complaint_id
       left join events e on e.complaint_id = k.complaint_id and e.seq = k.seq
     where ($10::text is null or key ${backwards ? '<' : '>'} $10)
     order by key ${backwards ? 'desc' : 'asc'} limit $11`,
    [
      ...toEntriesValues(day, agency),
      side ?? null,
      state ?? null,
      differences,
      place.before ?? place.after ?? null,
      most,
    ],
  );
  return rows;
}
