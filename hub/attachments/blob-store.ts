import type { Readable } from 'node:stream';

/** Bytes that are durable and not yet in their place. */
export interface Staged {
  read(): Promise<Readable>;
  /** Puts them where their SHA-256 says; does nothing where the same content is there already. */
  place(sha256: string): Promise<void>;
  discard(): Promise<void>;
}

/**
 * Where contents lie, under their SHA-256. Every method streams. Errors: AttachmentError `full`, `away`, `missing`;
 * what the source throws is passed on, and nothing of it is left behind.
 */
export interface BlobStore {
  /** Durable once it resolves. */
  stage(source: AsyncIterable<Uint8Array>): Promise<Staged>;
  open(sha256: string): Promise<Readable>;
  /** Removing what is not there is no error. */
  remove(sha256: string): Promise<void>;
  /** Removes what was staged before this time and never placed: its process ended. */
  tidy(before: Date): Promise<void>;
  close(): void;
}
