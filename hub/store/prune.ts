import type { Store } from './database.ts';

/** The most rows that one statement removes. So none holds locks for long, and the rest follow a minute later. */
const batch = 5_000;

/**
 * Rows that are out of date and of no further use. Rows in `door_…` tables are leased anew when their agency comes
 * again.
 */
const over: { table: string; where: string }[] = [
  { table: 'seen_messages', where: 'until < now()' },
  { table: 'door_windows', where: "ends_at < now() - interval '1 hour'" },
  { table: 'door_slots', where: "until < now() - interval '1 minute'" },
  // hub/doors/README.md promises this time. It is longer than any outage after which a caller still repeats a call
  // without an answer.
  { table: 'idempotency_keys', where: "used_at < now() - interval '30 days'" },
  // As long as an endpoint can be told of it again.
  { table: 'endpoint_deliveries', where: "ended_at < now() - interval '90 days'" },
  // Their tokens and mails go with them.
  { table: 'account_links', where: "created_at < now() - interval '90 days'" },
  { table: 'account_mails', where: "created_at < now() - interval '90 days'" },
  // As long as the deliveries that they are of can be sent again.
  { table: 'endpoint_attempts', where: "at < now() - interval '90 days'" },
  { table: 'managed_calls', where: "used_at < now() - interval '30 days'" },
  { table: 'door_days', where: 'day < current_date - 400' },
  // Messages stay long enough to show, months later, who was told of what.
  { table: 'alert_messages', where: "state <> 'due' and created_at < now() - interval '90 days'" },
  // hub/exchange/agents/agent-logs.ts shows none that is older.
  { table: 'agent_logs', where: "greatest(asked_at, sent_at) < now() - interval '24 hours'" },
  // Whoever asked for one has seen it by then.
  { table: 'trial_messages', where: "created_at < now() - interval '30 days'" },
  // What a person typed and did not send. hub/complaints/drafts.ts shows none that is older.
  { table: 'bulk_runs', where: "made_at < now() - interval '30 days'" },
  { table: 'held_acts', where: "state = 'returned' and ended_at < now() - interval '30 days'" },
  { table: 'drafts', where: "saved_at < now() - interval '30 days'" },
];

/**
 * Removes rows that are out of date, a batch at a time. Another process that prunes at the same moment takes other
 * rows.
 */
export async function pruneWhatIsOver({ pool }: Store): Promise<void> {
  for (const { table, where } of over)
    await pool.query({
      name: `prune-${table}`,
      text: `delete from ${table} where ctid = any(array(
               select ctid from ${table} where ${where} limit ${batch} for update skip locked))`,
    });
}
