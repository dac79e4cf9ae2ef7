/**
 * The one owner of table `notices`: what people are told. Every change of a notice is a transition below. No other file
 * writes this table (tests/rules/state-owners.test.ts).
 *
 * `due`: it will be sent at `next_at`. `sent`: a provider took it. `failed`: it was given up, or the provider reported
 * that it did not arrive; `last_error` tells the operator why. `unreachable`: nobody can be told. `attempting_since`: a
 * call began, and its outcome is not written. `report`: what the provider said later of a message that it took.
 *
 * | transition       | who calls it                           | from → to               | what changes |
 * | ---------------- | -------------------------------------- | ----------------------- | ------------ |
 * | `plannedNotices` | intake, in the statement of its events | new → due, unreachable  | the planned columns; one that was planned before stays |
 * | `insertNotices`, `insertNoticesIn` | reminders, inspections | new → due, unreachable | the same |
 * | `start`          | sender, before a call                  | due                     | attempting_since, provider, tries + 1, report_hash, next_at |
 * | `finish`         | sender, after a call                   | due → due, sent, failed | attempting_since, tries, next_at, provider, provider_id, last_error, sent_at, report, report_by, ask_at; keeps the message (outbox); plans the fallback |
 * | `recordReport`   | door of reports, asking                | due, sent, failed → sent, failed | report, reported_at, report_by, ask_at, attempting_since, sent_at, last_error; plans the fallback |
 * | `askLater`       | asking                                 | sent                    | ask_at |
 * | `endWaiting`     | asking, when no report came in time    | sent                    | report awaited → unconfirmed, last_error |
 * | `retryNotice`    | a person                               | failed → due            | next_at, tries, attempting_since, decided_by/at; forgets the report and the address for it |
 * | `tellByHand`     | a person who told it otherwise         | failed, unreachable, sent | by_hand: it is no more on the list of what is owed |
 * | `forgetNotices`  | a destruction                          | stays                   | recipient, address, fallbacks, last_error, by_hand: who was told, not that it was told |
 * | `settleTold`     | upkeep                                 | failed, unreachable     | told_otherwise: the same was sent by another channel. `recordReport` takes it back |
 * | `removeShadowNotices` | removing tests, pruning the rehearsal | any → gone              | the row, in a shadow alone |
 *
 * `start` and `finish` come from `createNoticeProgress`: calls that come together share a commit. A retried notice keeps
 * `last_error` until the next call ends. A report can come before `finish`. Then the notice is due no more, and `finish`
 * changes only the reason of a notice that failed either way, since the provider's reply says more.
 */
import { CompiledQuery, sql, type Transaction } from 'kysely';
import type pg from 'pg';
import type { Channel } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import { type Queryable, type Statement, type Store, toHotStatement } from '../database.ts';
import { createGroupCommit } from '../group-commit.ts';
import { insist } from '../insist.ts';
import { sealedJsonText } from '../sealing/keyed.ts';
import { clearMembers } from '../sealing/sealed-columns.ts';
import type { ByHand, NoticeReport } from '../tables/column-types.ts';
import type { Tables } from '../tables/tables.ts';
import {
  type NoticeOutcome,
  type PlannedNotice,
  sealedReason,
  toKeptRows,
  toNoticeRows,
  toOutcomeRows,
} from './notice-rows.ts';
import { providedByNotices } from './provision-state.ts';

export type { NoticeOutcome, PlannedNotice } from './notice-rows.ts';

const plannedColumns =
  'id, complaint_id, seq, about, template, audience, agency, recipient, recipient_mark, channel, address, language, fallbacks, state, next_at, last_error';

/** A part for a larger statement. `rows`: its parameter with the notices as JSON, which `condition` calls `p`. */
export const plannedNotices = (rows: `$${number}`, condition = '') => `
  insert into notices (${plannedColumns})
  select ${plannedColumns} from json_populate_recordset(null::notices, ${rows}) p ${condition}
  on conflict do nothing`;

const insert: Statement = { name: 'insert-notices', text: plannedNotices('$1') };

/** Adds planned notices, of any number of complaints, in the transaction of the events that they tell of. */
export async function insertNotices(client: pg.PoolClient, plans: PlannedNotice[]): Promise<void> {
  if (plans.length > 0) await client.query({ ...insert, values: [toNoticeRows(plans)] });
}

/** The same in a transaction of the query builder. */
export async function insertNoticesIn(trx: Transaction<Tables>, plans: PlannedNotice[]): Promise<void> {
  if (plans.length > 0) await trx.executeQuery(CompiledQuery.raw(insert.text, [toNoticeRows(plans)]));
}

export interface NoticeProgress {
  /** Durable before the call. False: the notice is no longer due. */
  start(begun: {
    id: string;
    started: Date;
    provider: string;
    /** SHA-256 of the token in the address for reports. Null: the provider does not call. */
    report_hash: Buffer | null;
    /** When the notice is due again if this process ends before it writes the outcome. Null: as it was. */
    again_at: Date | null;
  }): Promise<boolean>;
  /** Durable after the call. */
  finish(outcome: NoticeOutcome): Promise<void>;
}

