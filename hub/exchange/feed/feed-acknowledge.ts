import type pg from 'pg';
import type { Acknowledged, Acknowledgement, Problem } from '../../../schemas/index.ts';
import { toReason } from '../../../schemas/reason.ts';
import { mustBeGivenOut } from './feed-cursor.ts';

/** Raised for an acknowledgement of what there is not: nothing of it is noted. */
export class UnknownChange extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super('names changes that there are not');
    this.name = 'UnknownChange';
    this.problems = problems;
  }
}

/**
 * What is acknowledged leaves the feed, and its links move forward: to right before the first change that is still
 * out, or past everything that was given. A refused change parks its link, as a board's refusal does.
 * What is not in the feed (any more) is passed over, so that an acknowledgement may be sent again. Errors: UnknownCursor,
 * {@link UnknownChange}.
 */
export async function acknowledge(
  client: pg.PoolClient,
  agency: string,
  { upTo, changes = [] }: Acknowledgement,
): Promise<Acknowledged> {
  await mustBeGivenOut(client, agency, upTo);
  await mustBeKnown(client, agency, changes);
  const gone = await takeOut(client, agency, upTo, changes);
  const links = [...new Set(gone.map(({ link_id }) => link_id))];
  // In the order of their ids: two acknowledgements at once do not wait for each other in a circle.
  await client.query('select from links where id = any($1::uuid[]) order by id for update', [links]);
  await client.query(
    `update links l set
       held = greatest(l.held, coalesce(left_over.seq - 1, l.given, l.held)),
       given = case when left_over.seq is null then null else l.given end,
       tries = 0, last_error = null
     from unnest($1::uuid[]) as x(id)
     left join lateral (select min(f.seq) as seq from feed_changes f where f.link_id = x.id) left_over on true
     where l.id = x.id`,
    [links],
  );
  await noteExternalIds(client, agency, changes);
  await parkRefused(client, agency, changes);
  await client.query(
    `insert into boards (agency, delivered_at) values ($1, now())
     on conflict (agency) do update set delivered_at = excluded.delivered_at`,
    [agency],
  );
  const { rows } = await client.query<{ outstanding: number }>(
    'select count(*)::int as outstanding from feed_changes where agency = $1',
    [agency],
  );
  return { acknowledged: gone.length, outstanding: rows[0]?.outstanding ?? 0 };
}

type Named = NonNullable<Acknowledgement['changes']>[number];

/** The changes that `$2` names, with the links of the agency `$1`. */
const namedLinks = `jsonb_to_recordset($2::jsonb) as x("receiptNumber" text, seq int, "externalId" text, refused text)
  join complaints c on c.receipt_number = x."receiptNumber" join links l on l.complaint_id = c.id and l.agency = $1`;

async function mustBeKnown(client: pg.PoolClient, agency: string, changes: Named[]): Promise<void> {
  if (changes.length === 0) return;
  const { rows } = await client.query<{ receipt_number: string; last_seq: number }>(
    `select distinct c.receipt_number, c.last_seq from ${namedLinks}`,
    [agency, JSON.stringify(changes)],
  );
  const newest = new Map(rows.map((row) => [row.receipt_number, row.last_seq]));
  const problems = changes.flatMap(({ receiptNumber, seq }, n) => {
    const last = newest.get(receiptNumber);
    if (last === undefined)
      return {
        pointer: `/changes/${n}/receiptNumber`,
        reason: toReason('not_your_complaint'),
      };
    return seq > last ? { pointer: `/changes/${n}/seq`, reason: toReason('change_ahead', { last }) } : [];
  });
  if (problems.length > 0) throw new UnknownChange(problems);
}

/** A refused change itself is not held: only what lies before it leaves as acknowledged. */
async function takeOut(client: pg.PoolClient, agency: string, upTo: string | undefined, changes: Named[]) {
  const named = changes.map(({ receiptNumber, seq, refused }) => ({
    receiptNumber,
    seq: refused === undefined ? seq : seq - 1,
  }));
  const byCursor = await client.query<{ link_id: string }>(
    'delete from feed_changes where agency = $1 and position <= $2 returning link_id',
    [agency, upTo ?? '0'],
  );
  const byName = await client.query<{ link_id: string }>(
    `delete from feed_changes f using ${namedLinks} where f.link_id = l.id and f.seq <= x.seq returning f.link_id`,
    [agency, JSON.stringify(named)],
  );
  return [...byCursor.rows, ...byName.rows];
}

/** The agency's own id of a complaint is kept once, and belongs to one complaint. */
async function noteExternalIds(client: pg.PoolClient, agency: string, changes: Named[]): Promise<void> {
  const named = changes.filter(({ externalId }) => externalId !== undefined);
  await client.query(
    `update links set external_id = named."externalId"
     from (select distinct on (x."externalId") l.id, x."externalId" from ${namedLinks}) named
     where links.id = named.id and external_id is null
       and not exists (select from links o where o.agency = $1 and o.external_id = named."externalId")`,
    [agency, JSON.stringify(named)],
  );
}

/** Nothing of the link is out while a person decides; retried, it is given out again from where it stands. */
async function parkRefused(client: pg.PoolClient, agency: string, changes: Named[]): Promise<void> {
  const refused = changes.filter((change) => change.refused !== undefined);
  await client.query(
    `with parked as (
       update links set state = 'parked', given = null, held = greatest(held, named.seq - 1),
         last_error = named.refused, owner = $1
       from (select distinct on (l.id) l.id, x.seq, x.refused from ${namedLinks} order by l.id, x.seq) named
       where links.id = named.id and links.state = 'open' and named.seq <= links.due
       returning links.id
     )
     delete from feed_changes f using parked where f.link_id = parked.id`,
    [agency, JSON.stringify(refused)],
  );
}
