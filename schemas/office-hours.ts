import { type Static, Type } from 'typebox';

const closed = { additionalProperties: false } as const;
/** A time of day in Korea: `09:00`. */
const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' });

/**
 * When an office works on a working day. An agency may set hours of its own (Enforcement Decree of the Civil Complaints
 * Treatment Act, article 8-3).
 */
export const OfficeHours = Type.Object(
  {
    opens: TimeOfDay,
    closes: TimeOfDay,
    /** The beginning and the end of a break that does not count. Absent: there is none. */
    lunch: Type.Optional(Type.Array(TimeOfDay, { minItems: 2, maxItems: 2 })),
  },
  closed,
);
export type OfficeHours = Static<typeof OfficeHours>;
