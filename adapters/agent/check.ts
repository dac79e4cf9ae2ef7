import { messageOf } from '../relay/bring-event.ts';
import { createBoard } from './configure.ts';
import { createHubCalls } from './hub-calls.ts';
import type { AgentSettings } from './settings.ts';
import { openSpoolToRead } from './spool/database.ts';
import { findFact } from './spool/facts.ts';
import { createTransport } from './transport.ts';
import { verifyConfiguration } from './verify-configuration.ts';

interface Line {
  what: string;
  ok: boolean;
  detail: string;
}

/** The command `check`: hub, then board by the configuration that the hub has now; also while the agent runs. */
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
  const db = openSpoolToRead(settings.data);
  const facts = db && {
    key: findFact(db, 'key'),
    hubKey: findFact(db, 'hubKey'),
    agency: findFact(db, 'agency'),
  };
  db?.close();
  const { key, hubKey, agency } = facts ?? {};
  if (!key || !hubKey || !agency)
    return [
      { what: 'enrolment', ok: false, detail: 'none; run `minwon-agent enrol` with a token of the hub' },
    ];
  const lines: Line[] = [{ what: 'enrolment', ok: true, detail: `for ${agency}` }];
  const transport = createTransport(settings, version);
  const signal = AbortSignal.timeout(60_000);
  try {
    const signed = await createHubCalls(transport, () => key).fetchConfiguration(signal);
    const expires = transport.certificateExpiresAt()?.toISOString();
    lines.push({
      what: 'hub',
      ok: true,
      detail: `reached${expires ? `, its certificate ends ${expires}` : ''}`,
    });
    const configuration = verifyConfiguration(signed, { hubKey, agency, newest: undefined });
    lines.push({ what: 'configuration', ok: true, detail: `version ${configuration.version}, signed` });
    const { adapter } = await createBoard(configuration);
    const report = await adapter.check(signal).finally(() => adapter.close());
    return [...lines, ...report.lines];
  } catch (error) {
    return [
      ...lines,
      {
        what: ['hub', 'configuration', 'board'][lines.length - 1] ?? '',
        ok: false,
        detail: messageOf(error),
      },
    ];
  } finally {
    await transport.close();
  }
}
