import type { Store } from './database.ts';

/** Rows that one statement removes at the most: none holds locks for long, and the rest has its turn a minute later. */
const batch = 5_000;

/** What is over, and has nothing left to say. `door_…`: leased anew when their agency comes again. */
const over: { table: string; where: string }[] = [
  { table: 'seen_messages', where: 'until < now()' },
  { table: 'door_windows', where: "ends_at < now() - interval '1 hour'" },
  { table: 'door_slots', where: "until < now() - interval '1 minute'" },
  // As hub/doors/README.md promises: longer than any outage after which a caller still sends what was not answered.
  { table: 'idempotency_keys', where: "used_at < now() - interval '30 days'" },
  // Long enough to show, months later, who was told of what.
  { table: 'alert_messages', where: "state <> 'due' and created_at < now() - interval '90 days'" },
];

/** Removes what is over, some of it at a time. Whoever prunes at the same moment takes other rows. */
export async function pruneWhatIsOver({ pool }: Store): Promise<void> {
  for (const { table, where } of over)
    await pool.query({
      name: `prune-${table}`,
      text: `delete from ${table} where ctid = any(array(
               select ctid from ${table} where ${where} limit ${batch} for update skip locked))`,
    });
}
