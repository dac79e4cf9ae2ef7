import type { AgentOutcomes } from '../../../schemas/index.ts';

export type AgentOutcome = AgentOutcomes['outcomes'][number];

/** The first reported outcome of something that was given out. */
export interface Reported {
  linkId: string;
  complaintId: string;
  outcome: AgentOutcome;
}
