// biome-ignore-all lint/style/noExcessiveLinesPerFile: one table, written by `npm run tables` from a migrated database.
import type { Generated } from 'kysely';
import type {
  Actor,
  AttachmentReference,
  Channel,
  ClockFace,
  ComplaintContent,
  ComplaintKind,
  Heartbeat,
  HistoryType,
  KeptContribution,
  Language,
  MaskCounts,
  Officer,
  PartRole,
  Post,
  Problem,
  ReadingPlace,
  Reason,
  RoutingReason,
  Stage,
  Status,
} from '../../../schemas/index.ts';
import type {
  AccountMailKind,
  AlertState,
  AttachmentState,
  Audience,
  BoardErrorKind,
  ByHand,
  ChangeWay,
  DocumentKind,
  DriftKind,
  DriftPart,
  DriftState,
  Json,
  LinkState,
  NoticeReport,
  NoticeState,
  ProposalState,
  ProposedChange,
  Provided,
  RawOutcome,
  RawSource,
  ReplayFilter,
  Seen,
  SignOnOrigin,
} from './column-types.ts';

/**
 * The tables of migrations/, which say what each column means. Ids are UUIDv7, times are Dates (UTC inside), a bigint is
 * text.
 */
export interface Tables {
  absences: Absences;
  access_anchors: AccessAnchors;
  access_entries: AccessEntries;
  access_reviews: AccessReviews;
  access_seals: AccessSeals;
  access_unsealed: AccessUnsealed;
  account_asks: AccountAsks;
  account_links: AccountLinks;
  account_mails: AccountMails;
  account_proposals: AccountProposals;
  account_tokens: AccountTokens;
  admin_keys: AdminKeys;
  agent_answers: AgentAnswers;
  agent_asks: AgentAsks;
  agent_logs: AgentLogs;
  agents: Agents;
  alert_checks: AlertChecks;
  alert_messages: AlertMessages;
  alerts: Alerts;
  answer_reviews: AnswerReviews;
  api_keys: ApiKeys;
  api_versions: ApiVersions;
  attachment_contents: AttachmentContents;
  attachment_deliveries: AttachmentDeliveries;
  attachments: Attachments;
  attempts: Attempts;
  audit_entries: AuditEntries;
  board_shape_decisions: BoardShapeDecisions;
  board_shapes: BoardShapes;
  boards: Boards;
  breaches: Breaches;
  bulk_results: BulkResults;
  bulk_runs: BulkRuns;
  canned_answers: CannedAnswers;
  complaint_terms: ComplaintTerms;
  complaints: Complaints;
  configuration_drafts: ConfigurationDrafts;
  configuration_proposals: ConfigurationProposals;
  configurations: Configurations;
  consents: Consents;
  data_keys: DataKeys;
  desk_settings: DeskSettings;
  destructions: Destructions;
  door_calls: DoorCalls;
  door_days: DoorDays;
  door_logs: DoorLogs;
  door_slots: DoorSlots;
  door_windows: DoorWindows;
  drafts: Drafts;
  drifts: Drifts;
  duties_told: DutiesTold;
  endpoint_attempts: EndpointAttempts;
  endpoint_deliveries: EndpointDeliveries;
  endpoint_health: EndpointHealth;
  events: Events;
  factor_asks: FactorAsks;
  feed_changes: FeedChanges;
  feeds: Feeds;
  half_sign_ins: HalfSignIns;
  held_acts: HeldActs;
  holdings: Holdings;
  idempotency_keys: IdempotencyKeys;
  inspections: Inspections;
  joins: Joins;
  kept_identifiers: KeptIdentifiers;
  known_devices: KnownDevices;
  links: Links;
  managed_calls: ManagedCalls;
  migrations: Migrations;
  note_mentions: NoteMentions;
  notes: Notes;
  notices: Notices;
  open_work: OpenWork;
  outbox: Outbox;
  owed_duties: OwedDuties;
  process_cases: ProcessCases;
  process_stale: ProcessStale;
  process_sums: ProcessSums;
  provisions: Provisions;
  raw_items: RawItems;
  reconciliations: Reconciliations;
  recovery_codes: RecoveryCodes;
  remaps: Remaps;
  reminder_letters: ReminderLetters;
  repair_decisions: RepairDecisions;
  replay_links: ReplayLinks;
  replays: Replays;
  reseals: Reseals;
  retention_holds: RetentionHolds;
  saved_filters: SavedFilters;
  second_factors: SecondFactors;
  seen_messages: SeenMessages;
  sessions: Sessions;
  sign_in_tries: SignInTries;
  sign_on_seen: SignOnSeen;
  sign_on_sessions: SignOnSessions;
  sign_on_subjects: SignOnSubjects;
  sign_on_tries: SignOnTries;
  signing_keys: SigningKeys;
  stage_evidence: StageEvidence;
  stage_switches: StageSwitches;
  subject_corrections: SubjectCorrections;
  subject_hand_work: SubjectHandWork;
  subject_holdings: SubjectHoldings;
  subject_requests: SubjectRequests;
  terms_to_renew: TermsToRenew;
  test_complaints: TestComplaints;
  trial_messages: TrialMessages;
  unindexed: Unindexed;
  unmeasured: Unmeasured;
  uploads: Uploads;
  users: Users;
  workbench_differences: WorkbenchDifferences;
  workbench_runs: WorkbenchRuns;
  workbench_samples: WorkbenchSamples;
}

