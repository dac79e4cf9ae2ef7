import type { Generated } from 'kysely';
import type {
  Actor,
  Channel,
  ComplaintContent,
  ComplaintKind,
  EventType,
  Heartbeat,
  Language,
  LinkRole,
  Problem,
  RoutingReason,
  Status,
} from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import type {
  AttachmentContentTable,
  AttachmentDeliveryTable,
  AttachmentTable,
  UploadTable,
} from './attachment-tables.ts';
import type {
  DriftTable,
  ReconciliationTable,
  RemapTable,
  RepairDecisionTable,
  ReplayLinkTable,
  ReplayTable,
} from './repair-tables.ts';

/** The tables of migrations/, column by column. Ids are UUIDv7, times are Dates (UTC inside). */
export interface Tables {
  configurations: ConfigurationTable;
  complaints: ComplaintTable;
  unindexed: { complaint_id: string };
  complaint_terms: { complaint_id: string; terms: string };
  events: EventTable;
  links: LinkTable;
  raw_items: RawItemTable;
  idempotency_keys: IdempotencyKeyTable;
  attempts: AttemptTable;
  boards: BoardTable;
  notices: NoticeTable;
  outbox: OutboxTable;
  users: UserTable;
  sessions: SessionTable;
  known_devices: KnownDeviceTable;
  sign_in_tries: SignInTryTable;
  api_keys: ApiKeyTable;
  alerts: AlertTable;
  alert_checks: { condition: string; checked_at: Date };
  alert_messages: AlertMessageTable;
  attachment_contents: AttachmentContentTable;
  uploads: UploadTable;
  attachments: AttachmentTable;
  attachment_deliveries: AttachmentDeliveryTable;
  feed_changes: FeedChangeTable;
  agents: AgentTable;
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
  /** Digests of the answers and follow-ups that it showed without an id. */
  told?: string[];
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
  last_error: Reason | null;
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
  note: Reason | null;
  /** How often the thing had come back to this version. */
  round: Generated<number>;
  /** When the board was asked for it. */
  read_at: Date | null;
  cut: string | null;
}

interface IdempotencyKeyTable {
  agency: string;
  key: string;
  external_id: string;
  version: string;
  complaint_id: string;
  used_at: Date;
}

interface AttemptTable {
  id: string;
  link_id: string;
  seq: number;
  started_at: Date;
  finished_at: Date | null;
  outcome: 'done' | 'retry' | 'refused' | 'unknown' | 'skipped' | null;
  reason: Reason | null;
}

interface BoardTable {
  agency: string;
  cursor: string | null;
  polled_at: Date | null;
  poll_at: Date | null;
  poll_named_at: Date | null;
  poll_failures: Generated<number>;
  poll_error: Reason | null;
  poll_error_kind: 'unreachable' | 'busy' | 'unauthorised' | 'malformed' | null;
  delivered_at: Date | null;
  failures: Generated<number>;
  closed_until: Date | null;
  last_error: Reason | null;
  last_error_at: Date | null;
  read_through_at: Date | null;
  busy_until: Date | null;
  next_call_at: Date | null;
  unauthorised_since: Date | null;
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
  last_error: Reason | null;
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

interface KnownDeviceTable {
  token_hash: string;
  user_id: string;
  expires_at: Date;
}

interface SignInTryTable {
  /** Its kind and what is counted of it (hub/access/people/sign-in-tries.ts). */
  subject: string;
  kind: string;
  /** Whose login it is; null: nobody's, or an address. */
  user_id: string | null;
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
  attachment_id: string | null;
  again: Generated<boolean>;
}

interface AgentTable {
  agency: string;
  token_hash: string | null;
  token_expires_at: Date | null;
  token_used_at: Date | null;
  token_by: string | null;
  enrolled_at: Date | null;
  heartbeat: Heartbeat | null;
  heartbeat_at: Date | null;
  /** Milliseconds by which its clock is ahead. */
  skew: number | null;
  configuration: number | null;
  configuration_outcome: 'applied' | 'rolled-back' | null;
  configuration_reason: Reason | null;
  configuration_at: Date | null;
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
  items: Reason[];
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
  last_error: Reason | null;
  sent_at: Date | null;
  created_at: Date;
}
