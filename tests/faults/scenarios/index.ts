import type { Scenario } from '../scenario.ts';
import { agentScenarios } from './agent-scenarios.ts';
import { boardScenarios } from './board-scenarios.ts';
import { hubScenarios } from './hub-scenarios.ts';
import { repairScenarios } from './repair-scenarios.ts';
import { serviceScenarios } from './service-scenarios.ts';
import { sinkScenarios } from './sink-scenarios.ts';

export const scenarios: readonly Scenario[] = [
  // This group has many boards on one stage and takes longest, so it starts first.
  ...boardScenarios,
  ...hubScenarios,
  ...agentScenarios,
  ...serviceScenarios,
  ...sinkScenarios,
  ...repairScenarios,
];
