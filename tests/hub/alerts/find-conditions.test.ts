import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { ConditionName } from '../../../hub/alerts/conditions.ts';
import { findConditions } from '../../../hub/alerts/find-conditions.ts';
import { createClockRules } from '../../../hub/clock/deadline.ts';
import { toLedgerDay } from '../../../hub/exchange/ledger/days.ts';
import { listUnregistered } from '../../../hub/insight/limits/read-limits.ts';
import { inWords } from '../../support/in-words.ts';
import { type OpenBook, openBook } from '../exchange/ledger/open-book.ts';

let book: OpenBook;
beforeAll(async () => {
  book = await openBook();
});
beforeEach(() => book.empty());
afterAll(() => book.close());

const sql = (text: string, values: unknown[] = []) => book.store.pool.query(text, values);
const boards = ['sbiz', 'other'];
const find = (condition: ConditionName) =>
  findConditions[condition]({
    store: book.store,
    listBoards: () => boards,
    listPolled: () => boards,
    listUnserved: () => [],
    listSignOns: () => [],
    listUnregistered: (store) =>
      listUnregistered(store, { findAgency: () => undefined, clock: createClockRules }, new Date()),
    listAgents: () => ['sbiz'],
  });
const all: ConditionName[] = [
  ...(['board-away', 'backlog', 'outcome-unknown', 'poll-stalled', 'items-parked', 'links-parked'] as const),
  ...(['notices-failed', 'provider-failing', 'deadline-passed', 'ledger-difference'] as const),
  ...(['agent-silent', 'agent-clock', 'agent-configuration', 'agent-certificate', 'agent-backlog'] as const),
  ...(['board-paging', 'board-changed', 'credentials-refused', 'sign-in-attack', 'mails-parked'] as const),
  'break-glass',
  ...(['registration-late', 'handing-late', 'transfer-late'] as const),
  ...(['texts-undelivered', 'reports-stopped', 'webhooks-away', 'webhooks-parked'] as const),
];

it('finds nothing wrong with what has just come in', async () => {
  await book.file('1');
  await sql(
    `insert into boards (agency, poll_at) values ('sbiz', now()), ('other', now() + interval '30 seconds')`,
  );
  for (const condition of all) expect(await find(condition), condition).toEqual([]);
});

/** The complaint as it is measured, with a limit at a time from now. */
const limited = (column: string, from: string) => `
  insert into process_cases (complaint_id, agency, kind, month, state, taken_in_at, stops, extensions, transfers, reopened, ${column})
  select id, assignee, kind, '2026-11', 'open', now(), 0, 0, 0, false, now() + interval '${from}' from complaints
  on conflict (complaint_id) do update set ${column} = excluded.${column}`;

