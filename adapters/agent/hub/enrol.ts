import { type AgentSettings, readLocalSecret, SettingsError } from '../settings.ts';
import { openSpoolDatabase } from '../spool/database.ts';
import { findFact } from '../spool/facts.ts';
import { createHubCalls } from './hub-calls.ts';
import { HubError } from './hub-error.ts';
import { enrol } from './identity.ts';
import { createTransport } from './transport.ts';

/** The command `enrol`. Returns words for a person. Throws SettingsError if the token is missing or refused. */
export async function enrolNow(settings: AgentSettings, version: string): Promise<string> {
  if (!settings.token) throw new SettingsError('token: is required for enrolling');
  const token = readLocalSecret(settings.token);
  const spool = openSpoolDatabase(settings.data);
  const transport = createTransport(settings, version);
  try {
    const hub = createHubCalls(transport, { key: () => undefined });
    const before = findFact(spool.db, 'agency');
    const agency = await enrol(
      spool,
      hub,
      { token, version, hubNow: transport.hubNow },
      new AbortController().signal,
    );
    return before === undefined ? `enrolled for ${agency}` : `enrolled for ${agency}, with another key`;
  } catch (error) {
    if (!(error instanceof HubError) || error.kind === 'away' || error.kind === 'busy') throw error;
    throw new SettingsError(`the hub did not enrol this agent: ${error.message}`, { cause: error });
  } finally {
    await transport.close();
    await spool.close();
  }
}
