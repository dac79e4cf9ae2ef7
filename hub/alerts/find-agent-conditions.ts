import { type Reason, said, toReason } from '../../schemas/reason.ts';
import { agentPolicy } from '../exchange/boards/agent-policy.ts';
import type { ConditionName } from './conditions.ts';
import type { FindDependencies, Finding } from './finding.ts';

/** A silent agent. What it last said means nothing any more. */
export const isSilent = `coalesce(g.heartbeat_at, g.enrolled_at) < now() - interval '${agentPolicy.silentAfter} seconds'`;

interface AgentCondition {
  /** The condition on `agents g`. */
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
  // The agent's clock says since when something waits.
  'agent-backlog': {
    where: `(g.heartbeat #>> '{backlog,oldest}')::timestamptz - make_interval(secs => g.skew / 1000.0)
      < now() - interval '${agentPolicy.backlogMinutes} minutes'`,
    item: "g.heartbeat #>> '{backlog,oldest}'",
  },
} as const satisfies Partial<Record<ConditionName, AgentCondition>>;

/** The conditions of agents. There is one row for each agent, so every look reads all of them. */
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
