import type { Agency, AgentConfiguration, ConfigurationReport } from '../../../schemas/index.ts';
import { fromGiven } from '../../../schemas/reason.ts';
import type { Store } from '../../store/database.ts';
import { agentPolicy } from '../boards/agent-policy.ts';

const text = `
select version, body from configurations where kind = 'agency' and name = $1 order by version desc limit 1`;

/** The configuration in force, as this agency's agent needs it. Undefined: no agent reaches its board (any more). */
export async function findAgentConfiguration(
  { pool }: Store,
  code: string,
): Promise<AgentConfiguration | undefined> {
  const { rows } = await pool.query<{ version: number; body: Agency | null }>({
    name: 'agent-configuration',
    text,
    values: [code],
  });
  const { version = 0, body } = rows[0] ?? {};
  const board = body?.board;
  if (board?.via !== 'agent') return undefined;
  const { timeZone = 'Asia/Seoul' } = body ?? {};
  return { agency: code, version, timeZone, board, heartbeatEvery: agentPolicy.heartbeatEvery };
}

/** Notes whether the agent applied a version. A report about an older version than the last one reported is ignored. */
export async function noteConfiguration(
  { pool }: Store,
  agency: string,
  version: number,
  { outcome, reason }: ConfigurationReport,
): Promise<void> {
  await pool.query(
    `update agents set configuration = $2, configuration_outcome = $3, configuration_reason = $4, configuration_at = now()
     where agency = $1 and (configuration is null or configuration <= $2)`,
    [agency, version, outcome, reason === undefined ? null : JSON.stringify(fromGiven(reason))],
  );
}