const grouping = { most: 200, gather: 15 };

const markStarted = toHotStatement({
  name: 'start-notices',
  text: `
    update notices n set
      attempting_since = s.started, provider = s.provider, tries = n.tries + 1, report_hash = s.report_hash,
      next_at = coalesce(s.again_at, n.next_at)
    from unnest($1::uuid[], $2::timestamptz[], $3::text[], $4::bytea[], $5::timestamptz[])
      as s (id, started, provider, report_hash, again_at)
    where n.id = s.id and n.state = 'due'
    returning n.id`,
});

/**
 * One statement, so that an outcome, its kept message and its fallback become durable together. A notice that a report
 * settled meanwhile gets no fallback.
 */
const writeOutcomes = toHotStatement({
  name: 'write-notice-outcomes',
  text: `
    with written as (
      update notices n set
        state = o.state, attempting_since = o.attempting_since, tries = o.tries, next_at = o.next_at,
        provider = o.provider, provider_id = o.provider_id, last_error = o.last_error, sent_at = o.sent_at,
        report = o.report, report_by = o.report_by, ask_at = o.ask_at
      from json_populate_recordset(null::notices, $1) o
      where n.id = o.id and n.id = any ($4::uuid[]) and n.state = 'due'
      returning n.id, n.complaint_id, n.seq, n.template, n.audience, n.agency, n.recipient, n.channel, n.state, n.provider,
        coalesce(n.recipient_mark, n.recipient) as person
    ), provided as (${providedByNotices('written')}
    ), explained as (
      update notices n set last_error = o.last_error from json_populate_recordset(null::notices, $1) o
      where n.id = o.id and n.id = any ($4::uuid[]) and n.state = 'failed' and n.report = 'undelivered' and o.state = 'failed'
    ), kept as (
      insert into outbox (notice_id, address, subject, text, html, kept_at)
      select k.notice_id, k.address, k.subject, k.text, k.html, k.kept_at
      from json_populate_recordset(null::outbox, $2) k join written on written.id = k.notice_id
      on conflict do nothing
    )${plannedNotices(
      '$3',
      `where exists (select from written w where w.complaint_id = p.complaint_id and w.seq = p.seq
      and w.template = p.template and w.audience = p.audience and w.agency = p.agency
      and w.person = coalesce(p.recipient_mark, p.recipient))`,
    )}`,
});

/** The transitions `start` and `finish`. Calls that come together share a durable commit. */
export function createNoticeProgress({ hot }: Pick<Store, 'hot'>): NoticeProgress {
  const start = createGroupCommit<Parameters<NoticeProgress['start']>[0], boolean>(async (items) => {
    const values = [
      items.map((i) => i.id),
      items.map((i) => i.started),
      items.map((i) => i.provider),
      items.map((i) => i.report_hash),
      items.map((i) => i.again_at),
    ];
    const { rows } = await hot.query<{ id: string }>(markStarted(values));
    const marked = new Set(rows.map((row) => row.id));
    return items.map((item) => marked.has(item.id));
  }, grouping);
  const finish = createGroupCommit<NoticeOutcome, void>(async (outcomes) => {
    const documents = [
      toOutcomeRows(outcomes),
      toKeptRows(outcomes.flatMap(({ kept }) => kept ?? [])),
      toNoticeRows(outcomes.flatMap((o) => o.fallback ?? [])),
    ];
    const values = [...documents, outcomes.map((o) => o.id)];
    await insist(() => hot.query(writeOutcomes(values)));
    return outcomes.map(() => undefined);
  }, grouping);
  return { start, finish };
}

/** What a report changes. The row is locked by the transaction that judged it (hub/notify/reports). */
export interface ReportedChange {
  id: string;
  state: 'sent' | 'failed';
  report: NoticeReport;
  /** Null: a report of something on its way, which is no answer yet. */
  reported_at: Date | null;
  report_by: Date | null;
  sent_at: Date | null;
  last_error: Reason | null;
  /** The same notice by another channel. */
  fallback?: PlannedNotice | undefined;
}

/** Writes what a provider reported. A fallback that was planned before stays as it is. */
export async function recordReport(client: pg.PoolClient, change: ReportedChange): Promise<void> {
  const { id, state, report, reported_at, report_by, sent_at, last_error, fallback } = change;
  const reason = sealedReason(last_error);
  await client.query({
    name: 'record-report',
    text: `update notices set state = $2, report = $3, reported_at = $4, report_by = $5, sent_at = $6,
             last_error = $7, attempting_since = null, ask_at = null
           where id = $1`,
    values: [id, state, report, reported_at, report_by, sent_at, reason],
  });
  // A statement of its own: `settleTold` may have settled by this notice while the report waited for its lock.
  if (state === 'failed') await client.query({ ...unsettle, values: [id] });
  // A report can come before the reply that would have said that the message was taken.
  await client.query({
    name: 'provide-reported',
    text: providedByNotices('(select * from notices where id = $1)'),
    values: [id],
  });
  if (fallback) await insertNotices(client, [fallback]);
}

