import type pg from 'pg';
import { inTransaction, type Store } from '../../store/database.ts';
import { caseStates, lengthNames } from './case-figures.ts';

/** Columns of process_cases with a length, in the order of the names. */
const columns = {
  legal: 'legal',
  real: 'real',
  toAssigned: 'to_assigned',
  toBegun: 'to_begun',
  toAnswered: 'to_answered',
};

const counts = [
  "'cases', count(*)",
  ...caseStates.map((state) => `'${state}', count(*) filter (where state = '${state}')`),
  "'stopped', count(*) filter (where stops > 0)",
  "'extended', count(*) filter (where extensions > 0)",
  "'transferred', count(*) filter (where transfers > 0)",
  "'reopened', count(*) filter (where reopened)",
].join(', ');
const lengths = lengthNames.map((name) => `('${name}', ${columns[name]})`).join(', ');

/** Sums of some cases of a month: by agency and kind, and of all kinds. `all`: of all agencies together instead. */
const sumText = (all: boolean) => {
  const agency = all ? "''::text" : 'agency';
  return `
with chosen as materialized (
  select *, ${agency} as whose from process_cases where month = $1 ${all ? '' : 'and agency = any($2)'}
), counted as (
  select whose, coalesce(kind, '') as kind, jsonb_build_object(${counts}) as counts
  from chosen group by grouping sets ((whose, kind), (whose))
), often as (
  select whose, coalesce(kind, '') as kind, name, length, count(*) as times
  from chosen cross join lateral (values ${lengths}) as v(name, length) where length is not null
  group by grouping sets ((whose, kind, name, length), (whose, name, length))
), named as (
  select whose, kind, name, jsonb_object_agg(length, times) as lengths from often group by whose, kind, name
), joined as (
  select whose, kind, jsonb_object_agg(name, lengths) as lengths from named group by whose, kind
)
insert into process_sums (agency, kind, month, counts, lengths)
select whose, kind, $1, counts, coalesce(lengths, '{}') from counted left join joined using (whose, kind)`;
};

/**
 * Makes the sums of a month again whose cases changed, from the cases, and not by adding: so a sum is right whatever
 * happened before. Their marks go in the same transaction. True: another month may be marked.
 */
export async function sumUp({ pool }: Pick<Store, 'pool'>): Promise<boolean> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ agency: string; month: string }>(
      'delete from process_stale where month = (select min(month) from process_stale) returning agency, month',
    );
    const month = rows[0]?.month;
    if (month === undefined) return false;
    await sumUpMonth(
      client,
      month,
      rows.map(({ agency }) => agency),
    );
    return true;
  });
}

async function sumUpMonth(client: pg.PoolClient, month: string, agencies: string[]): Promise<void> {
  await client.query('delete from process_sums where month = $1 and agency = any($2)', [
    month,
    ['', ...agencies],
  ]);
  await client.query(sumText(false), [month, agencies]);
  await client.query(sumText(true), [month]);
}
