import { inTransaction, type Store } from '../../store/database.ts';
import { type Page, type Place, pageSize, toPage } from '../../store/read-page.ts';
import { personMarks } from '../../store/sealing/keyed.ts';
import type { StoredEntry } from './hashed-text.ts';

/** An entry as a page shows it. */
export interface ShownEntry extends Omit<StoredEntry, 'at' | 'subjects' | 'digest'> {
  at: Date;
  /** The complaints that it was about, as far as they are still there. At most {@link mostNumbers}. */
  receiptNumbers: string[];
  /** How many it was about. */
  subjects: number;
}

const mostNumbers = 20;

const columns = `e.id::text, e.at, e.actor, e.agency, e.way, e.address, e.act, e.purpose, e.place, e.items, e.masked, e.reason,
  cardinality(e.subjects) as subjects,
  array(select c.receipt_number from complaints c where c.id = any(e.subjects[1:${mostNumbers}]) order by 1) as "receiptNumbers"`;

/** Entries beyond a place, in the order of a list. */
function toBeyond({ after, before }: Place): { where: string; order: string; values: [Date, string] } {
  const [, at, id] = (before ?? after ?? '').split('_');
  const isPlace = /^\d{1,15}$/.test(at ?? '') && /^\d{1,18}$/.test(id ?? '');
  const direction = before === undefined ? 'desc' : 'asc';
  return {
    where: before === undefined ? '(e.at, e.id) < ($1, $2)' : '(e.at, e.id) > ($1, $2)',
    order: `order by e.at ${direction}, e.id ${direction}`,
    values: isPlace ? [new Date(Number(at)), id as string] : [new Date(8_640_000_000_000), '0'],
  };
}

const toCursor = ({ at, id }: ShownEntry) => `seen_${at.getTime()}_${id}`;
const most = pageSize + 1;

/** How many entries a person has cannot be guessed, so PostgreSQL is told to go by the index, however long the log is. */
export const byIndex = 'set local enable_seqscan = off';

const askByIndex = ({ pool }: Pick<Store, 'pool'>, text: string, values: unknown[]): Promise<ShownEntry[]> =>
  inTransaction(pool, async (client) => {
    await client.query(byIndex);
    return (await client.query<ShownEntry>(text, values)).rows;
  });

const whose = personMarks('c');

/** Who saw this person: the complaint's complainant, in all complaints with the same telephone number or e-mail address. */
export const whoSawText = (beyond: string, order: string) => `
with whose as (
  select ${whose.phone} as phone, ${whose.email} as email
  from complaints c where c.id = $3
), found as materialized (
  select * from access_entries where subjects && array(
    select $3::uuid
    union select c.id from complaints c where ${whose.phone} = (select phone from whose)
    union select c.id from complaints c where ${whose.email} = (select email from whose))
)
select ${columns} from found e where ${beyond} ${order} limit ${most}`;

export async function listWhoSaw(
  store: Pick<Store, 'pool'>,
  complaintId: string,
  place: Place,
): Promise<Page<ShownEntry>> {
  const { where, order, values } = toBeyond(place);
  const rows = await askByIndex(store, whoSawText(where, order), [...values, complaintId]);
  return toPage(rows, place, toCursor);
}

/** Whose data an account saw between two times. */
export const whoseSeenText = (beyond: string, order: string) => `
select ${columns} from access_entries e
where e.actor = $3 and e.at >= $4 and e.at < $5 and ${beyond} ${order} limit ${most}`;

export async function listWhoseSeen(
  store: Pick<Store, 'pool'>,
  { actor, from, to }: { actor: string; from: Date; to: Date },
  place: Place,
): Promise<Page<ShownEntry>> {
  const { where, order, values } = toBeyond(place);
  const rows = await askByIndex(store, whoseSeenText(where, order), [...values, actor, from, to]);
  return toPage(rows, place, toCursor);
}
