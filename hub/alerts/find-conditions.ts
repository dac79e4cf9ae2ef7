import type { BoardError } from '../../adapters/contract.ts';
import { policy } from '../../adapters/relay/policy.ts';
import { untouchedStatuses } from '../../schemas/index.ts';
import { type Reason, said, toReason } from '../../schemas/reason.ts';
import { addDays, toLedgerDay } from '../exchange/ledger/days.ts';
import { isBalanced, listDifferences, readLedgerDay, toDifferenceReason } from '../exchange/ledger/ledger.ts';
import { toChangedReason } from '../exchange/shape/change-words.ts';
import { isConcerning } from '../exchange/shape/compare-shapes.ts';
import type { NotedChange } from '../exchange/shape/shapes.ts';
import { toLiterals } from '../store/literals.ts';
import type { ConditionName } from './conditions.ts';
import { findAgentConditions, isSilent } from './find-agent-conditions.ts';
import { findBreakGlass } from './find-break-glass.ts';
import { findReportConditions } from './find-report-conditions.ts';
import { findSignInAttacks } from './find-sign-in-attacks.ts';
import { findSignOnCertificates } from './find-sign-on-certificates.ts';
import { findUnforeseen } from './find-unforeseen.ts';
import type { FindDependencies, Finding } from './finding.ts';

type Find = (deps: FindDependencies) => Promise<Finding[]>;

/** Reads rows of `subject`, `count` and `items`: ids and numbers, or what `toItem` makes of them. */
async function select(
  { store }: FindDependencies,
  text: string,
  values: unknown[] = [],
  toItem: (item: string) => Reason = said,
): Promise<Finding[]> {
  const { rows } = await store.pool.query<Omit<Finding, 'items'> & { items: string[] }>(text, values);
  return rows.map((row) => ({ ...row, items: row.items.map(toItem) }));
}

const isAway = `(b.poll_failures > 0 or b.failures >= ${policy.connection.breaker.failures})`;

/** Refused credentials are not a matter of time: they have their own alert. */
const isShutOut = `(b.unauthorised_since is not null or b.poll_error_kind = 'unauthorised')`;

/**
 * The links of each agency that wait longest, 200 at most. If there are more, the first ones say enough. So a look does
 * not slow down in an outage.
 */
const waiting = `unnest($1::text[]) as a(agency) cross join lateral (
  select * from links where agency = a.agency and state = 'open' and held < due order by next_at limit 200) l
  join complaints c on c.id = l.complaint_id`;
const firstNumbers = (order: string) => `(array_agg(c.receipt_number order by ${order}))[1:5]`;

