/**
 * The one owner of table `boards`: the health of agencies' boards, which all processes share. Every change of a row is a
 * transition below. No other file writes this table (tests/rules/state-owners.test.ts). How pages sum it up is in
 * complaints/reading/sum-up-board.ts.
 *
 * Reading and writing are apart. `poll_*`, `cursor`, `polled_at`, `read_through_at` tell of reading; `failures`,
 * `closed_until`, `delivered_at`, `unauthorised_since` of writing. `closed_until`: the breaker is open until then.
 * `busy_until`: the board asked to be left alone until then. Reasons stand in `poll_error` and `last_error`;
 * `poll_error_kind` is the kind of BoardError. `poll_notice`: what a person should know although the board was read.
 *
 * | transition            | who calls it                | from → to                  | what changes |
 * | --------------------- | --------------------------- | -------------------------- | ------------ |
 * | `namePolls`           | sweep                       | due → named to one process | poll_named_at |
 * | `recordPoll`          | poll, after a page          | any → read well            | cursor, polled_at, poll_at, read_through_at, poll_notice; poll_failures, poll_error and its kind end |
 * | `recordPollFailure`   | poll                        | any → failing              | poll_error and its kind, poll_failures + 1, last_error; busy_until, closed_until as far as the board named a time |
 * | `putOffPoll`          | poll, right after           | failing                    | poll_at |
 * | `readAnew`            | reconciling                 | any → due                  | cursor goes, poll_at |
 * | `beginReading`        | configuration: now live     | any → due                  | cursor, poll_at |
 * | `createCallWriter`    | breaker, after deliveries   | well ↔ failing ↔ closed    | failures, closed_until, busy_until, last_error, delivered_at, unauthorised_since |
 * | `tryCredentialsAgain` | configuration, when applied | shut out → half open, due  | closed_until, poll_at |
 * | `takeCall`            | pace, before a call         | any                        | next_call_at |
 * | `recordAcknowledged`  | feed                        | any                        | delivered_at |
 * | `recordPosts`         | an agent's posts            | any                        | polled_at, forward |
 * | `recordReadThrough`   | checklist, for an agent     | any                        | polled_at, read_through_at |
 * | `recordHeartbeat`     | an agent's heartbeat        | any → well, failing        | polled_at and delivered_at, forward; failures and poll_failures (+ 1 or 0), poll_error, last_error; closed_until goes; unauthorised_since, poll_notice |
 * | `recordSilence`       | upkeep, for a silent agent  | any → failing              | failures and poll_failures + 1, poll_error, last_error |
 *
 * A board behind an agent has no breaker here: the agent keeps its own, and its heartbeat says how both ways fare.
 */
import { sql, type Transaction } from 'kysely';
import type pg from 'pg';
import type { BoardError } from '../../../adapters/contract.ts';
import type { ReadingPlace } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import type { Queryable } from '../database.ts';
import { createGroupCommit } from '../group-commit.ts';
import type { Tables } from '../tables/tables.ts';

/**
 * Boards whose turn to be polled has come, at most `most`. Well boards come before those that failed last time, and the
 * longest waiting first. Each is named to one process, for so many seconds.
 */
export async function namePolls(
  client: Queryable,
  agencies: string[],
  { most, namedFor }: { most: number; namedFor: number },
): Promise<string[]> {
  const { rows } = await client.query<{ agency: string }>({
    name: 'sweep-polls',
    text: `
insert into boards as known (agency, poll_named_at)
select a.agency, now() from unnest($1::text[]) as a(agency) left join boards b on b.agency = a.agency
where (b.poll_at is null or b.poll_at <= now()) and (b.busy_until is null or b.busy_until <= now())
  and (b.poll_named_at is null or b.poll_named_at < b.poll_at or b.poll_named_at <= now() - make_interval(secs => $3))
order by b.poll_failures > 0 nulls first, b.poll_at nulls first limit $2
on conflict (agency) do update set poll_named_at = now()
  where (known.poll_at is null or known.poll_at <= now())
    and (known.poll_named_at is null or known.poll_named_at < known.poll_at
      or known.poll_named_at <= now() - make_interval(secs => $3))
returning agency`,
    values: [agencies, most, namedFor],
  });
  return rows.map(({ agency }) => agency);
}

/** What a poll notes after each pull. */
interface PollEntry {
  cursor: string;
  next: number;
  through: Date | null;
  notice: Reason | null;
}

/**
 * `next`: milliseconds until the next look. `through`: when the poll began that has now read the board to its end. The
 * notice of a board changes only then. A cursor that stays the same is not written again, because that of a board that
 * is read whole is long. Returns the database's time.
 */
