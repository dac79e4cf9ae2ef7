/** What the bench gives to every subject. */
export interface Given {
  databaseUrl: string;
  /** Unset: the queues live in PostgreSQL. */
  redisUrl?: string;
  /** What the hub is to do; unset: everything. */
  roles?: string;
  boardUrl: string;
  smtpUrl: string;
}

/** What a subject tells the bench when it listens. */
export interface SubjectReady {
  url: string;
}
