import type { Problem } from '../../../schemas/index.ts';

/** Said before anything was sent: the board would not take it as it is. `fields`: where, as far as it is one place. */
export class Refusal extends Error {
  readonly fields: Problem[];
  constructor(message: string, fields: Problem[] = []) {
    super(message);
    this.name = 'Refusal';
    this.fields = fields;
  }
}
