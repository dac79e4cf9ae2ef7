import type { Unread } from './inside.ts';

/** A file, or a part of it, could not be read. */
export class ReadingError extends Error {
  readonly kind: Unread;
  constructor(kind: Unread, message: string) {
    super(message);
    this.name = 'ReadingError';
    this.kind = kind;
  }
}
