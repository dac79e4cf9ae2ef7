/**
 * The one owner of table `links`: the state of an agency's copy of a complaint. Every change of a link is a transition
 * below. No other file writes this table (tests/rules/state-owners.test.ts).
 *
 * `open`: delivery moves it forward until `held` = `due`. `parked`: a person (`owner`) has to look; `last_error` is the
 * reason. `screen`: the agency has no board, and nothing is delivered. `attempting`: an event that was sent without a
 * known outcome. `attempting_since`: when that call began, as long as the board may still be working on it. `given`: the
 * newest event that the feed has given out.
 *
 * | transition          | who calls it                                | from → to                 | what changes |
 * | ------------------- | ------------------------------------------- | ------------------------- | ------------ |
 * | `decidedLinks`      | intake, with a decision                     | new → open, screen; stays | all of a new one; else role, parts, seen, due, held (forward), external_id if there is none |
 * |                     | a contributor's agency gets the complaint   | screen → open             | the same, and joined; held goes to the beginning |
 * | `start`             | delivery, before a call                     | open                      | attempting, attempting_since |
 * | `record`            | delivery, after a call                      | open → open, parked       | held, external_id, parts, attempting and its time, tries, next_at, last_error, owner; enters the attempt |
 * | `forgetExternalIds` | `record`, an agent's report                 | stays                     | external_id of the link that had the board's number before |
 * | `releaseLinks`      | breaker, when its board is back             | open                      | next_at of links that were tried: their old places |
 * | `giveOutLinks`      | feed, also for agents                       | open                      | given, held (forward) |
 * | `recordReported`    | an agent's report, a feed's acknowledgement | open → open, parked       | as `record`, and given: held goes to before what is still out |
 * | `enterAttempts`     | an agent's report                           | stays                     | nothing: enters the attempts that it made |
 * | `nameCopies`        | a feed's acknowledgement                    | stays                     | external_id if there is none and no other link has it |
 * | `takeBack`          | upkeep, when an agent was given up          | open                      | given; attempting and its time, again, so that the board is asked first; next_at |
 * | `retryLink`         | a person                                    | parked → open             | tries, next_at, owner, decided_by, decided_at; attempting and its time where it was looked at; substitutes, more of them |
 * | `skipEvent`         | a person                                    | parked → open             | held + 1, attempting and its time, tries, next_at, last_error, owner, decided_by, decided_at, external_id if there is none; enters it |
 * | `setBackLink`       | replay, reconciling                         | open, parked → open       | held (back), reached, again, rounds; parts, seen, external_id as far as they are lost; the rest as `skipEvent` |
 * | `detachLost`        | reconciling                                 | stays                     | external_id and seen of what its board has lost |
 * | `forgetLinks`       | a destruction                               | stays                     | parts of seen with texts, substitutes, last_error; the reasons of its attempts |
 * | `removeShadowLinks` | removing tests, pruning the rehearsal       | any → gone                | the row, in a shadow alone |
 *
 * `start` and `record` come from `createLinkProgress`: calls that come together share a commit. A retried link keeps
 * `last_error` until the next outcome. A feed differs from delivery in two ways, on purpose. It calls no board, so it enters
 * no attempt. An id that it names is never taken from another link, while a board's newest id is.
 */
import type pg from 'pg';
import type { Outcome } from '../../../adapters/contract.ts';
import { type Reason, said, toReason } from '../../../schemas/reason.ts';
import { timeOf, toAgo } from '../clocks.ts';
import { type Queryable, type Store, toHotStatement } from '../database.ts';
import { createGroupCommit } from '../group-commit.ts';
import { insist } from '../insist.ts';
import { newId } from '../new-id.ts';
import { isSqlState } from '../sql-states.ts';
import type { LinkState, Provided } from '../tables/column-types.ts';
import { providedByLinks } from './provision-state.ts';

/**
 * The part of the statement that saves a group's decisions. `rows`: its parameter with the links as JSON. A link may
 * have moved forward since it was read, so `held` and `parts` only ever grow.
 */
