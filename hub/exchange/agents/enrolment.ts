import { type IssuedKey, issueAgentKey, useAgentToken } from '../../access/keys/agent-keys.ts';
import { inTransaction, type Store } from '../../store/database.ts';

/**
 * Lets an agent in with a one-time token. What an agent before it was given and has not reported is given out again, as
 * to any agent that begins without a cursor. Undefined: the token is not good (any more).
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
