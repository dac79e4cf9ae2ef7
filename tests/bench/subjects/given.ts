/** The options that the bench gives to every subject. */
export interface Given {
  databaseUrl: string;
  /** Absent: the queues are in PostgreSQL. */
  redisUrl?: string;
  /** The hub's roles. Absent: all. */
  roles?: string;
  boardUrl: string;
  smtpUrl: string;
}

/** What a subject reports when it listens. */
export interface SubjectReady {
  url: string;
}