export const decidedLinks = (rows: `$${number}`) => `
  insert into links (id, complaint_id, agency, role, state, external_id, parts, seen, joined, held, due, contribution)
  select * from jsonb_to_recordset(${rows}::jsonb) as x(id uuid, complaint_id uuid, agency text, role text, state text, external_id text,
    parts jsonb, seen jsonb, joined int, held int, due int, contribution int)
  on conflict (id) do update set role = excluded.role, external_id = coalesce(links.external_id, excluded.external_id),
    parts = links.parts || excluded.parts, seen = excluded.seen, due = excluded.due,
    state = case links.state when 'screen' then excluded.state else links.state end,
    joined = case links.state when 'screen' then excluded.joined else links.joined end,
    held = case when links.state = 'screen' and excluded.state = 'open' then 0 else greatest(links.held, excluded.held) end`;

/** The state of a link after a step of delivery. */
export interface Progress {
  linkId: string;
  held: number;
  externalId: string | null;
  /** The event whose outcome is still unknown. Null: none. */
  attempting: number | null;
  /** When the call began that the board may still be working on. Null: it has replied, or none was made. */
  attemptingSince: Date | null;
  tries: number;
  nextAt: Date;
  state: LinkState;
  lastError: Reason | null;
  owner: string | null;
  /** Ids that the board gave to delivered parts, by event number. */
  parts: Record<string, string>;
  /** The call that was made, for the book of attempts. */
  attempt?: {
    seq: number;
    startedAt: Date;
    outcome: Outcome['kind'];
    reason: Reason | null;
    provided?: Provided;
  };
}

/** The link is marked before a call; the call is entered with its outcome after it. */
export interface LinkProgress {
  /** Durable once it resolves: only then may the call be made. */
  start(linkId: string, seq: number): Promise<void>;
  record(progress: Progress): Promise<void>;
}

const startStatement = toHotStatement({
  name: 'start-attempts',
  text: `
update links l set attempting = x.seq, attempting_since = now()
from unnest($1::uuid[], $2::int[]) as x(link_id, seq) where l.id = x.link_id`,
});

/**
 * If a link is further than this process knows, another one took it over: a lock was lost, or a person skipped an
 * event. Then only the call is entered.
 */
const recordStatement = toHotStatement({
  name: 'record-attempts',
  text: `
with steps as materialized (
  select * from unnest($1::uuid[], $2::int[], $3::text[], $4::int[], $5::float8[], $6::int[], $7::float8[], $8::text[], $9::jsonb[], $10::text[],
    $11::jsonb[], $12::uuid[], $13::int[], $14::timestamptz[], $15::text[], $16::jsonb[], $17::jsonb[])
    as x(link_id, held, external_id, attempting, since_ago, tries, next_ago, state, last_error, owner, parts, attempt_id, seq, started_at, outcome, reason, provided)
), entered as (
  insert into attempts (id, link_id, seq, started_at, finished_at, outcome, reason)
  select attempt_id, link_id, seq, started_at, now(), outcome, reason from steps where attempt_id is not null
), provided as (${providedByLinks('(select * from steps where attempt_id is not null)', 'board')}
)
update links l set held = x.held, external_id = coalesce(x.external_id, l.external_id), attempting = x.attempting,
  attempting_since = ${timeOf('x.since_ago')}, tries = x.tries, next_at = ${timeOf('x.next_ago')}, state = x.state, last_error = x.last_error, owner = x.owner, parts = l.parts || x.parts
from steps x where l.id = x.link_id and l.held <= x.held`,
});

/** The columns of `steps`, in the order of the parameters. */
const toColumns: ((progress: Progress) => unknown)[] = [
  (progress) => progress.linkId,
  (progress) => progress.held,
  (progress) => progress.externalId,
  (progress) => progress.attempting,
  (progress) => toAgo(progress.attemptingSince),
  (progress) => progress.tries,
  (progress) => toAgo(progress.nextAt),
  (progress) => progress.state,
  ({ lastError }) => lastError && JSON.stringify(lastError),
  (progress) => progress.owner,
  (progress) => JSON.stringify(progress.parts),
  ({ attempt }) => (attempt ? newId() : null),
  ({ attempt }) => attempt?.seq ?? null,
  ({ attempt }) => attempt?.startedAt ?? null,
  ({ attempt }) => attempt?.outcome ?? null,
  ({ attempt }) => (attempt?.reason ? JSON.stringify(attempt.reason) : null),
  ({ attempt }) => (attempt?.provided ? JSON.stringify(attempt.provided) : null),
];