/** The same to the same person, by another channel. */
const isSame = `o.complaint_id = n.complaint_id and o.seq = n.seq and o.template = n.template and o.audience = n.audience
  and o.agency = n.agency and coalesce(o.recipient_mark, o.recipient) = coalesce(n.recipient_mark, n.recipient) and o.about = n.about and o.channel <> n.channel`;

const unsettle: Statement = {
  name: 'unsettle-told',
  text: `update notices n set told_otherwise = false from notices o where o.id = $1 and ${isSame} and n.told_otherwise`,
};

/** Notices that one transaction of {@link settleTold} looks at. */
const mostSettled = 500;

/**
 * Marks notices that did not arrive, and whose person was sent the same by another channel: lists of what is owed need
 * not look at them any more. It passes over what is being written. Resolves with the number of notices that were marked.
 */
export async function settleTold({ pool }: Pick<Store, 'pool'>): Promise<number> {
  let [after, settled] = [noId, 0];
  for (let more = true; more; ) {
    const { rows } = await pool.query<{ last: string | null; looked: number; settled: number }>(settleText, [
      after,
      mostSettled,
    ]);
    settled += rows[0]?.settled ?? 0;
    after = rows[0]?.last ?? noId;
    more = rows[0]?.looked === mostSettled;
  }
  return settled;
}

const noId = '00000000-0000-0000-0000-000000000000';
const settleText = `
with looked as (
  select n.* from notices n where n.audience = 'complainant' and n.state in ('failed', 'unreachable')
    and n.by_hand is null and not n.told_otherwise and n.id > $1::uuid order by n.id limit $2
), told as (
  select n.id from looked l join notices n on n.id = l.id join notices o on ${isSame}
  where n.state in ('failed', 'unreachable') and o.state = 'sent' for update of n skip locked for share of o skip locked
), marked as (
  update notices n set told_otherwise = true where n.id in (select id from told) returning n.id
)
select (select count(*)::int from looked) as looked, (select id from looked order by id desc limit 1) as last,
  (select count(*)::int from marked) as settled`;

/** Puts off when the provider is asked again. Null: it is asked no more. */
export async function askLater(client: Queryable, id: string, at: Date | null): Promise<void> {
  await client.query({
    name: 'ask-later',
    text: `update notices set ask_at = $2 where id = $1 and ask_at is not null`,
    values: [id, at],
  });
}

/** The most notices that one statement stops to wait for. */
const mostEnded = 1_000;

/**
 * Ends the wait for reports that did not come until `now`. `provider`: the one that can still be asked later. Resolves
 * with the number of notices.
 */
export async function endWaiting(
  client: Queryable,
  now: Date,
  provider: string,
  reason: Reason,
): Promise<number> {
  const { rowCount } = await client.query({
    name: 'end-waiting',
    text: `update notices set report = 'unconfirmed', last_error = $3, ask_at = case when provider = $2 then ask_at end
           where report = 'awaited' and id = any(array(
             select id from notices where report = 'awaited' and report_by <= $1 order by report_by limit ${mostEnded}))`,
    values: [now, provider, sealedReason(reason)],
  });
  return rowCount ?? 0;
}

/** Resolves with the channel. Undefined: the notice has not failed. */
export async function retryNotice(client: Queryable, id: string, user: string): Promise<Channel | undefined> {
  const { rows } = await client.query<{ channel: Channel }>(
    `update notices set state = 'due', next_at = now(), tries = 0, attempting_since = null, decided_by = $2, decided_at = now(),
       report = null, report_hash = null, report_by = null, reported_at = null, ask_at = null
     where id = $1 and state = 'failed' returning channel`,
    [id, user],
  );
  return rows[0]?.channel;
}

/** Notes that a person told the complainant otherwise. False: that was noted before. */
export async function tellByHand(trx: Transaction<Tables>, id: string, byHand: ByHand): Promise<boolean> {
  const { rows } = await sql`update notices set by_hand = ${sealedJsonText(byHand, clearMembers.byHand)}
    where id = ${id} and by_hand is null returning id`.execute(trx);
  return rows.length === 1;
}

/** Removes notices of complaints that go from a shadow (`store/shadow`). Notices of real complaints stay for good. */
export async function removeShadowNotices(client: Queryable, complaints: string[]): Promise<void> {
  await client.query(
    "delete from notices where complaint_id = any($1::uuid[]) and current_schema() in ('rehearsal', 'trial')",
    [complaints],
  );
}

/**
 * Takes people out of the notices of complaints that are destroyed (hub/retention). Each keeps a name of its own, because
 * two to one person are one. Resolves with their number.
 */
export async function forgetNotices(client: Queryable, complaints: string[]): Promise<number> {
  const { rowCount } = await client.query(
    `update notices set recipient = id::text, recipient_mark = null, address = null, fallbacks = '[]', last_error = null, by_hand = null
     where complaint_id = any($1::uuid[])`,
    [complaints],
  );
  return rowCount ?? 0;
}
