import type { Injection } from '../scenario.ts';
import { query } from '../stage/database.ts';

const marks = `
select agency as place, count(*)::int as times from links where attempting is not null group by agency
union all
select 'mail', count(*)::int from notices where attempting_since is not null and state = 'due' and channel = 'email'`;

/** Counts, while no hub runs, the calls that were marked before they were made and have no outcome. */
export async function noteInterrupted({ stage, noteUnknown }: Injection): Promise<void> {
  const rows = await query<{ place: string; times: number }>(stage.databaseUrl(), marks);
  for (const { place, times } of rows) noteUnknown(place, times);
}

/** Kills a hub during its work (kill -9), and counts the calls that were running. */
export async function killHub(injection: Injection, which = 0): Promise<void> {
  const hub = injection.stage.hubs[which];
  if (!hub) return;
  // The hub is stopped just before it is killed, so that no row changes while the rows are read.
  hub.freeze();
  await noteInterrupted(injection);
  await hub.kill();
}
