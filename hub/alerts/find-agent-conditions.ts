import { type Reason, said, toReason } from '../../schemas/reason.ts';
import { agentPolicy } from '../exchange/boards/agent-policy.ts';
import type { ConditionName } from './conditions.ts';
import type { FindDependencies, Finding } from './finding.ts';

/** An agent that is not heard of: what it said last means nothing any more. */
export const isSilent = `coalesce(g.heartbeat_at, g.enrolled_at) < now() - interval '${agentPolicy.silentAfter} seconds'`;

interface AgentCondition {
  /** Of `agents g`. */
  where: string;
  item: string;
  /** Absent: the item is shown as it is. */
  toItem?: (item: string) => Reason;
}

const conditions = {
  'agent-silent': { where: isSilent, item: 'g.heartbeat_at' },
  'agent-clock': {
    where: `not ${isSilent} and abs(g.skew) > ${agentPolicy.mostSkew}`,
    item: 'round(g.skew / 1000.0)',
    toItem: (n: string) => toReason('seconds_ahead', { n }),
  },
  'agent-configuration': {
    where: "g.configuration_outcome = 'rolled-back'",
    item: 'g.configuration',
    toItem: (version: string) => toReason('configuration_version', { version }),
  },
  'agent-certificate': {
    where: `(g.heartbeat ->> 'certificateExpiresAt')::timestamptz < now() + interval '${agentPolicy.certificateDays} days'`,
    item: "g.heartbeat ->> 'certificateExpiresAt'",
  },
  // Since when something waits is told by the agent's clock.
  'agent-backlog': {
    where: `(g.heartbeat #>> '{backlog,oldest}')::timestamptz - make_interval(secs => g.skew / 1000.0)
      < now() - interval '${agentPolicy.backlogMinutes} minutes'`,
    item: "g.heartbeat #>> '{backlog,oldest}'",
  },
} as const satisfies Partial<Record<ConditionName, AgentCondition>>;

/** What can be wrong with agents: there is one row for each, so every look sees all of them. */
export const findAgentConditions = Object.fromEntries(
  Object.entries<AgentCondition>(conditions).map(([name, { where, item, toItem = said }]) => [
    name,
    async ({ store, listAgents }: FindDependencies): Promise<Finding[]> => {
      const agencies = listAgents();
      if (agencies.length === 0) return [];
      const { rows } = await store.pool.query<Omit<Finding, 'items'> & { items: string[] }>(
        `select g.agency as subject, 1 as count, array_remove(array[(${item})::text], null) as items
         from agents g where g.agency = any($1) and ${where}`,
        [agencies],
      );
      return rows.map((row) => ({ ...row, items: row.items.map(toItem) }));
    },
  ]),
) as Record<keyof typeof conditions, (deps: FindDependencies) => Promise<Finding[]>>;