interface Absences {
  user_id: string;
  deputy_id: string;
  since: string;
  until: string;
}

interface AccessAnchors {
  number: string;
  at: Date;
  day: string;
  heads: unknown;
  dropped: string[];
  previous: Buffer;
  hash: Buffer;
  public_key: string;
  signature: string;
}

interface AccessEntries {
  id: string;
  at: Date;
  actor: string;
  agency: string;
  way: string;
  address: string;
  act: string;
  purpose: string;
  place: string;
  subjects: string[];
  items: string[];
  masked: boolean;
  reason: string;
  digest: Buffer;
}

interface AccessReviews {
  month: string;
  made_at: Generated<Date>;
  report: unknown;
  confirmed_by: string | null;
  confirmed_at: Date | null;
  note: Generated<string>;
}

interface AccessSeals {
  month: string;
  number: string;
  at: Date;
  entries: string[];
  hash: Buffer;
}

interface AccessUnsealed {
  id: string;
  at: Date;
}

interface AccountAsks {
  id: string;
  user_id: string | null;
  base_url: string;
  asked_at: Generated<Date>;
}

interface AccountLinks {
  id: string;
  user_id: string;
  kind: 'invitation' | 'reset' | 'email';
  address: string;
  made_by: string;
  created_at: Generated<Date>;
  expires_at: Date;
  used_at: Date | null;
  ended_at: Date | null;
}

interface AccountMails {
  id: string;
  user_id: string;
  kind: AccountMailKind;
  link_id: string | null;
  address: string;
  base_url: string | null;
  state: Generated<'due' | 'sent' | 'failed' | 'dropped'>;
  tries: Generated<number>;
  next_at: Generated<Date>;
  provider: string | null;
  last_error: Reason | null;
  kept: string | null;
  created_at: Generated<Date>;
  sent_at: Date | null;
  about: string | null;
  facts: Record<string, string> | null;
}

interface AccountProposals {
  id: string;
  kind: 'invite' | 'change' | 'enable' | 'link' | 'key';
  login: string;
  wanted: unknown;
  author: string;
  way: ChangeWay;
  proposed_at: Generated<Date>;
  state: Generated<'open' | 'agreed' | 'applied' | 'refused' | 'withdrawn'>;
  decided_by: string | null;
  decided_at: Date | null;
}

interface AccountTokens {
  token_hash: string;
  link_id: string;
}

