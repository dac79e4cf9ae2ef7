import type { Store } from '../../store/database.ts';
import { byIndex } from '../log/ask-log.ts';
import type { BreachFacts } from './breach.ts';

/** One complaint whose person's data may have leaked. */
export interface Touched {
  complaintId: string;
  receiptNumber: string;
  name: string;
  company: string | null;
  phone: string | null;
  email: string | null;
  /** Which items, as the access log and the log of provisions name them. `masked`: name and contact were seen masked alone. */
  items: string[];
  firstAt: Date;
  lastAt: Date;
  times: number;
}

export interface TouchedSums {
  complaints: number;
  /** The same telephone number, else e-mail address, else name, is one person. */
  persons: number;
  /** What came in and became no complaint. Its persons are found at the parked items. */
  others: number;
  items: string[];
}

/**
 * What was touched: what the access log says of accounts, keys and addresses, and the log of provisions of agencies. Each
 * part goes by an index of who and when.
 */
const touched = `
touched as materialized (
  select x.id, x.at, x.items from (
    select unnest(e.subjects) as id, e.at, case when e.masked
        then array(select distinct case when item in ('name', 'contact') then 'masked' else item end from unnest(e.items) item)
        else e.items end as items
    from access_entries e where e.at >= $1 and e.at < $2 and (e.actor = any($3::text[]) or (e.address = any($4::text[]) and e.address <> ''))
    union all
    select p.complaint_id, p.at,
      array(select distinct case item when 'masked_name' then 'masked' when 'phone' then 'contact' when 'email' then 'contact' else item end
        from unnest(p.items) item)
    from provisions p where p.at >= $1 and p.at < $2 and p.agency = any($5::text[])
  ) x
)`;

const toValues = ({ from, to, actors, addresses, agencies }: BreachFacts) => [
  new Date(from),
  new Date(to),
  actors,
  addresses,
  agencies,
];

export const whoseText = (most: number | null) => `
with ${touched}, whose as (
  select id, min(at) as first_at, max(at) as last_at, count(*)::int as times, array_agg(items::text) as all_items
  from touched where id > $6 group by id
)
select c.id as "complaintId", c.receipt_number as "receiptNumber", c.content #>> '{complainant,name}' as name,
  c.content #>> '{complainant,company}' as company, c.content #>> '{complainant,phone}' as phone, c.content #>> '{complainant,email}' as email,
  array(select distinct item from unnest(w.all_items) part, unnest(part::text[]) item order by item) as items,
  w.first_at as "firstAt", w.last_at as "lastAt", w.times
from whose w join complaints c on c.id = w.id order by c.id${most === null ? '' : ` limit ${most}`}`;

export const sumText = `
with ${touched}
select count(distinct c.id)::int as complaints,
  count(distinct coalesce(c.content #>> '{complainant,phone}', lower(c.content #>> '{complainant,email}'), c.content #>> '{complainant,name}'))::int as persons,
  (select count(distinct t.id)::int from touched t where not exists (select from complaints o where o.id = t.id)) as others,
  array(select distinct item from touched t, unnest(t.items) item order by item) as items
from touched join complaints c on c.id = touched.id`;

const beginning = '00000000-0000-0000-0000-000000000000';
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whose data was touched, by complaint: the next `most` after an id, or all. Runs in the transaction that tells the log. */
export async function listTouched(
  { pool }: Pick<Store, 'pool'>,
  facts: BreachFacts,
  { after = beginning, most }: { after?: string | undefined; most: number | null },
): Promise<Touched[]> {
  await pool.query(byIndex);
  const values = [...toValues(facts), uuid.test(after) ? after : beginning];
  return (await pool.query<Touched>(whoseText(most), values)).rows;
}

/** How many. */
export async function countTouched({ pool }: Pick<Store, 'pool'>, facts: BreachFacts): Promise<TouchedSums> {
  await pool.query(byIndex);
  const { rows } = await pool.query<TouchedSums>(sumText, toValues(facts));
  return rows[0] ?? { complaints: 0, persons: 0, others: 0, items: [] };
}
