import { mostLogLines } from '../../schemas/index.ts';
import type { Directory } from '../configuration/directory.ts';
import {
  type AgentLogs,
  askForLogs,
  type LogsRefused,
  type LogWish,
  readLogs,
} from '../exchange/agents/agent-logs.ts';
import { isBehindAgent } from '../exchange/boards/boards.ts';
import type { Store } from '../store/database.ts';
import { EngineerError } from './engineer-error.ts';
import type { Change } from './record.ts';

export interface EngineerAgentLogs {
  /** Errors: EngineerError `not_found`: the agency has no agent. */
  read(agency: string): Promise<AgentLogs>;
  /** The same question again changes nothing while it waits. Errors: EngineerError `not_found`, `conflict`. */
  ask: Change<LogWish, void>;
  /** Wakes the agent, which is waiting for news. Call it after the transaction. */
  wake(agency: string): void;
}

/** In one table, for pages word it by its kind. */
const refused: Record<LogsRefused, string> = {
  old: "this agent's version cannot send logs: update it",
  unheard: 'this agent was never heard of: install it first',
};

/** What the agency's agent wrote in its log lately, asked for over the line that the agent opens. */
export function createEngineerAgentLogs(parts: {
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
  wakeAgent(agency: string): void;
}): EngineerAgentLogs {
  const { store, directory, wakeAgent } = parts;

  function mustHaveAgent(agency: string): void {
    const configured = directory.findAgency(agency);
    if (!configured || !isBehindAgent(configured))
      throw new EngineerError('not_found', 'this agency is connected without an agent');
  }

  return {
    async read(agency) {
      mustHaveAgent(agency);
      return readLogs(store.pool, agency);
    },
    async ask(client, { agency, name }, { level, most }) {
      mustHaveAgent(agency);
      const why = await askForLogs(client, { agency, level, most: Math.min(most, mostLogLines), by: name });
      if (why) throw new EngineerError('conflict', refused[why]);
    },
    wake: wakeAgent,
  };
}
