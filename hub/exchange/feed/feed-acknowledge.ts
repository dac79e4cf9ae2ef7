import type pg from 'pg';
import type { Acknowledged, Acknowledgement, Problem } from '../../../schemas/index.ts';
import { said, toReason } from '../../../schemas/reason.ts';
import { recordAcknowledged } from '../../store/states/board-state.ts';
import { nameCopies, type ReportedMove, recordReported } from '../../store/states/link-state.ts';
import { providedByLinks } from '../../store/states/provision-state.ts';
import type { LinkState } from '../../store/tables/column-types.ts';
import { namedLinks as linksOfNames } from '../parts/named-links.ts';
import { mustBeGivenOut } from './feed-cursor.ts';

/** Raised for an acknowledgement of a change that does not exist. Nothing of the acknowledgement is noted. */
export class UnknownChange extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super('names changes that there are not');
    this.name = 'UnknownChange';
    this.problems = problems;
  }
}

/**
 * Removes acknowledged changes from the feed and moves their links forward: to right before the first change that
 * is still out, or past all that was given out. A refused change parks its link, as a board's refusal does; `owner`
 * then has to look. While a person decides, nothing of the link is out. After a retry it is given out again from
 * where it stands. A change that is not in the feed (any more) is skipped, so that an acknowledgement may be sent
 * again. Errors: UnknownCursor, {@link UnknownChange}.
 */
export async function acknowledge(
  client: pg.PoolClient,
  { agency, owner }: { agency: string; owner: string },
  { upTo, changes = [] }: Acknowledgement,
): Promise<Acknowledged> {
  await mustBeGivenOut(client, agency, upTo);
  const known = await findLinks(client, agency, changes);
  const gone = await takeOut(client, agency, upTo, changes);
  const named = changes.map((change) => ({ ...change, linkId: known.get(change.receiptNumber) ?? '' }));
  const moves = await toMoves(client, new Set(gone.map(({ link_id }) => link_id)), named);
  await nameCopies(
    client,
    agency,
    named.flatMap(({ linkId, externalId }) => (externalId === undefined ? [] : { linkId, externalId })),
  );
  if (moves.length > 0) await recordReported(client, moves, owner);
  await recordAcknowledged(client, agency);
  const { rows } = await client.query<{ outstanding: number }>(
    'select count(*)::int as outstanding from feed_changes where agency = $1',
    [agency],
  );
  return { acknowledged: gone.length, outstanding: rows[0]?.outstanding ?? 0 };
}

type Named = NonNullable<Acknowledgement['changes']>[number];

/** The changes that `$2` names, with the links of the agency `$1`. */
const namedLinks = `jsonb_to_recordset($2::jsonb) as x("receiptNumber" text, seq int, "externalId" text, refused text)
  ${linksOfNames}`;

/** The agency's link of each complaint that is named. Errors: {@link UnknownChange}. */
async function findLinks(
  client: pg.PoolClient,
  agency: string,
  changes: Named[],
): Promise<Map<string, string>> {
  if (changes.length === 0) return new Map();
  const { rows } = await client.query<{ receipt_number: string; last_seq: number; link_id: string }>(
    `select distinct x."receiptNumber" as receipt_number, c.last_seq, l.id as link_id from ${namedLinks}`,
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
  return new Map(rows.map((row) => [row.receipt_number, row.link_id]));
}

/** What is acknowledged has arrived: it enters the log of provisions as it leaves the feed. */
const takenOut = (removal: string): string => `
with gone as (${removal} returning f.link_id, f.seq, f.provided, 'done' as outcome),
provided as (${providedByLinks('gone', 'feed')})
select link_id from gone`;

/**
 * Takes acknowledged changes out of the feed. The board does not hold a refused change: only the changes before it
 * count as acknowledged.
 */
async function takeOut(client: pg.PoolClient, agency: string, upTo: string | undefined, changes: Named[]) {
  const named = changes.map(({ receiptNumber, seq, refused }) => ({
    receiptNumber,
    seq: refused === undefined ? seq : seq - 1,
  }));
  const byCursor = await client.query<{ link_id: string }>(
    takenOut('delete from feed_changes f where f.agency = $1 and f.position <= $2'),
    [agency, upTo ?? '0'],
  );
  const byName = await client.query<{ link_id: string }>(
    takenOut(`delete from feed_changes f using ${namedLinks} where f.link_id = l.id and f.seq <= x.seq`),
    [agency, JSON.stringify(named)],
  );
  return [...byCursor.rows, ...byName.rows];
}

/**
 * The moves of the named links. Links are locked in the order of their ids, so that two acknowledgements cannot
 * deadlock.
 */
async function toMoves(
  client: pg.PoolClient,
  gone: ReadonlySet<string>,
  changes: (Named & { linkId: string })[],
): Promise<ReportedMove[]> {
  // If several changes of a link are refused, the first one counts.
  const refused = new Map(
    changes
      .flatMap(({ linkId, seq, refused: reason }) => (reason === undefined ? [] : { linkId, seq, reason }))
      .toSorted((one, other) => other.seq - one.seq)
      .map((change) => [change.linkId, change]),
  );
  const { rows } = await client.query<{ id: string; state: LinkState; due: number }>(
    'select id, state, due from links where id = any($1::uuid[]) order by id for update',
    [[...new Set([...gone, ...refused.keys()])]],
  );
  return rows.flatMap(({ id, state, due }) => {
    const first = refused.get(id);
    if (first && state === 'open' && first.seq <= due)
      return { id, parts: {}, parked: { seq: first.seq, reason: said(first.reason), is_unknown: false } };
    return gone.has(id) ? { id, parts: {} } : [];
  });
}
