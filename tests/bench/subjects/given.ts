import type { SealAlgorithm } from '../../../hub/store/sealing/sealed-text.ts';

/** How the hub encrypts at rest. */
export interface Sealing {
  algorithm: SealAlgorithm;
  keyFile: string;
}

/** The options that the bench gives to every subject. */
export interface Given {
  databaseUrl: string;
  /** Absent: the queues are in PostgreSQL. */
  redisUrl?: string;
  /** The hub's roles. Absent: all. */
  roles?: string;
  boardUrl: string;
  smtpUrl: string;
  /** Absent: nothing is encrypted at rest. */
  sealing?: Sealing;
}

/** What a subject reports when it listens. */
export interface SubjectReady {
  url: string;
}