const grouping = { most: 128, gather: 15 };

/** The transitions `start` and `record`. Calls that come together share a durable commit. */
export function createLinkProgress({ hot }: Pick<Store, 'hot'>): LinkProgress {
  const start = createGroupCommit<{ linkId: string; seq: number }, void>(async (group) => {
    const values = [group.map(({ linkId }) => linkId), group.map(({ seq }) => seq)];
    await hot.query(startStatement(values));
    return group.map(() => undefined);
  }, grouping);
  const record = createGroupCommit<Progress, void>(async (group) => {
    const values = toColumns.map((toValue) => group.map(toValue));
    await insist(() => hot.query(recordStatement(values))).catch(async (error: unknown) => {
      // The board gave a number that the hub knows of another complaint.
      if (!isSqlState(error, 'uniqueViolation')) throw error;
      await forgetExternalIds(hot, group);
      await hot.query(recordStatement(values));
    });
    return group.map(() => undefined);
  }, grouping);
  return { start: (linkId, seq) => start({ linkId, seq }), record };
}

const forgetStatement = toHotStatement({
  name: 'forget-external-ids',
  text: `
update links o set external_id = null from unnest($1::uuid[], $2::text[]) as x(link_id, external_id) join links l on l.id = x.link_id
where o.agency = l.agency and o.external_id = x.external_id and o.id <> l.id`,
});

/**
 * A board that reuses a number (it was restored from an old copy) has lost the post that had it. Reconciling finds that
 * post.
 */
export async function forgetExternalIds(
  client: Queryable,
  named: { linkId: string; externalId: string | null }[],
): Promise<void> {
  const values = [named.map(({ linkId }) => linkId), named.map(({ externalId }) => externalId)];
  await client.query(forgetStatement(values));
}

/**
 * Links that were tried while the board was away wait no longer. They take their old places again: their ids (UUIDv7)
 * say since when they exist.
 */
export async function releaseLinks(client: Queryable, agency: string): Promise<void> {
  await client.query(
    `update links set next_at = to_timestamp(('x' || left(replace(id::text, '-', ''), 12))::bit(48)::bigint / 1000.0)
     where agency = $1 and state = 'open' and held < due and tries > 0`,
    [agency],
  );
}

/**
 * `given`: null if nothing is out. Runs in the transaction that locked the links and puts the changes into the feed.
 */
export async function giveOutLinks(
  client: pg.PoolClient,
  links: { id: string; held: number; given: number | null }[],
): Promise<void> {
  await client.query(
    `update links l set held = greatest(l.held, x.held), given = x.given
     from jsonb_to_recordset($1::jsonb) as x(id uuid, held int, given int) where l.id = x.id`,
    [JSON.stringify(links)],
  );
}

/** What one report, or one acknowledgement, says of a link. */
export interface ReportedMove {
  id: string;
  external_id?: string;
  parts: Record<string, string>;
  parked?: { seq: number; reason: Reason; is_unknown: boolean };
}

/**
 * `held` moves to right before the first event that is still out or was not done, or past everything that was given
 * out. A parked link has nothing out any more. Runs in the transaction that took the reported changes out of the feed.
 */
export async function recordReported(
  client: pg.PoolClient,
  moves: ReportedMove[],
  owner: string,
): Promise<void> {
  await client.query(
    `with moves as materialized (
       select x.*, (x.parked ->> 'seq')::int as parked_seq,
         least((x.parked ->> 'seq')::int, (select min(f.seq) from feed_changes f where f.link_id = x.id and f.attachment_id is null)) as first
       from jsonb_to_recordset($1::jsonb) as x(id uuid, external_id text, parts jsonb, parked jsonb)
     ), withdrawn as (
       delete from feed_changes f using moves m where m.parked is not null and f.link_id = m.id and f.attachment_id is null
     )
     update links l set
       held = greatest(l.held, coalesce(m.first - 1, l.given, l.held)),
       given = case when m.first is null or m.parked is not null then null else l.given end,
       external_id = coalesce(m.external_id, l.external_id),
       parts = l.parts || m.parts,
       attempting = case when (m.parked ->> 'is_unknown')::boolean then m.parked_seq when m.is_over then null else l.attempting end,
       attempting_since = case when (m.parked ->> 'is_unknown')::boolean then now() when m.is_over then null else l.attempting_since end,
       state = case when m.parked is null then l.state else 'parked' end,
       tries = case when m.parked is null then 0 else l.tries + 1 end,
       next_at = now(), last_error = m.parked -> 'reason', owner = case when m.parked is not null then $2 end
     from (
       select m.*, m.parked is not null or o.attempting is null or o.attempting < coalesce(m.first, o.attempting + 1) as is_over
       from moves m join links o on o.id = m.id
     ) m where l.id = m.id`,
    [JSON.stringify(moves), owner],
  );
}