export async function recordPoll(
  client: Queryable,
  agency: string,
  { cursor, next, through, notice }: PollEntry,
): Promise<Date> {
  const { rows } = await client.query<{ at: Date }>({
    name: 'note-poll',
    text: `insert into boards (agency, cursor, polled_at, poll_at, read_through_at, poll_notice)
      values ($1, $2, now(), now() + make_interval(secs => $3), $4, $5)
      on conflict (agency) do update set cursor = case when boards.cursor = excluded.cursor then boards.cursor else excluded.cursor end,
        polled_at = excluded.polled_at, poll_at = excluded.poll_at,
        read_through_at = coalesce(excluded.read_through_at, boards.read_through_at),
        poll_notice = case when excluded.read_through_at is null then boards.poll_notice else excluded.poll_notice end, poll_failures = 0, poll_error = null, poll_error_kind = null
      returning polled_at as at`,
    values: [agency, cursor, next / 1000, through, notice && JSON.stringify(notice)],
  });
  return rows[0]?.at ?? new Date();
}

/**
 * A board that names a time is left alone until then; this includes deliveries. Returns how often reading it has failed
 * in a row.
 */
export async function recordPollFailure(
  client: Queryable,
  agency: string,
  { reason, kind, busyUntil }: { reason: Reason; kind: BoardError['kind'] | null; busyUntil: Date | null },
): Promise<number> {
  const { rows } = await client.query<{ poll_failures: number }>(
    `insert into boards (agency, poll_error, poll_error_kind, poll_failures, last_error, last_error_at, busy_until, closed_until)
     values ($1, $2, $4, 1, $2, now(), $3, $3)
     on conflict (agency) do update set poll_error = excluded.poll_error, poll_error_kind = excluded.poll_error_kind, poll_failures = boards.poll_failures + 1,
       last_error = excluded.last_error, last_error_at = excluded.last_error_at,
       busy_until = greatest(boards.busy_until, excluded.busy_until), closed_until = greatest(boards.closed_until, excluded.closed_until)
     returning poll_failures`,
    [agency, JSON.stringify(reason), busyUntil, kind],
  );
  return rows[0]?.poll_failures ?? 1;
}

export async function putOffPoll(client: Queryable, agency: string, until: Date): Promise<void> {
  await client.query('update boards set poll_at = $2 where agency = $1', [agency, until]);
}

/** Has the board read from its beginning, at once. */
export async function readAnew(client: Queryable, agency: string): Promise<void> {
  await client.query('update boards set cursor = null, poll_at = now() where agency = $1', [agency]);
}

/**
 * Has the board of an agency that becomes live read from the chosen place. The place of the rehearsal is the cursor of
 * its shadow: what was read until then was rehearsed, and what comes after it is taken in.
 */
export async function beginReading(
  trx: Transaction<Tables>,
  agency: string,
  from: ReadingPlace,
): Promise<void> {
  const place =
    from === 'beginning'
      ? sql`null`
      : from === 'rehearsal'
        ? sql`excluded.cursor`
        : sql`coalesce(known.cursor, excluded.cursor)`;
  const first =
    from === 'beginning' ? sql`null` : sql`(select cursor from trial.boards where agency = ${agency})`;
  await sql`insert into boards as known (agency, cursor, poll_at) values (${agency}, ${first}, now())
    on conflict (agency) do update set cursor = ${place}, poll_at = now()`.execute(trx);
}

/** The state of a board after a delivery. */
export interface CallEntry {
  agency: string;
  failures: number;
  closed_until: Date | null;
  busy_until: Date | null;
  /** Null: it went well. */
  error: Reason | null;
  unauthorised?: boolean;
}

const writeText = `
insert into boards (agency, failures, closed_until, busy_until, last_error, last_error_at, delivered_at, unauthorised_since)
select agency, failures, closed_until, busy_until, error, case when error is not null then now() end, case when error is null then now() end,
  case when unauthorised then now() end
from jsonb_to_recordset($1::jsonb) as x(agency text, failures int, closed_until timestamptz, busy_until timestamptz, error jsonb, unauthorised boolean)
on conflict (agency) do update set failures = excluded.failures, closed_until = excluded.closed_until,
  busy_until = greatest(boards.busy_until, excluded.busy_until),
  last_error = coalesce(excluded.last_error, boards.last_error), last_error_at = coalesce(excluded.last_error_at, boards.last_error_at),
  delivered_at = coalesce(excluded.delivered_at, boards.delivered_at),
  unauthorised_since = case when excluded.last_error is null then null else coalesce(boards.unauthorised_since, excluded.unauthorised_since) end`;

/**
 * Writes the state of boards after deliveries. Entries that come together share a commit; the newest one of a board
 * counts.
 */
export function createCallWriter(client: Queryable): (entry: CallEntry) => Promise<void> {
  return createGroupCommit<CallEntry, void>(
    async (group) => {
      const newest = new Map(group.map((entry) => [entry.agency, entry]));
      await client.query(writeText, [JSON.stringify([...newest.values()])]);
      return group.map(() => undefined);
    },
    { most: 100 },
  );
}

