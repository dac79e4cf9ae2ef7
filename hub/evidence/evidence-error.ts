/** Why no bundle could be made. */
export class EvidenceError extends Error {
  readonly kind: 'files_too_large' | 'time_stamp_away';
  constructor(kind: EvidenceError['kind'], message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'EvidenceError';
    this.kind = kind;
  }
}