export interface ReportedAttempt {
  link_id: string;
  seq: number;
  outcome: Outcome['kind'];
  reason: Reason | undefined;
  started_at: Date;
  finished_at: Date;
  /** As it was given out. Absent: from before that was noted. */
  provided?: Provided | undefined;
}

/** Enters the calls that an agent made into the book of attempts, and what it brought into the log of provisions. */
export async function enterAttempts(client: pg.PoolClient, attempts: ReportedAttempt[]): Promise<void> {
  await client.query(
    `with reported as materialized (
       select * from jsonb_to_recordset($1::jsonb)
         as x(id uuid, link_id uuid, seq int, started_at timestamptz, finished_at timestamptz, outcome text, reason jsonb, provided jsonb)
     ), entered as (
       insert into attempts (id, link_id, seq, started_at, finished_at, outcome, reason)
       select id, link_id, seq, started_at, finished_at, outcome, reason from reported
     )${providedByLinks('reported', 'agent')}`,
    [JSON.stringify(attempts.map((attempt) => ({ id: newId(), ...attempt })))],
  );
}

/** Names complaints by the agency's own ids. An id is kept once and belongs to one complaint. */
export async function nameCopies(
  client: pg.PoolClient,
  agency: string,
  named: { linkId: string; externalId: string }[],
): Promise<void> {
  await client.query(
    `update links set external_id = named.external_id
     from (select distinct on (x.external_id) x.id, x.external_id from jsonb_to_recordset($2::jsonb) as x(id uuid, external_id text)) named
     where links.id = named.id and links.external_id is null
       and not exists (select from links o where o.agency = $1 and o.external_id = named.external_id)`,
    [
      agency,
      JSON.stringify(named.map(({ linkId, externalId }) => ({ id: linkId, external_id: externalId }))),
    ],
  );
}

/**
 * Takes back what is out with agencies whose boards the hub now reaches itself, because their agent was given up. Each
 * event may have been delivered, so the board is asked before it is sent. The first counts as sent without a reply.
 */
export async function takeBack({ pool }: Pick<Store, 'pool'>, agencies: string[]): Promise<void> {
  await pool.query(
    `with back as (delete from feed_changes where agency = any($1) returning link_id, seq, attachment_id),
       files as (update attachment_deliveries d set attempting = true, attempting_since = now() from back b
         where d.link_id = b.link_id and d.attachment_id = b.attachment_id and d.state = 'waiting')
     update links l set given = null, attempting = coalesce(l.attempting, given.seqs[1]),
       attempting_since = now(), next_at = now(),
       again = array(select distinct seq from unnest(l.again || given.seqs) seq order by seq)
     from (select link_id, array_agg(seq order by seq) as seqs from back where attachment_id is null group by link_id) given
     where l.id = given.link_id`,
    [agencies],
  );
}

/**
 * `isLookedAt`: a person has seen that the board does not hold the event, so it is sent again. Resolves with the
 * agency. Undefined: not parked.
 */
export async function retryLink(
  client: Queryable,
  {
    linkId,
    user,
    isLookedAt,
    substitutes = {},
  }: { linkId: string; user: string; isLookedAt: boolean; substitutes?: Record<string, string> | undefined },
): Promise<string | undefined> {
  const { rows } = await client.query<{ agency: string }>(
    `update links set state = 'open', next_at = now(), tries = 0, owner = null, decided_by = $2, decided_at = now(),
       attempting = case when $3 then null else attempting end,
       attempting_since = case when $3 then null else attempting_since end, substitutes = substitutes || $4::jsonb
     where id = $1 and state = 'parked' returning agency`,
    [linkId, user, isLookedAt, JSON.stringify(substitutes)],
  );
  return rows[0]?.agency;
}

