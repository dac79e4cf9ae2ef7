/** A table that holds something of persons, and how what is of one person is read out of it. */
export interface HeldTable {
  table: string;
  /** What it is, for the person who gets it. */
  words: readonly [ko: string, en: string];
  /**
   * Reads the rows of what was confirmed: `$1` the ids of complaints, `$2` of raw items, `$3` of drafts (`user place`), `$4` of other
   * requests, `$5` of saved filters. Each column is given out, so whose else a row is must not be among them.
   */
  text: string;
}

const number = 'c.receipt_number as "receiptNumber"';
const ofComplaint = 'c.id = any($1::uuid[])';
/** Rows of a table that names its complaint. */
const byComplaint = (table: string, columns: string, order: string) =>
  `select ${number}, ${columns} from ${table} t join complaints c on c.id = t.complaint_id where ${ofComplaint} order by c.id, ${order}`;
const byLink = (table: string, columns: string, order: string) =>
  `select ${number}, l.agency, ${columns} from ${table} t join links l on l.id = t.link_id join complaints c on c.id = l.complaint_id
    where ${ofComplaint} order by c.id, ${order}`;

const held = (table: string, words: HeldTable['words'], text: string): HeldTable => ({ table, words, text });

/** Every table that holds something of complainants, in the order in which it is given out. tests/hub/personal/requests compares it with the database. */
export const heldTables: readonly HeldTable[] = [
  held(
    'complaints',
    ['민원', 'Complaints'],
    `select ${number}, c.origin_number as "originNumber", c.origin, c.assignee, c.status, c.kind, c.content, c.routing, c.registered_at as "registeredAt",
       c.taken_in_at as "takenInAt", c.due_at as "dueAt", c.officer, c.contributions, c.updated_at as "updatedAt"
     from complaints c where ${ofComplaint} order by c.id`,
  ),
  held(
    'events',
    ['처리 이력', 'History'],
    byComplaint('events', `t.seq, t.type, t.at, t.actor ->> 'agency' as agency, t.data`, 't.seq'),
  ),
  held(
    'attachments',
    ['첨부 파일', 'Files'],
    byComplaint(
      'attachments',
      't.seq, t.agency, t.declared, t.reference, t.state, t.created_at as "createdAt", t.last_error as problem',
      't.seq, t.position',
    ),
  ),
  held(
    'attachment_deliveries',
    ['첨부 파일 전달', 'Files that were brought to boards'],
    `select ${number}, d.agency, d.state, d.last_error as problem from attachment_deliveries d join attachments a on a.id = d.attachment_id
       join complaints c on c.id = a.complaint_id where ${ofComplaint} order by c.id, a.seq, d.agency`,
  ),
  held(
    'links',
    ['기관 게시판의 사본', 'Copies on boards of agencies'],
    byComplaint(
      'links',
      't.agency, t.role, t.state, t.external_id as "externalId", t.last_error as problem',
      't.agency',
    ),
  ),
  held(
    'attempts',
    ['기관 게시판에 전달한 기록', 'Calls to boards'],
    byLink('attempts', 't.seq, t.started_at as "startedAt", t.outcome, t.reason', 't.started_at'),
  ),
  held(
    'drifts',
    ['게시판과의 차이', 'Differences found on boards'],
    byLink('drifts', 't.kind, t.parts, t.state', 't.id'),
  ),
  held(
    'endpoint_deliveries',
    ['기관 프로그램에 알린 기록', 'What programs of agencies were told'],
    byComplaint(
      'endpoint_deliveries',
      't.agency, t.endpoint, t.seq, t.state, t.ended_at as "endedAt", t.last_error as problem',
      't.id',
    ),
  ),
  held(
    'notices',
    ['알림', 'Notices'],
    byComplaint(
      'notices',
      `t.seq, t.template, t.audience, t.agency, t.recipient, t.channel, t.address, t.fallbacks, t.state, t.report, t.sent_at as "sentAt",
       t.created_at as "createdAt", t.last_error as problem, t.by_hand as "byHand"`,
      't.created_at, t.id',
    ),
  ),
  held(
    'outbox',
    ['보관한 알림 글', 'Messages that are kept'],
    `select ${number}, n.audience, o.address, o.subject, o.text, o.html, o.kept_at as "keptAt" from outbox o join notices n on n.id = o.notice_id
       join complaints c on c.id = n.complaint_id where ${ofComplaint} order by c.id, o.kept_at, n.id`,
  ),
  held(
    'duties_told',
    ['직접 알린 기록', 'What people told by hand'],
    byComplaint('duties_told', 't.kind, t.day, t.by_hand as "byHand"', 't.day, t.kind'),
  ),
  held(
    'raw_items',
    ['받은 그대로의 기록', 'What came in, as it came'],
    `select (select c.receipt_number from complaints c where c.id = r.complaint_id) as "receiptNumber", r.agency, r.source, r.external_id as "externalId",
       r.received_at as "receivedAt", r.outcome, r.body, r.cut, r.problems, r.note from raw_items r
     where r.complaint_id = any($1::uuid[]) or r.id = any($2::uuid[]) order by r.received_at, r.id`,
  ),
  held(
    'provisions',
    ['제3자 제공 기록', 'Copies that left'],
    byComplaint(
      'provisions',
      't.at, t.agency, t.way, t.recipient, t.items, t.purpose, t.basis, t.certain',
      't.id',
    ),
  ),
  held(
    'consents',
    ['동의', 'Consents'],
    byComplaint(
      'consents',
      `t.agency, t.purpose, t.items, t.required, t.text_version as "textVersion", t.wording, t.given_at as "givenAt", t.until, t.way,
       t.withdrawn_at as "withdrawnAt"`,
      't.given_at, t.id',
    ),
  ),
  held(
    'kept_identifiers',
    ['법령에 따라 보관한 번호', 'Numbers that a law lets an agency keep'],
    byComplaint(
      'kept_identifiers',
      't.agency, t.kind, t.value, t.law, t.kept_at as "keptAt"',
      't.kept_at, t.id',
    ),
  ),
  held(
    'access_entries',
    ['개인정보 접속기록', 'Who saw it'],
    // Whose else an entry is, and from where an officer came, stays.
    `select e.at, e.actor, e.agency, e.way, e.act, e.purpose, e.items, e.masked, e.reason from access_entries e
     where e.subjects && ($1::uuid[] || $2::uuid[] || $4::uuid[]) order by e.at, e.id`,
  ),
  held(
    'audit_entries',
    ['변경 기록', 'What was changed'],
    `select a.at, a.actor, a.action, a.subject, a.agency from audit_entries a
     where a.subject = any(array(select 'complaint ' || c.receipt_number from complaints c where ${ofComplaint})) order by a.id`,
  ),
  held(
    'notes',
    ['내부 메모', 'Internal notes'],
    byComplaint(
      'notes',
      't.agency, t.author, t.body, t.written_at as "writtenAt", t.struck_at as "struckAt"',
      't.id',
    ),
  ),
  held(
    'answer_reviews',
    ['결재를 기다린 답변', 'Answers that waited for release'],
    byComplaint(
      'answer_reviews',
      't.agency, t.author, t.fields, t.files, t.state, t.comment, t.sent_at as "sentAt"',
      't.id',
    ),
  ),
  held(
    'held_acts',
    ['보내기 전에 잠시 둔 처리', 'Acts that were held for a moment'],
    byComplaint(
      'held_acts',
      't.agency, t.login, t.form, t.action, t.fields, t.files, t.post, t.state, t.sent_at as "sentAt"',
      't.id',
    ),
  ),
  held(
    'bulk_runs',
    ['여러 건 한꺼번에 처리', 'Acts on several complaints at once'],
    `select b.receipt_number as "receiptNumber", r.act, r.fields, b.outcome, r.made_at as "madeAt" from bulk_results b join bulk_runs r on r.id = b.run_id
     where b.receipt_number = any(array(select c.receipt_number from complaints c where ${ofComplaint})) order by r.made_at, b.position`,
  ),
  held(
    'drafts',
    ['쓰다 만 글', 'Drafts'],
    `select (select c.receipt_number from complaints c where c.id = d.complaint_id) as "receiptNumber", d.fields, d.files, d.saved_at as "savedAt" from drafts d
     where d.complaint_id = any($1::uuid[]) or d.user_id || ' ' || d.place = any($3::text[]) order by d.saved_at`,
  ),
  held(
    'retention_holds',
    ['파기 보류', 'Holds of destruction'],
    byComplaint(
      'retention_holds',
      't.reason, t.held_by as "heldBy", t.held_at as "heldAt", t.ended_at as "endedAt"',
      't.held_at',
    ),
  ),
  held(
    'reminder_letters',
    ['독촉장', 'Reminder letters'],
    byComplaint(
      'reminder_letters',
      't.agency, t.rule, t.due_at as "dueAt", t.made_at as "madeAt"',
      't.made_at',
    ),
  ),
  held(
    'saved_filters',
    ['저장한 검색', 'Saved searches'],
    'select f.name, f.query, f.created_at as "createdAt" from saved_filters f where f.id = any($5::uuid[]) order by f.created_at',
  ),
  held(
    'subject_requests',
    ['개인정보 열람 등 요구', 'Requests about own data'],
    `select q.number, q.kind, q.state, q.way, q.received_at as "receivedAt", q.facts, q.record from subject_requests q
     where q.id = any($4::uuid[]) order by q.number`,
  ),
];

