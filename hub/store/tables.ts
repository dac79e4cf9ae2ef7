import type { ColumnType, Generated } from 'kysely';
import type {
  Actor,
  Channel,
  ComplaintContent,
  ComplaintKind,
  EventType,
  Language,
  LinkRole,
  Problem,
  RoutingReason,
  Status,
} from '../../schemas/index.ts';

/** The tables of migrations/, column by column. Ids are UUIDv7, times are Dates (UTC inside). */
export interface Tables {
  configurations: ConfigurationTable;
  complaints: ComplaintTable;
  unindexed: { complaint_id: string };
  complaint_terms: { complaint_id: string; terms: string };
  events: EventTable;
  links: LinkTable;
  raw_items: RawItemTable;
  attempts: AttemptTable;
  boards: BoardTable;
  notices: NoticeTable;
  outbox: OutboxTable;
  users: UserTable;
  sessions: SessionTable;
  sign_in_tries: SignInTryTable;
  api_keys: ApiKeyTable;
  alerts: AlertTable;
  alert_checks: { condition: string; checked_at: Date };
  alert_messages: AlertMessageTable;
  feed_changes: FeedChangeTable;
  reconciliations: ReconciliationTable;
  drifts: DriftTable;
  replays: ReplayTable;
  replay_links: ReplayLinkTable;
  remaps: RemapTable;
  repair_decisions: RepairDecisionTable;
}

interface ConfigurationTable {
  kind: 'agency' | 'routing' | 'clock';
  name: string;
  version: number;
  body: unknown;
  author: string;
  applied_at: Generated<Date>;
}

interface ComplaintTable {
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
}

interface EventTable {
  complaint_id: string;
  seq: number;
  type: EventType;
  at: Date;
  actor: Actor;
  link_id: string | null;
  data: unknown;
}

export type LinkState = 'open' | 'parked' | 'screen';

/** What a board said last: news is only what differs from it. */
export interface Seen {
  status?: Status;
  /** Agency code and reason, joined. */
  transfer?: string;
  /** When the post was filed: another time under the same id is another post. */
  filedAt?: string;
  /** Content as a board that was brought up again shows it: our own writing, maybe without its layout. */
  content?: string;
  /** The event up to which the board was known to hold the complaint when it said so. */
  held?: number;
}

interface LinkTable {
  id: string;
  complaint_id: string;
  agency: string;
  role: LinkRole;
  state: LinkState;
  external_id: string | null;
  parts: Record<string, string>;
  seen: Seen;
  joined: Generated<number>;
  held: number;
  due: number;
  attempting: number | null;
  /** Given out by the feed up to this event. */
  given: Generated<number | null>;
  tries: number;
  next_at: Generated<Date>;
  last_error: string | null;
  owner: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  again: Generated<number[]>;
  reached: Generated<number>;
  rounds: Generated<Record<string, number>>;
}

export type RawOutcome = 'applied' | 'duplicate' | 'parked' | 'discarded';
export type RawSource = 'poll' | 'rest' | 'soap' | 'console';

interface RawItemTable {
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
  note: string | null;
}

interface AttemptTable {
  id: string;
  link_id: string;
  seq: number;
  started_at: Date;
  finished_at: Date | null;
  outcome: 'done' | 'retry' | 'refused' | 'unknown' | 'skipped' | null;
  reason: string | null;
}

interface BoardTable {
  agency: string;
  cursor: string | null;
  polled_at: Date | null;
  poll_at: Date | null;
  poll_failures: Generated<number>;
  poll_error: string | null;
  delivered_at: Date | null;
  failures: Generated<number>;
  closed_until: Date | null;
  last_error: string | null;
  last_error_at: Date | null;
  read_through_at: Date | null;
  busy_until: Date | null;
  next_call_at: Date | null;
}

export type NoticeState = 'due' | 'sent' | 'failed' | 'unreachable';
export type Audience = 'complainant' | 'officer';

interface NoticeTable {
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
  fallbacks: { channel: Channel; address: string }[];
  state: NoticeState;
  provider: string | null;
  provider_id: string | null;
  attempting_since: Date | null;
  tries: Generated<number>;
  next_at: Generated<Date>;
  last_error: string | null;
  decided_by: string | null;
  decided_at: Date | null;
  sent_at: Date | null;
  created_at: Generated<Date>;
}