/** How each condition is found. Partial indexes let every look read what is wrong, and not all that is stored. */
export const findConditions: Record<ConditionName, Find> = {
  'board-away': (deps) =>
    select(
      deps,
      `select b.agency as subject, greatest(b.failures, b.poll_failures) as count,
         array_remove(array[b.poll_error_kind], null) as items
       from boards b where b.agency = any($1) and ${isAway} and ${isShutOut} is not true
         and not exists (select from agents g where g.agency = b.agency and g.agency = any($2) and ${isSilent})`,
      [deps.listBoards(), deps.listAgents()],
      (kind) => toReason(kind as BoardError['kind']),
    ),
  'credentials-refused': (deps) =>
    select(
      deps,
      `select agency as subject, cardinality(items) as count, items from (select b.agency, array_remove(array[case when b.unauthorised_since is not null then 'delivery' end,
           case when b.poll_error_kind = 'unauthorised' then 'poll' end], null) as items
         from boards b where b.agency = any($1) and ${isShutOut}) as shut`,
      [deps.listBoards()],
      (what) => toReason(what as 'delivery' | 'poll'),
    ),
  backlog: (deps) =>
    select(
      deps,
      `select l.agency as subject, count(*)::int as count, ${firstNumbers('e.at')} as items from ${waiting}
       join events e on e.complaint_id = l.complaint_id and e.seq = l.held + 1
       where e.at < now() - interval '30 minutes' and not exists (select from boards b where b.agency = l.agency and ${isAway})
       group by l.agency`,
      [deps.listBoards()],
    ),
  'outcome-unknown': (deps) =>
    select(
      deps,
      `select l.agency as subject, count(*)::int as count, ${firstNumbers('l.next_at')} as items from ${waiting}
       where l.attempting is not null and (l.next_at < now() - interval '15 minutes' or exists (
         select from attempts t where t.link_id = l.id and t.seq = l.attempting and t.outcome = 'unknown'
           and t.started_at < now() - interval '15 minutes'))
       group by l.agency`,
      [deps.listBoards()],
    ),
  'poll-stalled': (deps) =>
    select(
      deps,
      `select a.agency as subject, 1 as count, '{}'::text[] as items
       from unnest($1::text[]) as a(agency) left join boards b on b.agency = a.agency
       where b.poll_at is null or b.poll_at < now() - interval '5 minutes'`,
      [deps.listPolled()],
    ),
  'adapter-missing': async ({ listUnserved }) =>
    listUnserved().map(({ agency, reason }) => ({ subject: agency, count: 1, items: [reason] })),
  'board-paging': findUnpagedBoards,
  'board-changed': findBoardChanges,
  'items-parked': (deps) =>
    select(
      deps,
      `select agency as subject, count(*)::int as count, (array_agg(id::text order by id desc))[1:5] as items
       from raw_items where outcome = 'parked' group by agency`,
    ),
  // The reasons are those of adapters/mail in which an address is wrong or a writer is unclear: the agency can judge
  // them.
  'mails-parked': (deps) =>
    select(
      deps,
      `select agency as subject, count(*)::int as count, (array_agg(id::text order by id desc))[1:5] as items
       from raw_items where outcome = 'parked'
         and problems #>> '{0,reason,code}' in ('mail_bounced', 'mail_who')
       group by agency`,
    ),
  'links-parked': (deps) =>
    select(
      deps,
      `select l.agency as subject, count(*)::int as count, ${firstNumbers('l.id')} as items
       from links l join complaints c on c.id = l.complaint_id where l.state = 'parked' group by l.agency`,
    ),
  'webhooks-away': (deps) =>
    select(
      deps,
      `select agency as subject, count(*)::int as count, (array_agg(endpoint order by endpoint))[1:5] as items
       from endpoint_health where closed_until is not null and failures > 0 group by agency`,
    ),
  'webhooks-parked': (deps) =>
    select(
      deps,
      `select d.agency as subject, count(*)::int as count, ${firstNumbers('d.next_at')} as items
       from endpoint_deliveries d join complaints c on c.id = d.complaint_id where d.state = 'parked' group by d.agency`,
    ),
  // A person who was told on another channel counts as told.
  'notices-failed': (deps) =>
    select(
      deps,
      `select n.channel as subject, count(*)::int as count, ${firstNumbers('n.created_at')} as items
       from notices n join complaints c on c.id = n.complaint_id
       where n.state = 'failed' and n.created_at > now() - interval '14 days' and not exists (select from notices o
         where o.complaint_id = n.complaint_id and o.seq = n.seq and o.template = n.template and o.audience = n.audience
           and o.agency = n.agency and coalesce(o.recipient_mark, o.recipient) = coalesce(n.recipient_mark, n.recipient) and o.channel <> n.channel and o.state in ('due', 'sent'))
       group by n.channel`,
    ),
  // A message that its provider refused waits for a later time. A message that is due now and has an error found no
  // provider.
  'provider-failing': (deps) =>
    select(
      deps,
      `select channel as subject, count(*)::int as count, '{}'::text[] as items from (select channel from notices
         where state = 'due' and next_at <= now() and (last_error is not null or next_at < now() - interval '5 minutes')
         limit 1000) n group by channel`,
    ),
  'deadline-passed': (deps) =>
    select(
      deps,
      `select c.assignee as subject, count(*)::int as count, ${firstNumbers('c.due_at')} as items
       from complaints c where c.status in (${toLiterals(untouchedStatuses)}) and c.due_at < now() - interval '1 day'
       group by c.assignee`,
    ),
  'registration-late': async ({ store, listUnregistered }) =>
    (await listUnregistered(store)).flatMap(({ agency, late, items }) =>
      late > 0 ? [{ subject: agency, count: late, items: items.map(said) }] : [],
    ),
  'handing-late': (deps) =>
    select(
      deps,
      `select c.assignee as subject, count(*)::int as count, ${firstNumbers('p.hand_by')} as items
       from process_cases p join complaints c on c.id = p.complaint_id where p.hand_by < now() group by c.assignee`,
    ),
  // A transfer cannot be made earlier any more. It is told for a day.
  'transfer-late': (deps) =>
    select(
      deps,
      `select c.assignee as subject, count(*)::int as count, ${firstNumbers('p.late_transfer_at desc')} as items
       from process_cases p join complaints c on c.id = p.complaint_id
       where p.late_transfer_at > now() - interval '1 day' group by c.assignee`,
    ),
  'sign-in-attack': findSignInAttacks,
  'break-glass': findBreakGlass,
  'sign-on-certificate': findSignOnCertificates,
  'unforeseen-access': findUnforeseen,
  'request-late': (deps) => select(deps, toRequestsText('q.due_at < now()')),
  'request-soon': (deps) =>
    select(deps, toRequestsText("q.due_at >= now() and q.due_at < now() + interval '3 days'")),
  'ledger-difference': findLedgerDifferences,
  ...findAgentConditions,
  ...findReportConditions,
};

