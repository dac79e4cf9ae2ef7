import type { Selectable } from 'kysely';
import { newId } from '../store/new-id.ts';
import type { Tables } from '../store/tables/tables.ts';
import type { ConditionName, getCondition, MessagePolicy } from './conditions.ts';
import type { Finding } from './finding.ts';

export type Alert = Selectable<Tables['alerts']> & { condition: ConditionName };

const mostDoublings = 6;

/**
 * The state of an alert after a look at its condition, which was found (with what) or not. Pure. Undefined: nothing to
 * keep.
 *
 * Trouble that comes and goes does not send a message each time. It must last before the alert opens, and be gone for a
 * while before it ends. Each return soon after an end doubles that while.
 */
export function advance(
  known: Alert | undefined,
  found: { condition: ConditionName; finding: Finding } | undefined,
  { after, settle }: Pick<ReturnType<typeof getCondition>, 'after' | 'settle'>,
  { calm }: Pick<MessagePolicy, 'calm'>,
  now: Date,
): Alert | undefined {
  if (!found) return known && fade(known, settle * 2 ** Math.min(known.returns, mostDoublings), now);
  const { count, items } = found.finding;
  const seen = {
    ...(known ?? create(found.condition, found.finding.subject, now)),
    count,
    items,
    seen_at: now,
  };
  const alert = seen.state === 'ended' ? begin(seen, calm, now) : seen;
  if (alert.state === 'pending' && now.getTime() - alert.since.getTime() >= after)
    return { ...alert, state: 'open', opened_at: now };
  return alert;
}

function create(condition: ConditionName, subject: string, now: Date): Alert {
  return {
    id: newId(),
    condition,
    subject,
    state: 'pending',
    since: now,
    seen_at: now,
    opened_at: null,
    ended_at: null,
    returns: 0,
    count: 0,
    items: [],
    told: {},
    acknowledged_by: null,
    acknowledged_at: null,
    acknowledged_count: null,
  };
}

function begin(alert: Alert, calm: number, now: Date): Alert {
  // Nobody was told of its end yet, so it never ended.
  if (Object.keys(alert.told).length > 0) return { ...alert, state: 'open', ended_at: null };
  const isReturn = alert.ended_at !== null && now.getTime() - alert.ended_at.getTime() < calm;
  return {
    ...alert,
    state: 'pending',
    since: now,
    returns: isReturn ? alert.returns + 1 : 0,
    acknowledged_by: null,
    acknowledged_at: null,
    acknowledged_count: null,
  };
}

function fade(alert: Alert, settle: number, now: Date): Alert | undefined {
  if (alert.state === 'pending') return alert.ended_at ? { ...alert, state: 'ended' } : undefined;
  if (alert.state === 'ended' || now.getTime() - alert.seen_at.getTime() < settle) return alert;
  return { ...alert, state: 'ended', ended_at: now };
}
