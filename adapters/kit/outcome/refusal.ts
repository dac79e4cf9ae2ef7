import { type Problem, type Reason, ReasonError, toReasonOf } from '../../../schemas/reason.ts';

/** A refusal before anything was sent: the board would not take the event as it is. */
export class Refusal extends ReasonError {
  /** The faulty fields, if there are single ones. */
  readonly fields: Problem[];
  constructor(reason: Reason, fields: Problem[] = []) {
    super(reason);
    this.name = 'Refusal';
    this.fields = fields;
  }
}

/** Refuses because of single fields of what was to be sent. */
export const refuseFields = (fields: Problem[]): Refusal => new Refusal(toReasonOf(fields), fields);
