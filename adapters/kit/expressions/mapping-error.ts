/** `syntax`: does not compile. `limit`: ran too long, too deep or too large. `failed`: this input cannot be mapped. */
export class MappingError extends Error {
  readonly kind: 'syntax' | 'limit' | 'failed';
  /** Characters from the start of the expression, where known. */
  readonly position: number | undefined;
  /** Without the position. */
  readonly plainMessage: string;
  constructor(kind: MappingError['kind'], message: string, position?: number, cause?: unknown) {
    super(position === undefined ? message : `${message} (at character ${position})`, { cause });
    this.name = 'MappingError';
    this.kind = kind;
    this.position = position;
    this.plainMessage = message;
  }
}
