/** Messages between an evaluating thread and the pool. Inputs and results are plain JSON, copied as one text. */
import type { Reason } from '../../../schemas/reason.ts';
import type { CodeError } from './codes.ts';
import type { MappingError } from './mapping-error.ts';
import type { Program } from './parse.ts';

export interface Batch {
  jobs: { key: string; input: string | undefined }[];
  /** Programs that the thread does not know or has forgotten. */
  programs: [key: string, program: Program][];
}

export type Outcome =
  | { kind: 'value'; value: string | undefined }
  | ({ kind: 'code' } & Pick<CodeError, 'table' | 'value' | 'known'>)
  | { kind: 'error'; of: MappingError['kind']; reason: Reason; position: number | undefined };

export interface Reply {
  /** Outcomes of the next jobs, in order. */
  outcomes: Outcome[];
  done: boolean;
}

/** Where a thread notes the number of its current job, counted from 1 since the thread began. 0: none. */
export const underWay = 0;

/**
 * An LRU cache of the programs that a thread keeps compiled, about 25 kB each. Both sides count the same uses, so both
 * forget the same programs.
 */
export class RecentlyUsed<T> {
  readonly #most: number;
  readonly #items = new Map<string, T>();
  constructor(most = 400) {
    this.#most = most;
  }
  use(key: string): T | undefined {
    const item = this.#items.get(key);
    if (item !== undefined) this.add(key, item);
    return item;
  }
  add(key: string, item: T): void {
    this.#items.delete(key);
    this.#items.set(key, item);
    const [oldest] = this.#items.keys();
    if (this.#items.size > this.#most && oldest !== undefined) this.#items.delete(oldest);
  }
}
