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

/** kill -9 in the middle of its work, and what was under way at that moment. */
export async function killHub(injection: Injection, which = 0): Promise<void> {
  const hub = injection.stage.hubs[which];
  if (!hub) return;
  // Its clock stops a moment before it dies, so that nothing moves while the rows are read.
  hub.freeze();
  await noteInterrupted(injection);
  await hub.kill();
}