interface AdminKeys {
  id: string;
  user_id: string;
  name: string;
  key_hash: string;
  hint: string;
  scopes: ('read-configuration' | 'configure' | 'manage-users')[];
  made_by: string;
  created_at: Generated<Date>;
  expires_at: Date;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

interface AgentAnswers {
  ask_id: string;
  page: number;
  body: unknown;
}

interface AgentAsks {
  id: string;
  agency: string;
  ask: unknown;
  given_at: Date | null;
  expires_at: Date;
}

interface AgentLogs {
  agency: string;
  ask_id: string | null;
  level: 'error' | 'warn' | 'info' | 'debug';
  most: number;
  asked_by: string;
  asked_at: Generated<Date>;
  given_at: Date | null;
  sent_level: string | null;
  sent_at: Date | null;
  lines: string[] | null;
}

interface Agents {
  agency: string;
  token_hash: string | null;
  token_expires_at: Date | null;
  token_by: string | null;
  enrolled_at: Date | null;
  heartbeat: Heartbeat | null;
  heartbeat_at: Date | null;
  skew: number | null;
  configuration: number | null;
  configuration_outcome: 'applied' | 'rolled-back' | null;
  configuration_at: Date | null;
  token_used_at: Date | null;
  configuration_reason: Reason | null;
}

interface AlertChecks {
  condition: string;
  checked_at: Date;
}

interface AlertMessages {
  id: string;
  audience: string;
  channel: 'email' | 'webhook';
  address: string;
  subject: string;
  text: string;
  state: 'due' | 'sent' | 'failed';
  provider: string | null;
  tries: Generated<number>;
  next_at: Date;
  sent_at: Date | null;
  created_at: Date;
  last_error: Reason | null;
  language: Generated<Language>;
  words: Record<Language, { subject: string; text: string }> | null;
}

interface Alerts {
  id: string;
  condition: string;
  subject: string;
  state: AlertState;
  since: Date;
  seen_at: Date;
  opened_at: Date | null;
  ended_at: Date | null;
  returns: Generated<number>;
  count: number;
  items: Reason[];
  told: Generated<Record<string, string>>;
  acknowledged_by: string | null;
  acknowledged_at: Date | null;
  acknowledged_count: number | null;
}

interface AnswerReviews {
  id: Generated<string>;
  complaint_id: string;
  agency: string;
  form: string;
  fields: Record<string, string>;
  files: AttachmentReference[];
  author: string;
  author_id: string | null;
  seq: number;
  state: Generated<'waiting' | 'released' | 'returned' | 'withdrawn' | 'superseded'>;
  comment: string | null;
  decided_by: string | null;
  sent_at: Generated<Date>;
  decided_at: Date | null;
}

interface ApiKeys {
  id: string;
  agency: string;
  key_hash: string;
  hint: string;
  created_at: Generated<Date>;
  expires_at: Date | null;
  revoked_at: Date | null;
  scopes: string[] | null;
  last_used_at: Date | null;
  name: Generated<string>;
  made_by: string | null;
}

interface ApiVersions {
  version: string;
  noted_at: Generated<Date>;
}

interface AttachmentContents {
  sha256: string;
  size: string;
  media_type: string;
  check_at: Generated<Date | null>;
  key_id: string | null;
  missing: Generated<boolean>;
  inside: { numbers: MaskCounts; unread: string | null } | null;
}

interface AttachmentDeliveries {
  attachment_id: string;
  link_id: string;
  agency: string;
  seq: number;
  state: Generated<'waiting' | 'held' | 'parked' | 'skipped'>;
  part_id: string | null;
  attempting: Generated<boolean>;
  tries: Generated<number>;
  next_at: Generated<Date>;
  owner: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  last_error: Reason | null;
  attempting_since: Date | null;
}

interface Attachments {
  id: string;
  complaint_id: string;
  seq: number;
  position: number;
  agency: string;
  via: 'board' | 'upload';
  link_id: string | null;
  reference: string;
  declared: AttachmentReference;
  state: AttachmentState;
  sha256: string | null;
  tries: Generated<number>;
  next_at: Generated<Date>;
  owner: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  created_at: Generated<Date>;
  last_error: Reason | null;
  open_to: string[] | null;
}

interface Attempts {
  id: string;
  link_id: string;
  seq: number;
  started_at: Date;
  finished_at: Date | null;
  outcome: 'done' | 'retry' | 'refused' | 'unknown' | 'skipped' | null;
  reason: Reason | null;
}

interface AuditEntries {
  id: Generated<string>;
  at: Generated<Date>;
  actor: string;
  way: ChangeWay;
  action: string;
  subject: string;
  agency: string | null;
  detail: unknown;
}

interface BoardShapeDecisions {
  id: string;
  agency: string;
  changes: unknown;
  decided_by: string;
  decided_at: Generated<Date>;
}

interface BoardShapes {
  agency: string;
  adapter: string | null;
  approved: unknown;
  approved_by: string | null;
  approved_at: Date | null;
  seen: unknown;
  seen_at: Date | null;
  changes: Generated<unknown>;
  concerned: Generated<number>;
  looked_at: Date;
  next_at: Date;
  error: Reason | null;
}

interface Boards {
  agency: string;
  cursor: string | null;
  polled_at: Date | null;
  poll_at: Date | null;
  poll_failures: Generated<number>;
  delivered_at: Date | null;
  failures: Generated<number>;
  closed_until: Date | null;
  last_error_at: Date | null;
  busy_until: Date | null;
  next_call_at: Date | null;
  read_through_at: Date | null;
  unauthorised_since: Date | null;
  poll_named_at: Date | null;
  poll_error: Reason | null;
  poll_error_kind: BoardErrorKind | null;
  last_error: Reason | null;
  poll_notice: Reason | null;
}

interface Breaches {
  id: string;
  facts: unknown;
  made_by: string;
  made_at: Generated<Date>;
  record: Generated<unknown>;
  closed_at: Date | null;
}

interface BulkResults {
  run_id: string;
  position: number;
  receipt_number: string;
  outcome: 'doing' | 'held' | 'done' | 'nothing' | 'refused' | 'taken_back';
  problems: Generated<Problem[]>;
  at: Generated<Date>;
}

interface BulkRuns {
  id: string;
  user_id: string;
  act: 'assign' | 'transfer' | 'extend';
  made_at: Generated<Date>;
  fields: Generated<Record<string, string>>;
}

interface CannedAnswers {
  id: string;
  agency: string;
  title: string;
  body: string;
  author: string;
  changed_at: Generated<Date>;
}

interface ComplaintTerms {
  complaint_id: string;
  terms: string;
  text_mark: string | null;
  keyed: Generated<boolean>;
}

interface Complaints {
  id: string;
  receipt_number: string;
  origin: string;
  assignee: string;
  status: Status;
  kind: ComplaintKind;
  content: ComplaintContent;
  routing: RoutingReason;
  registered_at: Date;
  due_at: Date | null;
  remind_at: Date | null;
  last_seq: number;
  updated_at: Date;
  origin_number: string | null;
  taken_in_at: Date | null;
  clock: ClockFace | null;
  officer: Officer | null;
  officer_user: string | null;
  owed_at: Date | null;
  contributions: KeptContribution[] | null;
  asked: string[] | null;
  phone_mark: string | null;
  email_mark: string | null;
  destroyed_at: Date | null;
  destroyed_by: string | null;
}

interface ConfigurationDrafts {
  person: string;
  kind: DocumentKind;
  name: string;
  base: number;
  source: string;
  changed_at: Generated<Date>;
}

interface ConfigurationProposals {
  id: string;
  changes: Json<ProposedChange[]>;
  author: string;
  way: ChangeWay;
  note: string;
  proposed_at: Generated<Date>;
  state: Generated<ProposalState>;
  decided_by: string | null;
  decided_at: Date | null;
  decision_note: string | null;
}

interface Configurations {
  kind: DocumentKind;
  name: string;
  version: number;
  body: unknown;
  author: string;
  applied_at: Generated<Date>;
  source: string | null;
  note: Generated<string>;
  way: Generated<ChangeWay>;
  mark: Generated<string>;
  superseded: Generated<boolean>;
}

interface Consents {
  id: string;
  complaint_id: string;
  agency: string;
  purpose: string;
  items: string[];
  required: boolean;
  text_version: string;
  wording: string;
  given_at: Date;
  until: Date;
  way: string;
  recorded_by: string;
  recorded_at: Generated<Date>;
  withdrawn_at: Date | null;
  withdrawn_way: string | null;
  withdrawn_by: string | null;
}

interface DataKeys {
  id: string;
  purpose: string;
  algorithm: string;
  wrapped: Buffer;
  wrapped_by: string;
  made_at: Generated<Date>;
  active_from: Date;
}

interface DeskSettings {
  user_id: string;
  page_size: Generated<number>;
  shortcuts: Generated<boolean>;
}

interface Destructions {
  id: string;
  agency: string;
  kinds: ComplaintKind[];
  years: number;
  source: string;
  cutoff: Date;
  expected: number;
  state: 'announced' | 'stopped' | 'running' | 'done';
  announced_at: Generated<Date>;
  planned_at: Date;
  decided_by: string | null;
  decided_at: Date | null;
  reason: string | null;
  begun_at: Date | null;
  ended_at: Date | null;
  removed: Generated<Record<string, number>>;
  report: unknown;
  public_key: string | null;
  signature: string | null;
}

interface DoorCalls {
  agency: string;
  id: string;
  door: 'rest' | 'soap' | 'agent' | 'posts';
  operation: string | null;
  status: number;
  problem: string | null;
  ms: number;
  request: string;
  key_id: string | null;
}

interface DoorDays {
  agency: string;
  day: string;
  door: string;
  calls: number;
  failed: number;
  limited: number;
}

interface DoorLogs {
  agency: string;
  uncut: number;
}

interface DoorSlots {
  agency: string;
  process: string;
  slots: number;
  until: Date;
}

interface DoorWindows {
  agency: string;
  ends_at: Date;
  taken: number;
}

interface Drafts {
  user_id: string;
  place: string;
  complaint_id: string | null;
  fields: Record<string, string>;
  saved_at: Generated<Date>;
  files: Generated<AttachmentReference[]>;
}

interface Drifts {
  id: string;
  reconciliation_id: string;
  agency: string;
  kind: DriftKind;
  external_id: string;
  link_id: string | null;
  parts: Json<DriftPart[]>;
  mark: string;
  state: DriftState;
  decided_by: string | null;
  decided_at: Date | null;
  note: Reason | null;
}

interface DutiesTold {
  complaint_id: string;
  kind: 'progress' | 'return' | 'review';
  day: string;
  by_hand: ByHand;
}

interface EndpointAttempts {
  agency: string;
  endpoint: string;
  id: string;
  delivery_id: string | null;
  at: Date;
  ms: number;
  outcome: 'done' | 'retry' | 'refused' | 'unknown';
  status: number | null;
  reason: Reason | null;
  asked_by: string | null;
}

interface EndpointDeliveries {
  id: Generated<string>;
  agency: string;
  endpoint: string;
  complaint_id: string;
  seq: number;
  state: Generated<'waiting' | 'parked' | 'done' | 'skipped'>;
  tries: Generated<number>;
  next_at: Generated<Date>;
  shut_out_at: Date | null;
  external_id: string | null;
  last_error: Reason | null;
  owner: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  ended_at: Date | null;
}

interface EndpointHealth {
  agency: string;
  endpoint: string;
  settings: string;
  failures: Generated<number>;
  closed_until: Date | null;
  last_error: Reason | null;
  delivered_at: Date | null;
  paused_at: Date | null;
  paused_by: string | null;
}

interface Events {
  complaint_id: string;
  seq: number;
  type: HistoryType;
  at: Date;
  actor: Actor;
  link_id: string | null;
  data: unknown;
}

interface FactorAsks {
  holder: string;
  kind: 'totp' | 'passkey_new' | 'passkey';
  value: string;
  expires_at: Date;
}

interface FeedChanges {
  agency: string;
  position: string;
  link_id: string;
  complaint_id: string;
  seq: number;
  attachment_id: string | null;
  again: Generated<boolean>;
  provided: Json<Provided> | null;
}

interface Feeds {
  agency: string;
  position: Generated<string>;
  read_to: Generated<string>;
  trial_read_to: Generated<string>;
}

interface HalfSignIns {
  token_hash: string;
  user_id: string;
  expires_at: Date;
  sign_on: SignOnOrigin | null;
}

interface HeldActs {
  id: Generated<string>;
  complaint_id: string;
  user_id: string | null;
  login: string;
  agency: string;
  form: string;
  action: string;
  fields: Record<string, string>;
  files: AttachmentReference[];
  post: Post;
  masked: Generated<MaskCounts>;
  external_id: string;
  review_id: string | null;
  run_id: string | null;
  seq: number;
  state: Generated<'held' | 'returned'>;
  problems: Generated<Problem[]>;
  sent_at: Generated<Date>;
  due_at: Date;
  ended_at: Date | null;
}

interface Holdings {
  reconciliation_id: string;
  external_id: string;
  fingerprint: unknown;
  matched: Generated<boolean>;
}

interface IdempotencyKeys {
  agency: string;
  key: string;
  external_id: string;
  version: string;
  complaint_id: string;
  used_at: Date;
}

interface Inspections {
  agency: string;
  month: string;
  note: string;
  confirmed_by: string;
  confirmed_at: Generated<Date>;
  counts: Record<string, number>;
}

interface Joins {
  lead_id: string;
  complaint_id: string;
  joined_seq: number;
  parted_seq: number | null;
  told: number;
  due: number;
  problem: Reason | null;
  next_at: Generated<Date>;
}

interface KeptIdentifiers {
  id: string;
  complaint_id: string;
  agency: string;
  kind: string;
  value: string;
  law: string;
  kept_at: Generated<Date>;
}

interface KnownDevices {
  token_hash: string;
  user_id: string;
  expires_at: Date;
  created_at: Generated<Date>;
}

interface Links {
  id: string;
  complaint_id: string;
  agency: string;
  role: PartRole;
  state: LinkState;
  external_id: string | null;
  parts: Generated<Record<string, string>>;
  seen: Generated<Seen>;
  joined: Generated<number>;
  held: Generated<number>;
  due: number;
  attempting: number | null;
  tries: Generated<number>;
  next_at: Generated<Date>;
  owner: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  again: Generated<number[]>;
  reached: Generated<number>;
  rounds: Generated<Record<string, number>>;
  given: number | null;
  last_error: Reason | null;
  attempting_since: Date | null;
  substitutes: Generated<Record<string, string>>;
  contribution: number | null;
}

interface ManagedCalls {
  agency: string;
  key: string;
  digest: string;
  reply: unknown;
  used_at: Generated<Date>;
}

interface Migrations {
  name: string;
  checksum: string;
  applied_at: Generated<Date>;
}

interface NoteMentions {
  note_id: string;
  user_id: string;
  seen_at: Date | null;
}

interface Notes {
  id: string;
  complaint_id: string;
  agency: string;
  author: string;
  body: string;
  written_at: Generated<Date>;
  struck_at: Date | null;
}

interface Notices {
  id: string;
  complaint_id: string;
  seq: number;
  template: string;
  audience: Audience;
  agency: string;
  recipient: string;
  channel: Channel;
  address: string | null;
  language: Language;
  fallbacks: Generated<{ channel: Channel; address: string }[]>;
  state: NoticeState;
  provider: string | null;
  provider_id: string | null;
  attempting_since: Date | null;
  tries: Generated<number>;
  next_at: Generated<Date>;
  decided_by: string | null;
  decided_at: Date | null;
  sent_at: Date | null;
  created_at: Generated<Date>;
  last_error: Reason | null;
  report: NoticeReport | null;
  report_hash: Buffer | null;
  report_by: Date | null;
  reported_at: Date | null;
  ask_at: Date | null;
  about: Generated<string>;
  by_hand: ByHand | null;
  told_otherwise: Generated<boolean>;
  recipient_mark: string | null;
}

interface OpenWork {
  complaint_id: string;
  agency: string;
  owner: string;
  stage: string;
  due_at: Date | null;
}

interface Outbox {
  notice_id: string;
  address: string;
  subject: string | null;
  text: string;
  html: string | null;
  kept_at: Generated<Date>;
}

interface OwedDuties {
  complaint_id: string;
  kind: 'progress' | 'return' | 'review';
  day: string;
  agency: string;
  since: Date;
}

interface ProcessCases {
  complaint_id: string;
  agency: string;
  kind: ComplaintKind;
  month: string;
  state: 'open' | 'overdue' | 'in_time' | 'late' | 'untimed' | 'dropped';
  taken_in_at: Date;
  ended_at: Date | null;
  legal: number | null;
  real: number | null;
  to_assigned: number | null;
  to_begun: number | null;
  to_answered: number | null;
  stops: number;
  extensions: number;
  transfers: number;
  reopened: boolean;
  look_at: Date | null;
  hand_by: Date | null;
  transfer_by: Date | null;
  late_transfer_at: Date | null;
}

interface ProcessStale {
  agency: string;
  month: string;
}

interface ProcessSums {
  agency: string;
  kind: string;
  month: string;
  counts: Record<string, number>;
  lengths: Record<string, Record<string, number>>;
}

interface Provisions {
  id: Generated<string>;
  at: Generated<Date>;
  complaint_id: string;
  agency: string | null;
  way: string;
  recipient: string;
  seq: number;
  items: string[];
  purpose: string;
  basis: string;
  certain: boolean;
  source: string;
  withheld: Generated<string[]>;
}

interface RawItems {
  id: string;
  agency: string;
  source: RawSource;
  external_id: string;
  version: string;
  body: string;
  actor: Actor;
  received_at: Date;
  outcome: RawOutcome;
  complaint_id: string | null;
  problems: Problem[] | null;
  owner: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  round: Generated<number>;
  read_at: Date | null;
  cut: string | null;
  note: Reason | null;
  masked: MaskCounts | null;
}

interface Reconciliations {
  id: string;
  agency: string;
  since: Date | null;
  asked_by: string | null;
  asked_at: Generated<Date>;
  state: 'asked' | 'reading' | 'done' | 'failed';
  started_at: Date | null;
  finished_at: Date | null;
  posts: Generated<number>;
  under_way: Generated<number>;
  error: Reason | null;
}

interface RecoveryCodes {
  user_id: string;
  code_hash: string;
  used_at: Date | null;
}

interface Remaps {
  id: string;
  agency: string;
  state: 'running' | 'done';
  asked_by: string;
  asked_at: Generated<Date>;
  finished_at: Date | null;
  position: string | null;
  looked: Generated<number>;
  applied: Generated<number>;
  failed: Generated<number>;
}

interface ReminderLetters {
  complaint_id: string;
  agency: string;
  rule: string;
  due_at: Date;
  made_by: string;
  made_at: Generated<Date>;
}

interface RepairDecisions {
  id: string;
  subject: 'reconciliation' | 'replay' | 'remap';
  subject_id: string;
  action: string;
  detail: string | null;
  decided_by: string;
  decided_at: Generated<Date>;
}

interface ReplayLinks {
  replay_id: string;
  link_id: string;
  events: number[];
  begun_at: Date | null;
}

interface Replays {
  id: string;
  filter: Json<ReplayFilter>;
  per_minute: number;
  state: 'running' | 'paused' | 'cancelled' | 'done';
  asked_by: string;
  asked_at: Generated<Date>;
  finished_at: Date | null;
}

interface Reseals {
  number: number;
  asked_by: string;
  asked_at: Generated<Date>;
  starts_at: Generated<Date>;
  old_keys: Generated<string[]>;
  place: string | null;
  last_key: string[] | null;
  looked: Generated<string>;
  sealed: Generated<string>;
  finished_at: Date | null;
}

interface RetentionHolds {
  id: string;
  complaint_id: string;
  reason: string;
  held_by: string;
  held_at: Generated<Date>;
  ended_by: string | null;
  ended_at: Date | null;
}

interface SavedFilters {
  id: string;
  user_id: string;
  name: string;
  query: string;
  created_at: Generated<Date>;
}

interface SecondFactors {
  id: string;
  user_id: string;
  kind: 'totp' | 'passkey';
  name: string;
  created_at: Generated<Date>;
  last_used_at: Date | null;
  secret: string | null;
  last_step: string | null;
  credential: string | null;
  public_key: Buffer | null;
  uses: string | null;
  transports: string[] | null;
}

interface SeenMessages {
  agency: string;
  message: Buffer;
  until: Date;
}

interface Sessions {
  token_hash: string;
  user_id: string;
  created_at: Generated<Date>;
  expires_at: Date;
  address: string | null;
  browser: string | null;
  device_hash: string | null;
  last_seen_at: Generated<Date>;
  ends_at: Date;
  proved_at: Date | null;
}

interface SignInTries {
  subject: string;
  tries: number;
  until: Date;
  kind: Generated<string>;
  user_id: string | null;
}

interface SignOnSeen {
  issuer: string;
  id: string;
  until: Date;
}

interface SignOnSessions {
  token_hash: string;
  provider: string;
  issuer: string;
  subject: string;
  sid: string | null;
  hint: string | null;
}

interface SignOnSubjects {
  issuer: string;
  subject: string;
  user_id: string;
  provider: string;
  created_at: Generated<Date>;
  last_used_at: Date | null;
}

interface SignOnTries {
  state_hash: string;
  browser_hash: string | null;
  provider: string;
  proof: Record<string, string>;
  go_to: string;
  path: string | null;
  typed: string | null;
  link_user: string | null;
  identity: unknown;
  expires_at: Date;
}

interface SigningKeys {
  name: string;
  private_key: string;
  created_at: Generated<Date>;
}

interface StageEvidence {
  agency: string;
  step: string;
  passed: boolean;
  detail: Reason[] | null;
  settings: string;
  checked_by: string;
  checked_at: Generated<Date>;
}

interface StageSwitches {
  id: string;
  agency: string;
  before: Stage | null;
  after: Stage;
  version: number;
  author: string;
  at: Generated<Date>;
  read_from: ReadingPlace | null;
  note: string | null;
}

interface SubjectCorrections {
  request_id: string;
  complaint_id: string;
  seq: number;
  made_by: string;
  made_at: Generated<Date>;
}

interface SubjectHandWork {
  request_id: string;
  complaint_id: string;
  agency: string;
  done_by: string;
  done_at: Generated<Date>;
}

interface SubjectHoldings {
  request_id: string;
  source: 'complaint' | 'mention' | 'raw_item' | 'draft' | 'filter' | 'request';
  row_id: string;
  complaint_id: string | null;
  theirs: boolean;
  decided_by: string;
  decided_at: Generated<Date>;
}

interface SubjectRequests {
  id: string;
  number: Generated<string>;
  kind: 'access' | 'correct' | 'delete' | 'stop';
  state: 'received' | 'identified' | 'decided' | 'told' | 'withdrawn';
  way: 'counter' | 'phone' | 'letter' | 'email' | 'rest';
  agency: string | null;
  external_id: string | null;
  received_at: Date;
  due_at: Date;
  postponed_until: Date | null;
  facts: unknown;
  phone_mark: string | null;
  email_mark: string | null;
  name_mark: string | null;
  decision: 'granted' | 'partly' | 'refused' | null;
  decided_at: Date | null;
  told_at: Date | null;
  made_by: string;
  made_at: Generated<Date>;
  record: Generated<unknown>;
}

interface TermsToRenew {
  before: string;
}

interface TestComplaints {
  id: string;
  agency: string;
  direction: 'to_board' | 'from_board';
  mark: string;
  complaint_id: string | null;
  receipt_number: string | null;
  made_by: string;
  address: string;
  language: Language;
  made_at: Generated<Date>;
  removed_by: string | null;
  removed_at: Date | null;
  left_post: string | null;
  cleared_by: string | null;
  cleared_at: Date | null;
}

interface TrialMessages {
  id: string;
  person: string;
  channel: Channel;
  address: string;
  language: Language;
  template: string;
  subject: string;
  text: string;
  html: string | null;
  state: Generated<'due' | 'sent' | 'failed'>;
  tries: Generated<number>;
  next_at: Generated<Date>;
  provider: string | null;
  last_error: Reason | null;
  created_at: Generated<Date>;
  sent_at: Date | null;
}

interface Unindexed {
  complaint_id: string;
  later: Generated<boolean>;
}

interface Unmeasured {
  complaint_id: string;
}

interface Uploads {
  id: string;
  agency: string;
  name: string;
  sha256: string | null;
  created_at: Generated<Date>;
  expected_size: Generated<string>;
  named: Generated<boolean>;
  kept_until: Date | null;
}

interface Users {
  id: string;
  login: string;
  name: string;
  role: 'administrator' | 'counsellor' | 'officer' | 'auditor' | 'engineer';
  agency: string | null;
  password_hash: string | null;
  language: Generated<Language>;
  created_at: Generated<Date>;
  disabled_at: Date | null;
  email: string | null;
  last_sign_in_at: Date | null;
  change_mails: Generated<boolean>;
  department: string | null;
  break_glass: Generated<boolean>;
}

interface WorkbenchDifferences {
  run_id: string;
  item_id: string;
  kind: 'changed' | 'mended' | 'broken' | 'failing';
}

interface WorkbenchRuns {
  id: string;
  agency: string;
  draft: unknown;
  in_force: unknown;
  state: Generated<'running' | 'done' | 'cancelled' | 'failed'>;
  error: Reason | null;
  asked_by: string;
  asked_at: Generated<Date>;
  finished_at: Date | null;
  most: number;
  total: number | null;
  position: string | null;
  looked: Generated<number>;
  same: Generated<number>;
  changed: Generated<number>;
  mended: Generated<number>;
  broken: Generated<number>;
  failing: Generated<number>;
  fields: Generated<Json<Record<string, number>>>;
}

interface WorkbenchSamples {
  id: string;
  agency: string;
  name: string;
  items: Json<unknown[]>;
  created_by: string;
  created_at: Generated<Date>;
}
