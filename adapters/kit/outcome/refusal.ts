import { type Problem, type Reason, ReasonError, toReasonOf } from '../../../schemas/reason.ts';

/** Said before anything was sent: the board would not take it as it is. */
export class Refusal extends ReasonError {
  /** Where, as far as it is single places. */
  readonly fields: Problem[];
  constructor(reason: Reason, fields: Problem[] = []) {
    super(reason);
    this.name = 'Refusal';
    this.fields = fields;
  }
}

/** What is wrong with some places of what was to be sent. */
export const refuseFields = (fields: Problem[]): Refusal => new Refusal(toReasonOf(fields), fields);
