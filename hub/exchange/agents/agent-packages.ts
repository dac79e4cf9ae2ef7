import type { Logger } from 'pino';
import type { AgentPackage } from '../../../adapters/agent/packaging/package.ts';

/** Made when it is first asked for, which takes a while. */
export interface FindAgentPackage {
  (): Promise<AgentPackage>;
  /** What was made already; asking has it made. */
  known(): AgentPackage | undefined;
}

/** Builds the package once per process; a build that failed is tried again by the next who fetches it. */
export function createAgentPackages(build: () => Promise<AgentPackage>, log: Logger): FindAgentPackage {
  let building: Promise<AgentPackage> | undefined;
  let found: AgentPackage | undefined;
  let wasAsked = false;
  const find = async () => {
    wasAsked = true;
    building ??= build();
    try {
      found = await building;
      return found;
    } catch (err) {
      building = undefined;
      log.error({ err }, 'the installation package of the agent cannot be made');
      throw err;
    }
  };
  const known = () => {
    if (!wasAsked) find().catch(() => undefined);
    return found;
  };
  return Object.assign(find, { known });
}
