import { type Static, Type } from 'typebox';
import { ClockPhase, ClockUnit, StopGround } from '../complaint.ts';
import { ComplaintKind, Instant, instantOf, OneOf } from '../vocabulary.ts';

const closed = { additionalProperties: false } as const;
const Units = (description: string) => Type.Number({ minimum: 0, description });

/** The steps of the clock, in its own language (hub/clock/clock-steps.ts). */
const clockStepNames = [
  'started',
  'classified',
  'stopped',
  'resumed',
  'survey_extended',
  'extended',
  'ended',
  'restarted',
] as const;

/** One line of the account of a clock: what happened, and what it did to the deadline. */
export const ClockLine = Type.Object(
  {
    at: Instant,
    step: OneOf(clockStepNames, { description: '`restarted`: an ended complaint was taken up again' }),
    name: Type.Object(
      { ko: Type.String(), en: Type.String() },
      { ...closed, description: 'The step in words' },
    ),
    effect: OneOf(['counted', 'late', 'idle'] as const, {
      description:
        '`counted`: it moved the clock. `late`: the deadline had passed, so it moved nothing. `idle`: it changed nothing',
    }),
    dueAt: Type.Optional(
      instantOf('The deadline after it. Absent: there is none, or it depends on when the clock goes on'),
    ),
    article: Type.String({
      description: 'Of the Civil Complaints Treatment Act (`Act`) or of its Enforcement Decree (`Decree`)',
    }),
    ground: Type.Optional(StopGround),
    kind: Type.Optional(ComplaintKind),
    item: Type.Optional(Type.String()),
    days: Type.Optional(
      Type.Integer({ minimum: 1, description: 'Of an extension, or of a period of its own' }),
    ),
    hours: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
export type ClockLine = Static<typeof ClockLine>;

/** Where the statutory clock of a complaint stands at an instant, and how it came there. */
export const StatutoryClock = Type.Object(
  {
    receiptNumber: Type.String(),
    at: instantOf('The instant for which this holds'),
    phase: ClockPhase,
    startedAt: Type.Optional(Instant),
    dueAt: Type.Optional(
      instantOf('The deadline. Absent: no period applies, or it depends on when the clock goes on'),
    ),
    unit: Type.Optional(ClockUnit),
    total: Units('The period with its extensions, in units'),
    used: Units('Units counted so far; of an ended complaint, until its end'),
    left: Units('`total` without `used`, never below 0'),
    overdue: Type.Boolean({ description: 'The deadline has passed, or the complaint ended after it' }),
    over: Units('Units counted beyond the deadline'),
    stoppedSince: Type.Optional(Instant),
    stoppedUntil: Type.Optional(instantOf('When days count again although the survey goes on')),
    grounds: Type.Array(StopGround, { description: 'Why it stands; empty: it runs' }),
    endedAt: Type.Optional(Instant),
    article: Type.Optional(Type.String({ description: 'Which gives the period' })),
    lines: Type.Array(ClockLine, { description: 'Oldest first' }),
  },
  closed,
);
export type StatutoryClock = Static<typeof StatutoryClock>;
