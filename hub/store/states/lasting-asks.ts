import { sql, type Transaction } from 'kysely';
import { newId } from '../new-id.ts';
import type { Tables } from '../tables/tables.ts';

/**
 * Asks the agent of an agency that has just become live to read its board from the beginning. Nobody waits for the
 * answer, and the agent may be away for days: the ask never expires, is given out again until it is answered without an
 * error, and then goes (exchange/boards/asks.ts).
 */
export async function askToReadAnew(trx: Transaction<Tables>, agency: string): Promise<void> {
  const ask = JSON.stringify({ what: 'poll', anew: true });
  await sql`insert into agent_asks (id, agency, ask, expires_at)
    values (${newId()}, ${agency}, ${ask}::jsonb, 'infinity')`.execute(trx);
}

/** An agency that is live no more is not read for real. */
export async function dropLastingAsks(trx: Transaction<Tables>, agency: string): Promise<void> {
  await sql`delete from agent_asks where agency = ${agency} and expires_at = 'infinity'`.execute(trx);
}
