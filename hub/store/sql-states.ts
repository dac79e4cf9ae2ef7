/** PostgreSQL's error codes (SQLSTATE, its appendix A) that the hub uses. */
export const sqlStates = {
  uniqueViolation: '23505',
  /** A standby that has not been promoted yet. */
  readOnly: '25006',
  notLetIn: '28000',
  wrongPassword: '28P01',
  noSuchDatabase: '3D000',
  serializationFailure: '40001',
  deadlock: '40P01',
  tooManyConnections: '53300',
  /** A statement took longer than allowed, or somebody ended it. */
  queryCanceled: '57014',
  /** The server is starting or stopping. */
  cannotConnectNow: '57P03',
} as const;

/** The first letters of related codes. */
const sqlStateClasses = {
  connection: '08',
  noRoom: '53',
  /** The operator acted: the server is starting or stopping. */
  intervention: '57P',
} as const;

const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';

/** Whether the database reported one of these states. */
export const isSqlState = (error: unknown, ...states: (keyof typeof sqlStates)[]): boolean =>
  states.some((state) => sqlStates[state] === codeOf(error));

export const isOfSqlClass = (error: unknown, name: keyof typeof sqlStateClasses): boolean =>
  codeOf(error).startsWith(sqlStateClasses[name]);
