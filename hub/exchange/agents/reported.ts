import type { AgentOutcomes } from '../../../schemas/index.ts';
import type { Provided } from '../../store/tables/column-types.ts';

export type AgentOutcome = AgentOutcomes['outcomes'][number];

/** The first reported outcome of something that was given out. */
export interface Reported {
  linkId: string;
  complaintId: string;
  outcome: AgentOutcome;
  /** What it held of the complainant when it was given out. Absent: from before that was noted. */
  provided?: Provided;
}
