import type { Logger } from 'pino';
import type { AgentPackage } from '../../../adapters/agent/package.ts';
import type { Signer } from '../../access/signing-key.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { AgentExchange } from '../../exchange/agents/agent-exchange.ts';
import type { IsProxy } from '../../proxy-trust.ts';
import type { Store } from '../../store/database.ts';
import type { Gate } from '../gate.ts';

/** Made when it is first asked for, which takes a while. */
export interface FindAgentPackage {
  (): Promise<AgentPackage>;
  /** What was made already; asking has it made. */
  known(): AgentPackage | undefined;
}

export interface AgentDoorDependencies {
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
  gate: Gate;
  isProxy: IsProxy;
  agents: AgentExchange;
  /** Read when it is first needed. */
  signer(): Promise<Signer>;
  findPackage: FindAgentPackage;
  log: Logger;
}
