/**
 * What can go wrong between the hub and its database.
 * - `unavailable`: no server, or it does not start
 * - `outdated`: the schema is older or newer than this program
 * - `guarded`: data of complainants was about to be read around hub/personal, or given out without an entry in its log
 * - `sealed`: a key is missing or another one, or what was sealed was changed
 */
export class StoreError extends Error {
  readonly kind: 'unavailable' | 'outdated' | 'guarded' | 'sealed';
  constructor(kind: StoreError['kind'], message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StoreError';
    this.kind = kind;
  }
}