/**
 * Skips the next event, with the reason. `externalId`: the board's id of the post, if a person found it. Resolves with
 * the agency. Undefined: not parked. The index links_by_external_id refuses the id of another link.
 */
export async function skipEvent(
  client: Queryable,
  {
    linkId,
    user,
    reason,
    externalId,
  }: { linkId: string; user: string; reason: string; externalId?: string | undefined },
): Promise<string | undefined> {
  const { rows } = await client.query<{ agency: string }>(
    `with skipped as (
       update links set state = 'open', held = held + 1, attempting = null, attempting_since = null, next_at = now(), tries = 0, last_error = null, owner = null,
         decided_by = $2, decided_at = now(), external_id = coalesce(external_id, $5)
       where id = $1 and state = 'parked' and held < due returning id, agency, held
     ), noted as (
       insert into attempts (id, link_id, seq, started_at, finished_at, outcome, reason)
       select $4, id, held, now(), now(), 'skipped', $3 from skipped
     )
     select agency from skipped`,
    [
      linkId,
      user,
      JSON.stringify(toReason('skipped_by', { user, detail: said(reason) })),
      newId(),
      externalId || null,
    ],
  );
  return rows[0]?.agency;
}

/** What the levelling loop should bring to a board once more. */
export interface SetBackOrder {
  linkId: string;
  held: number;
  reached: number;
  again: number[];
  rounds: Record<string, number>;
  /** As in delivery/set-back.ts. */
  lost: 'post' | 'parts' | 'nothing';
  /** The events whose parts are lost. */
  events: number[];
  by: string;
}

/** Runs in the transaction that locked and read the link, which is at rest. */
export async function setBackLink(client: pg.PoolClient, order: SetBackOrder): Promise<void> {
  const { linkId, held, reached, again, rounds, lost, events, by } = order;
  await client.query(
    `update links set state = 'open', held = least(held, $2), reached = $3, again = $4, rounds = $5,
       parts = case when $6 = 'nothing' then parts else parts - $7::text[] end,
       seen = case $6 when 'post' then '{}' else case $6 when 'parts' then seen - 'status' - 'content' else seen end
         || jsonb_build_object('held', least(coalesce((seen->>'held')::int, 0), $2)) end,
       external_id = case when $6 = 'post' then null else external_id end,
       attempting = null, attempting_since = null, tries = 0, next_at = now(), last_error = null, owner = null, decided_by = $8, decided_at = now()
     where id = $1`,
    [linkId, held, reached, again, JSON.stringify(rounds), lost, events.map(String), by],
  );
}

/**
 * Forgets the board's ids of all posts that a report misses, since the board may give them to other posts. The report
 * keeps them.
 */
export async function detachLost(client: pg.PoolClient, reconciliationId: string): Promise<void> {
  await client.query(
    `update links l set external_id = null, seen = '{}' from drifts d
     where d.reconciliation_id = $1 and d.kind = 'missing_there' and d.state <> 'superseded'
       and l.id = d.link_id and l.external_id = d.external_id`,
    [reconciliationId],
  );
}

/** Removes links of complaints that go from a shadow (`store/shadow`). Links of real complaints stay for good. */
export async function removeShadowLinks(client: Queryable, complaints: string[]): Promise<void> {
  await client.query(
    "delete from links where complaint_id = any($1::uuid[]) and current_schema() in ('rehearsal', 'trial')",
    [complaints],
  );
}

/** Takes what people wrote out of the links of complaints that are destroyed (hub/retention), and out of their attempts. */
export async function forgetLinks(client: Queryable, complaints: string[]): Promise<void> {
  await client.query(
    `update links set seen = seen - 'content' - 'told', substitutes = '{}', last_error = null where complaint_id = any($1::uuid[])`,
    [complaints],
  );
  await client.query(
    'update attempts set reason = null where link_id in (select id from links where complaint_id = any($1::uuid[]))',
    [complaints],
  );
}
