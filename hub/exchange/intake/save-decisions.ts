import type { Actor, MaskCounts, Problem } from '../../../schemas/index.ts';
import type { Reason } from '../../../schemas/reason.ts';
import { type ClockRules, nearBefore } from '../../clock/deadline.ts';
import { keepContributions } from '../../complaints/contributions/keep-contributions.ts';
import type { Decision } from '../../complaints/state.ts';
import { findOwedAt } from '../../complaints/steps/duties.ts';
import { toKindNow } from '../../complaints/steps/kind-now.ts';
import type { NoticePlan } from '../../notify/plan.ts';
import type { Queryable } from '../../store/database.ts';
import { Keyed } from '../../store/sealing/keyed.ts';
import type { Keys } from '../../store/sealing/keys.ts';
import {
  clearMembers,
  sealContent,
  sealEventData,
  sealReason,
  sealRouting,
} from '../../store/sealing/sealed-columns.ts';
import { sealLeaves } from '../../store/sealing/sealed-leaves.ts';
import { plannedDeliveries } from '../../store/states/endpoint-state.ts';
import { decidedLinks } from '../../store/states/link-state.ts';
import { toNoticeRows } from '../../store/states/notice-rows.ts';
import { plannedNotices } from '../../store/states/notice-state.ts';
import type { RawOutcome, RawSource } from '../../store/tables/column-types.ts';
import type { DeliveryPlan } from '../endpoints/plan-deliveries.ts';

/** A row of raw_items as accept writes it. */
export interface RawItem {
  id: string;
  agency: string;
  source: RawSource;
  external_id: string;
  version: string;
  body: string;
  actor: Actor;
  received_at: string;
  outcome: RawOutcome;
  complaint_id: string | null;
  problems: Problem[] | null;
  owner: string | null;
  decided_by: string | null;
  decided_at: string | null;
  round: number;
  read_at: string | null;
  note: Reason | null;
  cut: string | null;
  masked: MaskCounts | null;
}

/** A row of idempotency_keys. */
export interface KeyUse {
  agency: string;
  key: string;
  external_id: string;
  version: string;
  complaint_id: string;
  used_at: string;
}

/**
 * Saves everything that one group changed in one statement and one round trip. Each table gets its rows as one JSON
 * document.
 */
const saveText = `
with saved_complaints as (
  insert into complaints (id, receipt_number, origin, origin_number, assignee, status, kind, content, routing, registered_at, taken_in_at, due_at, remind_at, owed_at, clock,
    officer, officer_user, contributions, asked, last_seq, updated_at, phone_mark, email_mark)
  select * from jsonb_to_recordset($1::jsonb) as x(id uuid, receipt_number text, origin text, origin_number text, assignee text, status text, kind text,
    content jsonb, routing jsonb, registered_at timestamptz, taken_in_at timestamptz, due_at timestamptz,
    remind_at timestamptz, owed_at timestamptz, clock jsonb, officer jsonb, officer_user text, contributions jsonb, asked text[], last_seq int, updated_at timestamptz,
    phone_mark text, email_mark text)
  on conflict (id) do update set assignee = excluded.assignee, status = excluded.status, kind = excluded.kind,
    content = excluded.content, due_at = excluded.due_at, owed_at = excluded.owed_at, clock = excluded.clock, officer = excluded.officer,
    officer_user = excluded.officer_user, contributions = excluded.contributions, asked = excluded.asked,
    remind_at = case when excluded.due_at is distinct from complaints.due_at then excluded.remind_at else complaints.remind_at end,
    last_seq = excluded.last_seq, updated_at = excluded.updated_at, phone_mark = excluded.phone_mark, email_mark = excluded.email_mark
), to_index as (
  insert into unindexed select * from unnest($2::uuid[])
), saved_events as (
  insert into events (complaint_id, seq, type, at, actor, link_id, data)
  select * from jsonb_to_recordset($3::jsonb) as x(complaint_id uuid, seq int, type text, at timestamptz, actor jsonb, link_id uuid, data jsonb)
), saved_links as (${decidedLinks('$4')}
), saved_raw_items as (
  insert into raw_items (id, agency, source, external_id, version, body, actor, received_at, outcome, complaint_id, problems, owner, decided_by, decided_at,
    round, read_at, note, cut, masked)
  select * from jsonb_to_recordset($5::jsonb) as x(id uuid, agency text, source text, external_id text, version text, body text, actor jsonb,
    received_at timestamptz, outcome text, complaint_id uuid, problems jsonb, owner text, decided_by text, decided_at timestamptz,
    round int, read_at timestamptz, note jsonb, cut text, masked jsonb)
  on conflict (id) do update set outcome = excluded.outcome, complaint_id = excluded.complaint_id, problems = excluded.problems,
    decided_by = excluded.decided_by, decided_at = excluded.decided_at, note = excluded.note, cut = excluded.cut
), saved_keys as (
  insert into idempotency_keys (agency, key, external_id, version, complaint_id, used_at)
  select * from jsonb_to_recordset($7::jsonb) as x(agency text, key text, external_id text, version text, complaint_id uuid, used_at timestamptz)
  order by agency, key
), saved_deliveries as (${plannedDeliveries('$8', '$9')}
)${plannedNotices('$6')}`;