const beating = "insert into agents (agency, heartbeat, heartbeat_at, skew) values ('sbiz',";
/** What is wrong by SQL, and what is then found; $ stands for the complaint's receipt number. */
const cases: [ConditionName, string, string, { subject: string; count: number; items: string[] }[]][] = [
  [
    'sign-in-attack',
    'turns tries away: the login is named where it is somebody',
    `with kim as (insert into users (id, login, name, role, password_hash, language)
         values (gen_random_uuid(), 'kim', '김상담', 'counsellor', '-', 'ko') returning id),
       tries (subject, kind, login, tries) as (values ('address 1', 'address', null, 12), ('pair 1', 'pair', 'kim', 11),
         ('pair 2', 'pair', null, 300), ('login 1', 'login', 'lee', 20))
     insert into sign_in_tries (subject, kind, user_id, tries, until)
       select subject, kind, case when login = 'kim' then (select id from kim) end, tries, now() + interval '1 minute' from tries`,
    [{ subject: 'sign-in', count: 12, items: ['kim'] }],
  ],
  [
    'sign-in-attack',
    'is slow guessing from many addresses',
    `insert into sign_in_tries (subject, kind, tries, until)
       select 'address ' || n, 'address', 9, now() + interval '1 minute' from generate_series(1, 12) n`,
    [{ subject: 'sign-in', count: 108, items: [] }],
  ],
  [
    'sign-in-attack',
    'is over with its window, and no few mistyped passwords',
    `insert into sign_in_tries (subject, kind, tries, until) values ('pair 1', 'pair', 300, now() - interval '1 second'),
       ('address 1', 'address', 99, now() + interval '1 minute')`,
    [],
  ],
  [
    'break-glass',
    'was used today, and not the day before',
    `insert into audit_entries (actor, way, action, subject, at) values
       ('safe', 'console', 'account.break_glass_used', 'user safe', now() - interval '23 hours'),
       ('safe', 'console', 'account.break_glass_used', 'user safe', now() - interval '25 hours'),
       ('kim', 'console', 'account.password_set', 'user kim', now())`,
    [{ subject: 'sign-in', count: 1, items: ['safe'] }],
  ],
  [
    'unforeseen-access',
    'was logged today, and not the day before',
    `select make_access_months((now() - interval '2 days')::date);
     insert into access_entries (at, actor, agency, way, address, act, purpose, place, subjects, items, masked, reason, digest)
       select now() - make_interval(hours => ago), 'kim', 'road', 'console', '', 'read', purpose, place, '{}', '{}', false, '', ''
       from (values (1, 'unforeseen', 'GET /a'), (2, 'unforeseen', 'GET /b'), (3, 'unforeseen', 'GET /b'),
         (25, 'unforeseen', 'GET /c'), (1, 'handling', 'GET /d')) as e(ago, purpose, place)`,
    [{ subject: 'personal-data', count: 3, items: ['GET /b', 'GET /a'] }],
  ],
  [
    'request-late',
    'waits for an answer after its last day, and was not told or withdrawn',
    `insert into subject_requests (id, kind, state, way, received_at, due_at, facts, made_by, number) values
       (gen_random_uuid(), 'access', 'received', 'phone', now(), now() - interval '1 hour', '{}', 'kim', 41),
       (gen_random_uuid(), 'stop', 'decided', 'phone', now(), now() - interval '2 hours', '{}', 'kim', 42),
       (gen_random_uuid(), 'access', 'told', 'phone', now(), now() - interval '1 day', '{}', 'kim', 43),
       (gen_random_uuid(), 'access', 'withdrawn', 'phone', now(), now() - interval '1 day', '{}', 'kim', 44),
       (gen_random_uuid(), 'access', 'identified', 'phone', now(), now() + interval '1 hour', '{}', 'kim', 45)`,
    [{ subject: 'personal-data', count: 2, items: ['42', '41'] }],
  ],
  [
    'request-soon',
    'is due within three days',
    `insert into subject_requests (id, kind, state, way, received_at, due_at, facts, made_by, number) values
       (gen_random_uuid(), 'access', 'received', 'phone', now(), now() - interval '1 hour', '{}', 'kim', 51),
       (gen_random_uuid(), 'access', 'identified', 'phone', now(), now() + interval '71 hours', '{}', 'kim', 52),
       (gen_random_uuid(), 'access', 'identified', 'phone', now(), now() + interval '73 hours', '{}', 'kim', 53)`,
    [{ subject: 'personal-data', count: 1, items: ['52'] }],
  ],
  [
    'board-away',
    'cannot be read',
    `insert into boards (agency, poll_failures, poll_error, poll_error_kind) values ('other', 3, '{"code":"said","said":"500"}', 'unreachable')`,
    [{ subject: 'other', count: 3, items: ['unreachable'] }],
  ],
  [
    'board-away',
    'takes nothing',
    `insert into boards (agency, failures) values ('other', 5), ('sbiz', 4)`,
    [{ subject: 'other', count: 5, items: [] }],
  ],
  [
    'board-away',
    'behind an agent that is silent is told of by that alone',
    `with gone as (insert into boards (agency, poll_failures) values ('sbiz', 3)) ${beating} '{}', now() - interval '151 seconds', 0)`,
    [],
  ],
  [
    'agent-silent',
    'was not heard of for five heartbeats',
    `insert into agents (agency, enrolled_at) values ('sbiz', now() - interval '151 seconds'), ('other', now() - interval '1 day')`,
    [{ subject: 'sbiz', count: 1, items: [] }],
  ],
  [
    'agent-clock',
    'is behind',
    `${beating} '{}', now(), -60001)`,
    [{ subject: 'sbiz', count: 1, items: ['-60 s'] }],
  ],
  [
    'agent-configuration',
    'could not be used',
    `insert into agents (agency, heartbeat_at, configuration, configuration_outcome) values ('sbiz', now(), 4, 'rolled-back')`,
    [{ subject: 'sbiz', count: 1, items: ['version 4'] }],
  ],
  [
    'agent-certificate',
    'ends on a day of old',
    `${beating} '{"certificateExpiresAt": "2026-01-02T03:04:05Z"}', now(), 0)`,
    [{ subject: 'sbiz', count: 1, items: ['2026-01-02T03:04:05Z'] }],
  ],
  [
    'agent-backlog',
    'waits since an hour ago by a clock that is an hour behind: since now',
    `${beating} jsonb_build_object('backlog', jsonb_build_object('oldest', now() - interval '1 hour')), now(), -3600000)`,
    [],
  ],
  [
    'agent-backlog',
    "waits by the hub's clock",
    `${beating} '{"backlog": {"oldest": "2026-01-02T03:04:05Z"}}', now(), 0)`,
    [{ subject: 'sbiz', count: 1, items: ['2026-01-02T03:04:05Z'] }],
  ],
  [
    'board-paging',
    'gives its list at once, and one that had to be told of nothing',
    `insert into boards (agency, poll_notice) values ('sbiz', null), ('other', '{"code":"list_cut","params":{"n":5}}')`,
    [
      {
        subject: 'other',
        count: 1,
        items: [expect.stringContaining('the same 5 posts for every page')],
      },
    ],
  ],
  [
    'board-changed',
    'has changed where its configuration depends on it',
    `insert into board_shapes (agency, looked_at, next_at, concerned, changes) values
       ('sbiz', now(), now(), 0, '[{"place": "post.note", "kind": "new", "now": "string", "uses": []}]'),
       ('other', now(), now(), 1, '[{"place": "minwon.no", "kind": "type", "before": "int", "now": "bigint", "uses":
         ["/normalise", "/pull", "/push/answered", "/push/registered", "/push/withdrawn"]}]')`,
    [
      {
        subject: 'other',
        count: 1,
        items: [
          'minwon.no: another type (int → bigint) → /board/settings/normalise, /board/settings/pull, /board/settings/push/answered, /board/settings/push/registered (+1)',
        ],
      },
    ],
  ],
  [
    'board-away',
    'of a board that refuses the credentials is no second alert',
    `insert into boards (agency, poll_failures, poll_error_kind, failures, unauthorised_since) values
       ('other', 3, 'unauthorised', 0, null), ('sbiz', 0, null, 5, now())`,
    [],
  ],
  [
    'credentials-refused',
    'is neither read nor written',
    `insert into boards (agency, poll_failures, poll_error_kind, unauthorised_since) values
       ('other', 3, 'unauthorised', now()), ('sbiz', 1, 'unreachable', null)`,
    [{ subject: 'other', count: 2, items: ['delivery', 'poll'] }],
  ],
  [
    'backlog',
    'has waited',
    `update events set at = at - interval '31 minutes'`,
    [{ subject: 'other', count: 1, items: ['$'] }],
  ],
  [
    'backlog',
    'of a board that is away is no second alert',
    `with away as (insert into boards (agency, failures) values ('other', 5)) update events set at = at - interval '31 minutes'`,
    [],
  ],
  [
    'outcome-unknown',
    'was left by a process that ended',
    `update links set attempting = 1, next_at = now() - interval '16 minutes' where agency = 'other'`,
    [{ subject: 'other', count: 1, items: ['$'] }],
  ],
  [
    'outcome-unknown',
    'is asked for in vain',
    `with marked as (update links set attempting = 1, next_at = now() where agency = 'other' returning id)
     insert into attempts (id, link_id, seq, started_at, outcome) select gen_random_uuid(), id, 1, now() - interval '16 minutes', 'unknown' from marked`,
    [{ subject: 'other', count: 1, items: ['$'] }],
  ],
  ['outcome-unknown', 'is just being called', `update links set attempting = 1 where agency = 'other'`, []],
  [
    'poll-stalled',
    'is not looked at',
    `insert into boards (agency, poll_at) values ('sbiz', now() - interval '6 minutes'), ('other', now())`,
    [{ subject: 'sbiz', count: 1, items: [] }],
  ],
  [
    'mails-parked',
    'did not reach an officer, or is of nobody known',
    `insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome, problems)
     select v.id::uuid, 'other', 'poll', v.id, '1', '{}', '{}', now(), 'parked', jsonb_build_array(jsonb_build_object('pointer', '', 'reason', jsonb_build_object('code', v.why))) from (values
       ('00000000-0000-7000-8000-000000000001', 'mail_bounced'),
       ('00000000-0000-7000-8000-000000000002', 'mail_who'),
       ('00000000-0000-7000-8000-000000000003', 'required')) v(id, why)`,
    [
      {
        subject: 'other',
        count: 2,
        items: ['00000000-0000-7000-8000-000000000002', '00000000-0000-7000-8000-000000000001'],
      },
    ],
  ],
  [
    'links-parked',
    'refuses',
    `update links set state = 'parked' where agency = 'other'`,
    [{ subject: 'other', count: 1, items: ['$'] }],
  ],
  [
    'webhooks-away',
    'is left alone by its breaker',
    `insert into endpoint_health (agency, endpoint, settings, failures, closed_until) values
       ('other', 'chat', '', 5, now()), ('other', 'statistics', '', 0, null)`,
    [{ subject: 'other', count: 1, items: ['chat'] }],
  ],
  [
    'webhooks-parked',
    'does not take an event',
    `insert into endpoint_deliveries (agency, endpoint, complaint_id, seq, state)
       select 'other', 'chat', id, 1, 'parked' from complaints`,
    [{ subject: 'other', count: 1, items: ['$'] }],
  ],
  [
    'notices-failed',
    'cannot be told',
    `update notices set state = 'failed' where audience = 'complainant'`,
    [{ subject: 'email', count: 1, items: ['$'] }],
  ],
  [
    'provider-failing',
    'takes no message',
    `update notices set last_error = '{"code":"said","said":"ECONNREFUSED"}', next_at = now() where audience = 'complainant'`,
    [{ subject: 'email', count: 1, items: [] }],
  ],
  [
    'provider-failing',
    'has put a message off',
    `update notices set last_error = '{"code":"said","said":"451"}', next_at = now() + interval '5 minutes'`,
    [],
  ],
  [
    'deadline-passed',
    'has not begun',
    `update complaints set due_at = now() - interval '25 hours'`,
    [{ subject: 'other', count: 1, items: ['$'] }],
  ],
  [
    'deadline-passed',
    'is at work',
    `update complaints set due_at = now() - interval '25 hours', status = 'in_progress'`,
    [],
  ],
  [
    'handing-late',
    'was given to nobody',
    limited('hand_by', '-1 minute'),
    [{ subject: 'other', count: 1, items: ['$'] }],
  ],
  ['handing-late', 'has a minute left', limited('hand_by', '1 minute'), []],
  [
    'transfer-late',
    'was transferred late today',
    limited('late_transfer_at', '-23 hours'),
    [{ subject: 'other', count: 1, items: ['$'] }],
  ],
  ['transfer-late', 'was transferred late two days ago', limited('late_transfer_at', '-48 hours'), []],
];