interface OutboxTable {
  notice_id: string;
  address: string;
  subject: string | null;
  text: string;
  html: string | null;
  kept_at: Generated<Date>;
}

interface UserTable {
  id: string;
  login: string;
  name: string;
  role: 'administrator' | 'counsellor' | 'officer' | 'auditor';
  agency: string | null;
  password_hash: string;
  language: Language;
  created_at: Generated<Date>;
  disabled_at: Date | null;
}

interface SessionTable {
  token_hash: string;
  user_id: string;
  created_at: Generated<Date>;
  expires_at: Date;
}

interface SignInTryTable {
  /** `login …` or `address …`. */
  subject: string;
  tries: number;
  until: Date;
}

interface ApiKeyTable {
  id: string;
  agency: string;
  key_hash: string;
  hint: string;
  created_at: Generated<Date>;
  expires_at: Date | null;
  revoked_at: Date | null;
  /** Null: everything. */
  scopes: string[] | null;
  last_used_at: Date | null;
}

/** Given out by the feed and not acknowledged; its position is a bigint, as text. */
interface FeedChangeTable {
  agency: string;
  position: string;
  link_id: string;
  complaint_id: string;
  seq: number;
}

export type AlertState = 'pending' | 'open' | 'ended';

interface AlertTable {
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
  /** The first things that it concerns, each in a few words: ids, receipt numbers. */
  items: string[];
  /** When each audience was last told that it stands (RFC 3339). */
  told: Record<string, string>;
  acknowledged_by: string | null;
  acknowledged_at: Date | null;
  acknowledged_count: number | null;
}

interface AlertMessageTable {
  id: string;
  audience: string;
  channel: 'email' | 'webhook';
  address: string;
  subject: string;
  text: string;
  state: 'due' | 'sent' | 'failed';
  provider: string | null;
  tries: number;
  next_at: Date;
  last_error: string | null;
  sent_at: Date | null;
  created_at: Date;
}

/** A column that is written as JSON text and read parsed. */
type Json<T> = ColumnType<T, string, string>;

interface ReconciliationTable {
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
  error: string | null;
}

export type DriftKind = 'missing_there' | 'missing_here' | 'differs' | 'unknown';
export type DriftState = 'open' | 'repairing' | 'repaired' | 'dismissed' | 'superseded';

/** One thing that is not as it should be, and what repairing does about it. */
export interface DriftPart {
  part: 'post' | 'text' | 'answer' | 'answers' | 'follow_ups' | 'status';
  /** Counts or statuses, for people; absent where only the words differ. */
  expected?: string | number;
  found?: string | number;
  /** bring: the board gets the events again; take: the board's post comes in; person: nothing can be sent that helps. */
  remedy: 'bring' | 'take' | 'person';
  /** Numbers of the events to bring. */
  events: number[];
}

interface DriftTable {
  id: string;
  reconciliation_id: string;
  agency: string;
  kind: DriftKind;
  external_id: string;
  link_id: string | null;
  parts: Json<DriftPart[]>;
  mark: string;
  state: DriftState;
  note: string | null;
  decided_by: string | null;
  decided_at: Date | null;
}

/** Which deliveries are made again; every condition that is given must hold. */
export interface ReplayFilter {
  agency?: string;
  receiptNumber?: string;
  types?: EventType[];
  /** Of the events, RFC 3339; `from` inclusive, `to` exclusive. */
  from?: string;
  to?: string;
  /** Only links that are parked (true) or that are not (false). */
  parked?: boolean;
}

interface ReplayTable {
  id: string;
  filter: Json<ReplayFilter>;
  per_minute: number;
  state: 'running' | 'paused' | 'cancelled' | 'done';
  asked_by: string;
  asked_at: Generated<Date>;
  finished_at: Date | null;
}

interface ReplayLinkTable {
  replay_id: string;
  link_id: string;
  events: number[];
  begun_at: Date | null;
}

interface RemapTable {
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

interface RepairDecisionTable {
  id: string;
  subject: 'reconciliation' | 'replay' | 'remap';
  subject_id: string;
  action: string;
  detail: string | null;
  decided_by: string;
  decided_at: Generated<Date>;
}