/** Writes the outcome of a group: complaints, events, links, what came in, the notices to send, and what endpoints are told. */
export async function saveDecisions(
  client: Queryable,
  what: {
    decisions: Decision[];
    rawItems: RawItem[];
    keyUses: KeyUse[];
    notices: NoticePlan[];
    /** What endpoints are to be told of. */
    plan: DeliveryPlan;
    clock: ClockRules;
    now: Date;
  },
): Promise<void> {
  const { decisions, rawItems, keyUses, notices, plan, clock, now } = what;
  const changed = decisions.filter((decision) => decision.events.length > 0);
  const reworded = changed.filter(({ events }) =>
    events.some(({ type }) => type === 'registered' || type === 'revised'),
  );
  const complaints = changed.map(({ matter }) => toComplaintRow(matter, clock, now));
  const documents = [
    keyed((keys) => changed.flatMap(({ events }) => events.map((event) => toEventRow(keys, event)))),
    decisions.flatMap(({ matter }) => toLinkRows(matter)),
    keyed((keys) => rawItems.map((item) => sealRawItem(keys, item))),
    toNoticeRows(notices),
    keyUses,
    plan.deliveries,
    plan.histories,
  ];
  await client.query({
    name: 'save-decisions',
    text: saveText,
    values: [
      keyed((keys) => complaints.map((row) => sealComplaintRow(keys, row))),
      reworded.map(({ matter }) => matter.complaint.id),
      ...documents.map((rows) => (rows instanceof Keyed ? rows : JSON.stringify(rows))),
    ],
  });
}

/** Rows as one document, made when the keys are there. */
const keyed = (toRows: (keys: Keys) => object[]): Keyed => new Keyed((keys) => JSON.stringify(toRows(keys)));

function sealComplaintRow(keys: Keys, row: ReturnType<typeof toComplaintRow>) {
  if (!keys.on) return row;
  return { ...row, ...sealContent(keys, row.content), routing: sealRouting(keys, row.routing) };
}

function sealRawItem(keys: Keys, item: RawItem) {
  if (!keys.on) return item;
  return {
    ...item,
    body: keys.seal(item.body),
    cut: item.cut === null ? null : keys.seal(item.cut),
    problems: item.problems && sealLeaves(keys, item.problems, clearMembers.problems),
    note: sealReason(keys, item.note),
  };
}

function toComplaintRow(matter: Decision['matter'], clock: ClockRules, now: Date) {
  const { complaint, routing, officerUser } = matter;
  const registeredAt = new Date(complaint.registeredAt);
  return {
    id: complaint.id,
    receipt_number: complaint.receiptNumber,
    origin: complaint.origin,
    origin_number: complaint.originNumber ?? null,
    assignee: complaint.assignee,
    status: complaint.status,
    kind: toKindNow(complaint, matter.told),
    content: complaint.content,
    routing,
    registered_at: complaint.registeredAt,
    taken_in_at: complaint.takenInAt ?? null,
    due_at: complaint.dueAt ?? null,
    clock: complaint.clock ?? null,
    officer: complaint.officer ?? null,
    officer_user: officerUser ?? null,
    ...keepContributions(matter),
    remind_at: complaint.dueAt ? nearBefore(new Date(complaint.dueAt), registeredAt, clock) : null,
    owed_at: findOwedAt(matter, now)?.toISOString() ?? null,
    last_seq: complaint.lastSeq,
    updated_at: now.toISOString(),
  };
}

function toEventRow(keys: Keys, event: Decision['events'][number]) {
  const { complaintId, seq, type, at, actor, linkId, data } = event;
  return {
    complaint_id: complaintId,
    seq,
    type,
    at,
    actor,
    link_id: linkId,
    data: sealEventData(keys, data),
  };
}

function toLinkRows({ complaint, links, partLinks = [] }: Decision['matter']) {
  return [...links, ...partLinks].map((link) => ({
    id: link.id,
    complaint_id: complaint.id,
    agency: link.agency,
    role: link.role,
    state: link.state,
    external_id: link.externalId,
    parts: link.parts,
    seen: link.seen,
    joined: link.joined,
    held: link.held,
    due: complaint.lastSeq,
    contribution: 'contribution' in link ? link.contribution : null,
  }));
}
