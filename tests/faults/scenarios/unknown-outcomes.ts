import type { Injection } from '../scenario.ts';
import { query } from '../stage/database.ts';

const marks = `
select agency as place, count(*)::int as times from links where attempting is not null group by agency
union all
select 'mail', count(*)::int from notices where attempting_since is not null and state = 'due' and channel = 'email'`;

/** While no hub runs: what was marked as being sent and has no outcome. */
export async function noteInterrupted({ stage, noteUnknown }: Injection): Promise<void> {
  const rows = await query<{ place: string; times: number }>(stage.databaseUrl(), marks);
  for (const { place, times } of rows) noteUnknown(place, times);
}
