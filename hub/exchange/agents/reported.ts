import { type AgentOutcomes, fromGiven, type Reason, wordReason } from '../../../schemas/index.ts';

export type AgentOutcome = AgentOutcomes['outcomes'][number];

/** An outcome of something that was out: the first report of it. */
export interface Reported {
  linkId: string;
  complaintId: string;
  outcome: AgentOutcome;
}

/** What an agent gave as the reason, as it is kept: in English. An agent of an earlier version gives words. */
export const toReportedText = (reason: Reason | string): string => wordReason(fromGiven(reason), 'en');
