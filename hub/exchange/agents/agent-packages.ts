import type { Logger } from 'pino';
import type { AgentPackage } from '../../../adapters/agent/packaging/package.ts';

/** Builds the package at the first call, which takes a while. */
export interface FindAgentPackage {
  (): Promise<AgentPackage>;
  /** The package, if it was built already. Otherwise the call starts the build. */
  known(): AgentPackage | undefined;
}

/** Builds the package once per process. After a failed build, the next caller tries again. */
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
