import type { Problem } from '../../schemas/index.ts';

/** The board would not take it as it is; nothing was written. A pointer is `/table/column`. */
export class Refusal extends Error {
  readonly fields: Problem[];
  constructor(message: string, fields: Problem[] = []) {
    super(message);
    this.name = 'Refusal';
    this.fields = fields;
  }
}
