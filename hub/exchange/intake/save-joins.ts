import { isLead } from '../../complaints/joining/is-lead.ts';
import { parseReceiptNumber } from '../../complaints/receipt-number.ts';
import type { Decision, NumberedEvent } from '../../complaints/state.ts';
import { isStep } from '../../complaints/steps/known-steps.ts';
import type { Queryable } from '../../store/database.ts';

/** Joined now. What the leading complaint was told before is not told of it. */
const joinText = `
insert into joins (lead_id, complaint_id, joined_seq, told, due)
select $1, c.id, $2::int, $2::int - 1, $2::int from complaints c where c.receipt_number = any($3::text[])`;

/** Let go: those that are named, or all of them where none are. */
const partText = `
update joins set parted_seq = $2, due = $2, next_at = now() where lead_id = $1 and parted_seq is null
  and ($3::text[] is null or complaint_id in (select id from complaints where receipt_number = any($3::text[])))`;

const dueText = `
update joins set due = $2, next_at = now() where lead_id = $1 and parted_seq is null and due < $2`;

/** It went its own way, to another agency: nothing more is told of it. */
const leftText =
  'update joins set parted_seq = told, due = told where complaint_id = $1 and parted_seq is null';

/**
 * Keeps who is joined to whom, as the events say, and up to which event of the leading complaint the joined ones are to
 * be told. Runs in the transaction that saves the decisions. Throws a unique violation where somebody else joined one of
 * them at the same moment: the group is then judged again.
 */
export async function saveJoins(client: Queryable, decisions: readonly Decision[]): Promise<void> {
  for (const { matter, events } of decisions) {
    const { id, lastSeq } = matter.complaint;
    if (isLeaving(events)) await client.query(leftText, [id]);
    if (events.length === 0 || !isLead(matter)) continue;
    for (const event of events) await saveChange(client, event);
    await client.query(dueText, [id, lastSeq]);
  }
}

async function saveChange(client: Queryable, event: NumberedEvent): Promise<void> {
  const { complaintId, seq } = event;
  if (isOfKind(event, 'joined')) await client.query(joinText, [complaintId, seq, listNumbers(event)]);
  if (isOfKind(event, 'parted')) await client.query(partText, [complaintId, seq, listNumbers(event)]);
  // A complaint that its complainant takes back leads no others.
  if (event.type === 'withdrawn') await client.query(partText, [complaintId, seq, null]);
}

const isOfKind = (event: NumberedEvent, kind: 'joined' | 'parted'): boolean =>
  isStep(event) && event.data.step.kind === kind;

function listNumbers(event: NumberedEvent): string[] {
  const step = isStep(event) ? event.data.step : undefined;
  const numbers = step?.kind === 'joined' || step?.kind === 'parted' ? step.complaints : [];
  return numbers.map((text) => parseReceiptNumber(text) ?? text);
}

/** Moved to another agency by itself, and not with the complaint that leads it. */
const isLeaving = (events: readonly NumberedEvent[]): boolean =>
  events[0]?.actor.via !== 'hub' && events.some(({ type }) => type === 'transferred');
