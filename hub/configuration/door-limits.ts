import type { Agency } from '../../schemas/index.ts';

/** What an agency may do at the doors where its configuration says nothing else. */
export const usualDoorLimits = { requestsPerMinute: 60_000, concurrency: 64 };

/** The limits of an agency at the doors. */
export const toDoorLimits = (rules: NonNullable<Agency['doors']> = {}) => ({
  requestsPerMinute: rules.requestsPerMinute ?? usualDoorLimits.requestsPerMinute,
  concurrency: rules.concurrency ?? usualDoorLimits.concurrency,
});
