import type { AgentParts } from '../parts.ts';
import type { SpoolDatabase } from '../spool/database.ts';
import { findFact, setFacts } from '../spool/facts.ts';
import type { HubCalls } from './hub-calls.ts';

/** The next key is asked for when this part of the old one's time is left. */
const left = 0.2;

/** Who this agent is for the hub: its agency and its key, from a token that works until its key is used. Throws HubError. */
export async function enrol(
  spool: SpoolDatabase,
  hub: HubCalls,
  { token, version, hubNow }: { token: string; version: string; hubNow(): number },
  signal: AbortSignal,
): Promise<string> {
  const { key, renewAt, agency, hubKey } = await hub.enrol(token, version, signal);
  const keySince = new Date(hubNow()).toISOString();
  await spool.write((tx) => setFacts(tx, { key, renewAt, keySince, agency, hubKey }));
  return agency;
}

/** Another key before the old one's time is over. Both work until the new one was used, so a crash costs nothing. */
export async function renewKeyInTime(
  { spool, hub, log, stop }: AgentParts,
  hubNow: () => number,
): Promise<void> {
  const [since, until] = [findFact(spool.db, 'keySince'), findFact(spool.db, 'renewAt')];
  const from = Date.parse(since ?? '') || 0;
  const to = Date.parse(until ?? '') || 0;
  if (hubNow() < to - (to - from) * left) return;
  const { key, renewAt } = await hub.renewKey(stop);
  await spool.write((tx) => setFacts(tx, { key, renewAt, keySince: new Date(hubNow()).toISOString() }));
  log.info({ renewAt }, 'the agent has another key');
}
