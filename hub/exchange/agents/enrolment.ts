import { type IssuedKey, issueAgentKey, useAgentToken } from '../../access/keys/agent-keys.ts';
import { inTransaction, type Store } from '../../store/database.ts';

/**
 * Enrols an agent with a one-time token. Changes that its predecessor got and did not report are given out again,
 * as to any agent without a cursor. Undefined: the token is not valid (any more).
 */
export async function enrolAgent(
  { pool }: Store,
  token: string,
): Promise<({ agency: string } & IssuedKey) | undefined> {
  return inTransaction(pool, async (client) => {
    const agency = await useAgentToken(client, token);
    if (agency === undefined) return undefined;
    await client.query('delete from agent_asks where agency = $1', [agency]);
    return { agency, ...(await issueAgentKey(client, agency)) };
  });
}