/** Tables with a complaint's number or mark in which nothing else of a person stands: each is made of, or points at, what is given out. */
export const derivedTables: Readonly<Record<string, string>> = {
  complaint_terms: 'marks of the words of a complaint, made of its text',
  unindexed: 'that the words are to be indexed',
  terms_to_renew: 'that marks are to be made again',
  process_cases: 'figures made of the history',
  unmeasured: 'that the figures are to be made again',
  owed_duties: 'what is due next, made of the history',
  open_work: 'where a complaint waits, made of its state',
  joins: 'which complaint leads which: the history tells it of the own one; the other is of another person',
  idempotency_keys: 'a key that a caller chose for a call',
  feed_changes: 'that an event waits in a feed',
  replay_links: 'that events are brought again',
  bulk_results: 'what became of an act on several complaints: read with bulk_runs',
  note_mentions: 'which officer a note names: read with notes',
  attachment_contents: 'the contents of files by their digest: the files are listed in attachments',
  holdings: 'digests that a comparison noted, by the number of a post',
  subject_holdings: 'what was found for a request',
  subject_corrections: 'that a complaint was corrected for a request: the history has it',
  subject_hand_work: 'that a person corrected a post on a board',
  access_unsealed: 'that an entry of the access log is to be sealed',
  endpoint_attempts: 'calls of deliveries: the deliveries are given out',
};

