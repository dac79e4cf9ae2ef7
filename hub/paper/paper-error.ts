/**
 * Why there is no document.
 * - `busy`: too many are waited for; a moment later there is room
 * - `too_long`: writing it took longer than a document may take
 * - `failed`: a fault of ours
 */
export class PaperError extends Error {
  readonly kind: 'busy' | 'too_long' | 'failed';
  constructor(kind: PaperError['kind'], message: string) {
    super(message);
    this.name = 'PaperError';
    this.kind = kind;
  }
}
