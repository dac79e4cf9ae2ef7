import type { Logger } from 'pino';
import type { Signer } from '../../access/keys/signing-key.ts';
import type { Directory } from '../../configuration/directory.ts';
import type { AgentExchange } from '../../exchange/agents/agent-exchange.ts';
import type { FindAgentPackage } from '../../exchange/agents/agent-packages.ts';
import type { IsProxy } from '../../http/proxy-trust.ts';
import type { Store } from '../../store/database.ts';
import type { Gate } from '../gate/gate.ts';

export interface AgentDoorDependencies {
  store: Store;
  directory: Pick<Directory, 'findAgency'>;
  gate: Gate;
  isProxy: IsProxy;
  agents: AgentExchange;
  /** Reads the signing key at its first use. */
  signer(): Promise<Signer>;
  findPackage: FindAgentPackage;
  log: Logger;
}
