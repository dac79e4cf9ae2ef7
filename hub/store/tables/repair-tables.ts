import type { ColumnType, Generated } from 'kysely';
import type { EventType } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';

/** A column that is written as JSON text and read parsed. */
type Json<T> = ColumnType<T, string, string>;

export interface ReconciliationTable {
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

export interface DriftTable {
  id: string;
  reconciliation_id: string;
  agency: string;
  kind: DriftKind;
  external_id: string;
  link_id: string | null;
  parts: Json<DriftPart[]>;
  mark: string;
  state: DriftState;
  note: Reason | null;
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

export interface ReplayTable {
  id: string;
  filter: Json<ReplayFilter>;
  per_minute: number;
  state: 'running' | 'paused' | 'cancelled' | 'done';
  asked_by: string;
  asked_at: Generated<Date>;
  finished_at: Date | null;
}

export interface ReplayLinkTable {
  replay_id: string;
  link_id: string;
  events: number[];
  begun_at: Date | null;
}

export interface RemapTable {
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

export interface RepairDecisionTable {
  id: string;
  subject: 'reconciliation' | 'replay' | 'remap';
  subject_id: string;
  action: string;
  detail: string | null;
  decided_by: string;
  decided_at: Generated<Date>;
}
