/**
 * Times between the clocks of a process and of the database, which may be minutes apart. A time crosses as an age in
 * milliseconds, negative for a time to come. A moved time would end a settling time early, or ask a board without pause.
 */

/** SQL: the age of a column by the database's clock. */
export const agoOf = (column: string): string => `(extract(epoch from now() - ${column}) * 1000)::float8`;

/** SQL: the time by the database's clock of an age. */
export const timeOf = (ago: string): string => `now() - ${ago} * interval '1 millisecond'`;

/** The time by this process's clock of an age that was just read. */
export const toTime = (ago: number | null): Date | null => (ago === null ? null : new Date(Date.now() - ago));

/** The age by this process's clock of a time that is about to be written. */
export const toAgo = (time: Date | null): number | null => time && Date.now() - time.getTime();
