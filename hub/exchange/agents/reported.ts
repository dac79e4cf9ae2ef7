import type { AgentOutcomes } from '../../../schemas/index.ts';

export type AgentOutcome = AgentOutcomes['outcomes'][number];

/** An outcome of something that was out: the first report of it. */
export interface Reported {
  linkId: string;
  complaintId: string;
  outcome: AgentOutcome;
}
