import type { AgentConfiguration } from '../../../schemas/index.ts';
import type { BoardAdapter } from '../../contract.ts';
import { findMaintenance } from '../../relay/maintenance.ts';
import { type Limits, toLimits } from '../../relay/policy.ts';
import { type Bell, pause } from '../hub/bell.ts';
import { type Breaker, createBreaker } from './breaker.ts';

/** The board beside which this agent runs, as configured. */
export interface Board {
  configuration: AgentConfiguration;
  connection: AgentConfiguration['board'];
  limits: Limits;
  adapter: BoardAdapter;
  breaker: Breaker;
  /** Waits until the rate limiter allows the next call. False: `stop` came first. */
  pace(stop: AbortSignal): Promise<boolean>;
}

/** The board in use. It is undefined until a usable configuration exists. */
export interface InstalledBoard {
  current(): Board | undefined;
  /**
   * Replaces the board. Running calls at the old one get a moment to end. Then they are cut, and their outcome is
   * unknown.
   */
  install(board: Board): void;
  close(): Promise<void>;
}

export function toBoard(configuration: AgentConfiguration, adapter: BoardAdapter): Board {
  const limits = toLimits(configuration.board);
  return {
    configuration,
    connection: configuration.board,
    limits,
    adapter,
    breaker: createBreaker(),
    pace: createPace(limits.rate),
  };
}

/** `changed`: bells that ring when another board is in use. */
export function createInstalledBoard(changed: Bell[]): InstalledBoard {
  let current: Board | undefined;
  return {
    current: () => current,
    install(board) {
      const former = current;
      current = board;
      if (former) void former.adapter.close();
      for (const bell of changed) bell.ring();
    },
    close: async () => void (await current?.adapter.close()),
  };
}

const length = { second: 1000, minute: 60_000 };

function createPace(rate: Limits['rate']): Board['pace'] {
  let next = 0;
  return async (stop) => {
    if (rate) {
      const at = Math.max(next, Date.now());
      next = at + length[rate.per] / rate.calls;
      await pause(at - Date.now(), stop);
    }
    return !stop.aborted;
  };
}

/** True in a maintenance window: then the agent neither writes to the board nor reads it. */
export const isMaintained = ({ configuration, limits }: Board): boolean =>
  findMaintenance(limits.maintenance, configuration.timeZone, Date.now()) !== undefined;