/** Tables that hold nothing of complainants, by what they hold. A new table has to be put here, or read above. */
export const otherTables: Readonly<Record<string, readonly string[]>> = {
  'people of agencies and of the hub: their accounts, sign-in and desks': [
    ...[
      'users',
      'absences',
      'account_asks',
      'account_links',
      'account_mails',
      'account_proposals',
      'account_tokens',
    ],
    ...[
      'sessions',
      'known_devices',
      'half_sign_ins',
      'recovery_codes',
      'second_factors',
      'factor_asks',
      'sign_in_tries',
    ],
    ...['sign_on_seen', 'sign_on_sessions', 'sign_on_subjects', 'sign_on_tries', 'desk_settings'],
  ],
  'keys, and what protects the doors': [
    ...['admin_keys', 'api_keys', 'data_keys', 'signing_keys', 'reseals', 'seen_messages', 'managed_calls'],
    ...['door_calls', 'door_days', 'door_logs', 'door_slots', 'door_windows', 'api_versions'],
  ],
  'the state of boards, agents and endpoints': [
    ...[
      'boards',
      'board_shapes',
      'board_shape_decisions',
      'agents',
      'agent_logs',
      'feeds',
      'endpoint_health',
    ],
    ...['reconciliations', 'remaps', 'replays', 'repair_decisions', 'stage_evidence', 'stage_switches'],
  ],
  'questions to agents, for the minutes in which they are asked': ['agent_asks', 'agent_answers'],
  'the configuration, and texts of agencies': [
    ...['configurations', 'configuration_drafts', 'configuration_proposals', 'canned_answers'],
  ],
  'what was made up or masked to try something': [
    ...['trial_messages', 'test_complaints', 'workbench_differences', 'workbench_runs', 'workbench_samples'],
  ],
  'figures, alerts and reports without persons': [
    ...['alerts', 'alert_checks', 'alert_messages', 'inspections', 'process_stale', 'process_sums'],
    ...['access_anchors', 'access_reviews', 'access_seals', 'destructions', 'migrations'],
  ],
  'files that nothing names yet, by their name: of which person, nothing tells': ['uploads'],
  'leaks: facts about an incident': ['breaches'],
};