/** A board that refused the hub's credentials is tried at once: the new configuration may have other credentials. */
export async function tryCredentialsAgain(trx: Transaction<Tables>, agency: string): Promise<void> {
  await sql`update boards set closed_until = least(closed_until, now()), poll_at = now()
    where agency = ${agency} and (unauthorised_since is not null or poll_error_kind = 'unauthorised')`.execute(
    trx,
  );
}

/** Takes the next call; there is one every `every` seconds. Returns the milliseconds until it may be made. */
export async function takeCall(client: Queryable, agency: string, every: number): Promise<number> {
  const { rows } = await client.query<{ wait: number }>({
    name: 'take-pace',
    text: `insert into boards (agency, next_call_at) values ($1, now() + make_interval(secs => $2))
      on conflict (agency) do update set next_call_at = greatest(boards.next_call_at, now()) + make_interval(secs => $2)
      returning (extract(epoch from next_call_at - now()) - $2) * 1000 as wait`,
    values: [agency, every],
  });
  return Number(rows[0]?.wait ?? 0);
}

/** Runs in the transaction of the acknowledgement. */
export async function recordAcknowledged(client: pg.PoolClient, agency: string): Promise<void> {
  await client.query(
    `insert into boards (agency, delivered_at) values ($1, now())
     on conflict (agency) do update set delivered_at = excluded.delivered_at`,
    [agency],
  );
}

/** Notes that the board was read at this time, at least as far as the posts show. */
export async function recordPosts(client: Queryable, agency: string, readAt: Date): Promise<void> {
  await client.query(
    `insert into boards (agency, polled_at) values ($1, $2)
     on conflict (agency) do update set polled_at = greatest(boards.polled_at, excluded.polled_at)`,
    [agency, readAt],
  );
}

/** The agent of a board that is not live has read it to its end. `since`: when that began. */
export async function recordReadThrough(client: Queryable, agency: string, since: Date): Promise<void> {
  await client.query(
    `insert into boards (agency, polled_at, read_through_at) values ($1, now(), $2)
     on conflict (agency) do update set polled_at = excluded.polled_at, read_through_at = excluded.read_through_at`,
    [agency, since],
  );
}

/** What an agent reports of its board. */
export interface AgentWord {
  readAt: Date | null;
  writtenAt: Date | null;
  /** Null: the board is well. */
  error: Reason | null;
  /** The kind of a reading error, if it is known. */
  errorKind: BoardError['kind'] | null;
  /** What a person should know although the board was read. Null: nothing, as far as the agent tells. */
  notice: Reason | null;
  /** The board refuses the credentials for writing. */
  isShutOut: boolean;
}

export async function recordHeartbeat(client: Queryable, agency: string, word: AgentWord): Promise<void> {
  const { readAt, writtenAt, error, errorKind, notice, isShutOut } = word;
  await client.query(
    `insert into boards (agency, polled_at, delivered_at, failures, poll_failures, poll_error, poll_error_kind, last_error,
       last_error_at, unauthorised_since, poll_notice)
     values ($1, $2, $3, $4, $4, $5, $7, $5, case when $5::jsonb is not null then now() end, case when $6 then now() end, $8)
     on conflict (agency) do update set polled_at = greatest(boards.polled_at, excluded.polled_at),
       delivered_at = greatest(boards.delivered_at, excluded.delivered_at),
       failures = case when $4 = 0 then 0 else boards.failures + 1 end,
       poll_failures = case when $4 = 0 then 0 else boards.poll_failures + 1 end, poll_error = excluded.poll_error,
       poll_error_kind = excluded.poll_error_kind, last_error = coalesce(excluded.last_error, boards.last_error),
       last_error_at = coalesce(excluded.last_error_at, boards.last_error_at), closed_until = null,
       unauthorised_since = case when $6 then coalesce(boards.unauthorised_since, now()) end,
       poll_notice = excluded.poll_notice`,
    [
      agency,
      readAt,
      writtenAt,
      error ? 1 : 0,
      error && JSON.stringify(error),
      isShutOut,
      errorKind,
      notice && JSON.stringify(notice),
    ],
  );
}

/** A silent agent makes its board unreachable, as if a call had failed. `silentAfter`: seconds without a heartbeat. */
export async function recordSilence(
  client: Queryable,
  agencies: string[],
  { silentAfter, reason }: { silentAfter: number; reason: Reason },
): Promise<void> {
  await client.query(
    `insert into boards (agency, failures, poll_failures, poll_error, poll_error_kind, last_error, last_error_at)
     select agency, 1, 1, $3, 'unreachable', $3, now() from agents
     where agency = any($1) and coalesce(heartbeat_at, enrolled_at) < now() - make_interval(secs => $2)
     on conflict (agency) do update set failures = boards.failures + 1, poll_failures = boards.poll_failures + 1,
       poll_error = excluded.poll_error, poll_error_kind = excluded.poll_error_kind, last_error = excluded.last_error,
       last_error_at = excluded.last_error_at`,
    [agencies, silentAfter, JSON.stringify(reason)],
  );
}