/** Requests of persons about their own data, by their numbers. */
const toRequestsText = (due: string) =>
  `select 'personal-data' as subject, count(*)::int as count, (array_agg(q.number::text order by q.due_at, q.number))[1:5] as items
   from subject_requests q where q.state in ('received', 'identified', 'decided') and ${due} having count(*) > 0`;

async function findUnpagedBoards({ store, listBoards }: FindDependencies): Promise<Finding[]> {
  const { rows } = await store.pool.query<{ agency: string; notice: Reason }>(
    'select agency, poll_notice as notice from boards where poll_notice is not null and agency = any($1)',
    [listBoards()],
  );
  return rows.map(({ agency, notice }) => ({ subject: agency, count: 1, items: [notice] }));
}

/** Findings of one board that are named. The rest is counted. */
const namedOfBoard = 10;

/** Changes that touch what an agency's configuration uses: the field, and the places that use it. */
async function findBoardChanges({ store, listBoards }: FindDependencies): Promise<Finding[]> {
  const { rows } = await store.pool.query<{ agency: string; changes: NotedChange[] }>(
    'select agency, changes from board_shapes where concerned > 0 and agency = any($1)',
    [listBoards()],
  );
  return rows.map(({ agency, changes }) => {
    const concerning = changes.filter(isConcerning);
    const items = concerning.slice(0, namedOfBoard).map(toChangedReason);
    return { subject: agency, count: concerning.length, items };
  });
}

/** Differences of one day that are named. The rest is counted. */
const namedOfDay = 5;

/** Yesterday, today, and the days that did not balance at the last look. So none is forgotten when it grows old. */
async function findLedgerDifferences({ store }: FindDependencies): Promise<Finding[]> {
  const today = toLedgerDay(new Date());
  const { rows } = await store.pool.query<{ day: string }>(
    `select distinct item #>> '{params,day}' as day from alerts, jsonb_array_elements(items) as item
     where condition = 'ledger-difference' and state = 'open'`,
  );
  const found = new Map<string, Finding>();
  for (const day of [...new Set([today, addDays(today, -1), ...rows.map((row) => row.day)])].sort())
    for (const row of (await readLedgerDay(store, day)).filter((one) => !isBalanced(one))) {
      const finding = found.get(row.agency) ?? { subject: row.agency, count: 0, items: [] };
      found.set(row.agency, finding);
      finding.count += row.received.difference + row.due.difference + row.notices.difference;
      for (const entry of await listDifferences(store, day, row.agency, namedOfDay))
        finding.items.push(toReason('on_day', { day, what: toDifferenceReason(entry) }));
    }
  return [...found.values()];
}