/** Texts by what was reported of them, each sent two hours ago and a minute after the one before. */
const textsOf = (...reports: string[]) => `
  insert into notices (id, complaint_id, seq, template, audience, agency, recipient, channel, language, state, report, reported_at, sent_at)
  select gen_random_uuid(), n.complaint_id, n.seq, n.template, n.audience, n.agency, 'text ' || t.at, 'sms', n.language,
    case t.report when 'undelivered' then 'failed' else 'sent' end, t.report,
    case when t.report in ('delivered', 'undelivered') then now() end, now() - interval '2 hours' + t.at * interval '1 minute'
  from (select * from notices where audience = 'complainant') n,
    unnest(array['${reports.join("','")}']) with ordinality as t(report, at)`;
const times = (n: number, report: string) => new Array<string>(n).fill(report);
const five = { subject: 'sms', count: 5, items: new Array<string>(5).fill('$') };
cases.push(
  [
    'texts-undelivered',
    'are many',
    textsOf(...times(5, 'undelivered'), ...times(20, 'delivered'), ...times(9, 'awaited')),
    [five],
  ],
  [
    'texts-undelivered',
    'are few among many',
    textsOf(...times(5, 'undelivered'), ...times(21, 'delivered')),
    [],
  ],
  [
    'texts-undelivered',
    'are an eighth of very many',
    textsOf(...times(400, 'undelivered').flatMap((one) => [one, ...times(7, 'delivered')])),
    [],
  ],
  ['texts-undelivered', 'are few', textsOf(...times(4, 'undelivered')), []],
  [
    'reports-stopped',
    'after the earlier ones',
    textsOf('delivered', ...times(4, 'awaited'), 'unconfirmed'),
    [five],
  ],
  ['reports-stopped', 'for one phone only', textsOf(...times(5, 'awaited'), 'delivered'), []],
  [
    'reports-stopped',
    'of what was sent just now',
    `with t as (${textsOf(...times(5, 'awaited'))} returning id) select * from t;
     update notices set sent_at = now() where report = 'awaited'`,
    [],
  ],
);

