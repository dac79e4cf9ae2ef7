import type { AgentConfiguration } from '../../schemas/index.ts';
import { fromGiven, reasonOf, wordReason } from '../../schemas/reason.ts';
import type { CheckReport } from '../contract.ts';
import { createBoard } from './configure.ts';
import { createHubCalls } from './hub/hub-calls.ts';
import { createTransport } from './hub/transport.ts';
import { type AgentSettings, toAllowed } from './settings.ts';
import { openSpoolToRead } from './spool/database.ts';
import { findFact } from './spool/facts.ts';
import { verifyConfiguration } from './verify-configuration.ts';

interface Line {
  what: string;
  ok: boolean;
  detail: string;
}

/**
 * The command `check`. It tests the hub, then the board with the hub's current configuration. It also works while the
 * agent runs.
 */
export async function checkAll(
  settings: AgentSettings,
  version: string,
): Promise<{ text: string; isWell: boolean }> {
  const lines = await listChecks(settings, version);
  return {
    text: lines.map(({ what, ok, detail }) => `${ok ? 'ok   ' : 'FAILS'} ${what}: ${detail}`).join('\n'),
    isWell: lines.every(({ ok }) => ok),
  };
}

async function listChecks(settings: AgentSettings, version: string): Promise<Line[]> {
  const known = findEnrolment(settings);
  if (!known)
    return [
      { what: 'enrolment', ok: false, detail: 'none; run `minwon-agent enrol` with a token of the hub' },
    ];
  const lines: Line[] = [{ what: 'enrolment', ok: true, detail: `for ${known.agency}` }];
  const transport = createTransport(settings, version);
  const signal = AbortSignal.timeout(60_000);
  try {
    const signed = await createHubCalls(transport, { key: () => known.key }).fetchConfiguration(signal);
    const expires = transport.certificateExpiresAt()?.toISOString();
    lines.push({
      what: 'hub',
      ok: true,
      detail: `reached${expires ? `, its certificate ends ${expires}` : ''}`,
    });
    const configuration = verifyConfiguration(signed, { ...known, newest: undefined });
    lines.push({ what: 'configuration', ok: true, detail: `version ${configuration.version}, signed` });
    const { adapter } = await createBoard(configuration, toAllowed(settings));
    const report = await adapter.check(signal).finally(() => adapter.close());
    return [...lines, ...report.lines.map(inWords)];
  } catch (error) {
    return [
      ...lines,
      {
        what: ['hub', 'configuration', 'board'][lines.length - 1] ?? '',
        ok: false,
        detail: wordReason(reasonOf(error), 'en'),
      },
    ];
  } finally {
    await transport.close();
  }
}

const inWords = ({ what, ok, detail }: CheckReport['lines'][number]): Line => ({
  what: wordReason(fromGiven(what), 'en'),
  ok,
  detail: wordReason(fromGiven(detail), 'en'),
});

/** Fetches the hub's current configuration and checks its signature. Throws HubError or UntrustedConfiguration. */
export async function fetchConfiguration(
  settings: AgentSettings,
  known: Enrolment,
  version: string,
): Promise<AgentConfiguration> {
  const transport = createTransport(settings, version);
  try {
    const calls = createHubCalls(transport, { key: () => known.key });
    const signed = await calls.fetchConfiguration(AbortSignal.timeout(60_000));
    return verifyConfiguration(signed, { ...known, newest: undefined });
  } finally {
    await transport.close();
  }
}

interface Enrolment {
  key: string;
  hubKey: string;
  agency: string;
}

/** This agent's identity at the hub, from its spool. Undefined: it is not enrolled yet. */
export function findEnrolment({ data }: AgentSettings): Enrolment | undefined {
  const db = openSpoolToRead(data);
  const [key, hubKey, agency] = ['key', 'hubKey', 'agency'].map((name) => db && findFact(db, name as 'key'));
  db?.close();
  return key && hubKey && agency ? { key, hubKey, agency } : undefined;
}
