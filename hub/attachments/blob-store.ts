import type { Readable } from 'node:stream';

/** Bytes that are durable and not yet in their place. */
export interface Staged {
  read(): Promise<Readable>;
  /** Moves them to the place of their SHA-256, over what is there: the same content, perhaps sealed with another key. */
  place(sha256: string): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Stores contents under their SHA-256. Every method streams. Errors: AttachmentError `full`, `away`, `missing`. Errors
 * of the source are passed on, and nothing of it stays behind.
 */
export interface BlobStore {
  /** Durable once it resolves. */
  stage(source: AsyncIterable<Uint8Array>): Promise<Staged>;
  open(sha256: string): Promise<Readable>;
  /** Removing a missing content is no error. */
  remove(sha256: string): Promise<void>;
  /** Removes what was staged before this time and never placed, because its process ended. */
  tidy(before: Date): Promise<void>;
  close(): void;
}
