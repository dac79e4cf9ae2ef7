import type { Engineer } from '../../../engineer/engineer.ts';
import type { FindAgentPackage } from '../../../exchange/agents/agent-packages.ts';
import type { Store } from '../../../store/database.ts';

export interface SelfDependencies {
  store: Store;
  engineer: Engineer;
  findPackage: FindAgentPackage;
}
