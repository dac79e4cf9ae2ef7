import type { AgentParts } from '../parts.ts';
import type { SpoolDatabase } from '../spool/database.ts';
import { findFact, setFacts } from '../spool/facts.ts';
import type { HubCalls } from './hub-calls.ts';

/** The agent asks for the next key when this fraction of the old key's time is left. */
const left = 0.2;

/**
 * Enrols at the hub. The token, which works until the key is used, gives the agent its agency and its key. Throws
 * HubError.
 */
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

/** Gets another key before the old one expires. Both work until the new one is used, so a crash does no harm. */
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
