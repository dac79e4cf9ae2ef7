import { type Static, Type } from 'typebox';
import { ComplaintKind } from '../../schemas/index.ts';

const closed = { additionalProperties: false } as const;
const CalendarDate = Type.String({ format: 'date' });
const origin = {
  kind: ComplaintKind,
  /** The statutory item (법정민원) for which it holds. Absent: for complaints of the kind without an item. */
  item: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  /** The day from which it applies to registered complaints. */
  from: CalendarDate,
  /** The legal source. */
  source: Type.String({ minLength: 1 }),
};

/** How long an answer may take, in days or in working hours. */
const Period = Type.Union([
  Type.Object({ ...origin, days: Type.Integer({ minimum: 1, maximum: 365 }) }, closed),
  Type.Object({ ...origin, hours: Type.Integer({ minimum: 1, maximum: 40 }) }, closed),
]);
export type Period = Static<typeof Period>;

const DaysWithReason = Type.Record(Type.String(), Type.String({ minLength: 1 }), {
  propertyNames: { type: 'string', format: 'date' },
  examples: ['{ 2026-06-03: 임시공휴일 }'],
});

/** config/clock.yaml: changes of the built-in calendar and periods. They take effect without a release. */
export const ClockChanges = Type.Object(
  {
    /** Days off beside the built-in holidays, each with its name. */
    holidays: Type.Optional(DaysWithReason),
    /** Working days that the built-in calendar counts as holidays. */
    workingDays: Type.Optional(DaysWithReason),
    /** Among the periods for one kind, the newest that has begun applies. */
    periods: Type.Optional(Type.Array(Period)),
  },
  closed,
);
export type ClockChanges = Static<typeof ClockChanges>;

const revision = '2016-02-12';

/**
 * The periods of the Enforcement Decree of the Civil Complaints Treatment Act since its full revision. `statutory` has
 * none here: each item has its period in the published table of standards.
 */
export const statutoryPeriods: readonly Period[] = [
  { kind: 'law_query', days: 14, from: revision, source: 'Decree, article 14' },
  { kind: 'query', days: 7, from: revision, source: 'Decree, article 14' },
  { kind: 'suggestion', days: 14, from: revision, source: 'Decree, article 15' },
  // The text says "at once", which article 19 reads as three working hours.
  { kind: 'other', hours: 3, from: revision, source: 'Decree, articles 16 and 19' },
  { kind: 'grievance', days: 7, from: revision, source: 'Decree, article 17' },
];