it.each(cases)('%s: %s', async (condition, _, wrong, expected) => {
  const { receiptNumber } = await book.file('1');
  await sql(wrong);
  const named = expected.map((one) => ({
    ...one,
    items: one.items.map((item) => (item === '$' ? receiptNumber : item)),
  }));
  expect(inWords(await find(condition))).toEqual(named);
});

it('items-parked: names the items', async () => {
  const accepted = await book.take('sbiz', '4', 'bad');
  if (accepted.outcome !== 'parked') throw new Error('not parked');
  expect(inWords(await find('items-parked'))).toEqual([
    { subject: 'sbiz', count: 1, items: [accepted.rawItemId] },
  ]);
});

it('notices-failed: whoever was told by another way was told', async () => {
  await book.file('1');
  await sql(`update notices set state = 'failed' where audience = 'complainant'`);
  await sql(
    `insert into notices (id, complaint_id, seq, template, audience, agency, recipient, channel, language, state)
     select gen_random_uuid(), complaint_id, seq, template, audience, agency, recipient, 'sms', language, 'sent' from notices
     where audience = 'complainant'`,
  );
  expect(inWords(await find('notices-failed'))).toEqual([]);
});

it('ledger-difference: names what is wrong, also of a day that grew old', async () => {
  const { receiptNumber, id } = await book.file('1');
  await sql(`delete from links where agency = 'other'`);
  const item = `link-missing: ${id} ${receiptNumber} event 2`;
  const today = toLedgerDay(new Date());
  expect(inWords(await find('ledger-difference'))).toEqual([
    { subject: 'other', count: 1, items: [`${today} ${item}`] },
  ]);
  const long = new Date(Date.now() - 9 * 86_400_000);
  await sql('update events set at = $1', [long]);
  await sql('update complaints set registered_at = $1', [long]);
  await sql('update raw_items set received_at = $1, decided_at = $1', [long]);
  expect(inWords(await find('ledger-difference'))).toEqual([]);
  const day = toLedgerDay(long);
  await sql(
    `insert into alerts (id, condition, subject, state, since, seen_at, count, items)
     values (gen_random_uuid(), 'ledger-difference', 'other', 'open', now(), now(), 1, $1)`,
    [JSON.stringify([{ code: 'on_day', params: { day, what: 'x' } }])],
  );
  expect(inWords(await find('ledger-difference'))).toEqual([
    { subject: 'other', count: 1, items: [`${day} ${item}`] },
  ]);
});
